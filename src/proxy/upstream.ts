import { Agent, type IncomingMessage, type RequestOptions, request } from 'node:http';
import { request as requestSecurely, Agent as SecureAgent } from 'node:https';
import type { Readable } from 'node:stream';
import { ExactMatchError } from '../errors.ts';
import { networkReason } from '../network-error.ts';

/** A request on its way to the upstream. */
export interface Forwarding {
  readonly method: string;
  /** With the query, as the client sent it. */
  readonly target: string;
  /** As `rawHeaders` has them. */
  readonly fields: readonly string[];
  readonly body: Readable | Uint8Array;
  readonly signal: AbortSignal;
}

/** The one server that requests go to. */
export interface Upstream {
  /** Without a slash at its end. */
  readonly url: string;
  readonly host: string;
  /**
   * Sends a request, and gives its answer when the headers are there. Redirects are answers.
   *
   * @throws {UpstreamError} when there is no answer.
   */
  readonly send: (forwarding: Forwarding) => Promise<IncomingMessage>;
  readonly close: () => void;
}

/** Why an upstream gave no answer. */
export class UpstreamError extends Error {
  /** What a gateway says: 502 or 504. */
  readonly status: 502 | 504;

  constructor(status: 502 | 504, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/**
 * Makes an upstream of its base URL.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` when it is no http or https URL.
 */
export function createUpstream(base: string, timeout: number): Upstream {
  const url = /^https?:\/\//i.test(base) ? URL.parse(base) : null;
  if (url?.search !== '' || url.hash !== '') {
    throw new ExactMatchError(
      'OPTION_INVALID',
      `The upstream must be a URL such as https://graph.microsoft.com/beta, got "${base}".`,
    );
  }
  const isSecure = url.protocol === 'https:';
  const agent = new (isSecure ? SecureAgent : Agent)({ keepAlive: true });
  const path = url.pathname.replace(/\/+$/, '');
  const send = isSecure ? requestSecurely : request;
  return {
    url: url.origin + path,
    host: url.host,
    close: () => agent.destroy(),
    send: ({ method, target, fields, body, signal }) => {
      const options: RequestOptions = {
        // Host and port never come from the client: whatever its path says, it stays a path.
        ...{
          protocol: url.protocol,
          hostname: url.hostname.replace(/^\[|\]$/g, ''),
          port: url.port,
        },
        ...{ method, path: path + target, headers: [...fields], agent, signal },
      };
      return answerOf(send(options), body, { url: url.origin, timeout });
    },
  };
}

function answerOf(
  sent: ReturnType<typeof request>,
  body: Forwarding['body'],
  { url, timeout }: { readonly url: string; readonly timeout: number },
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // Of silence, not of the whole: a large body may take its time.
    sent.setTimeout(timeout, () => {
      sent.destroy(new UpstreamError(504, `${url} has been silent for ${timeout} ms.`));
    });
    sent.once('response', (answer) => {
      sent.setTimeout(0);
      resolve(answer);
    });
    // An answer may come before all is sent, and the connection break then.
    sent.on('error', (cause: NodeJS.ErrnoException) => {
      reject(cause instanceof UpstreamError ? cause : unreachable(url, cause));
    });
    if (body instanceof Uint8Array) sent.end(body);
    else body.pipe(sent);
  });
}

function unreachable(url: string, cause: NodeJS.ErrnoException): UpstreamError {
  return new UpstreamError(502, `Failed to reach ${url}: it ${networkReason(cause)}.`, { cause });
}
