import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { judgeExchange } from '../check/judge-exchange.ts';
import type { Finding } from '../finding.ts';
import { type Body, type ProxiedExchange, readBody, toRequest, toResponse } from './exchange.ts';
import { forwardedHeaders, withHost } from './headers.ts';
import type { ProxyOptions } from './proxy.ts';
import { type Refusal, refusalOf, sendRefusal } from './refusal.ts';
import { createTap } from './tap.ts';
import { type Upstream, UpstreamError } from './upstream.ts';

type Judged = Omit<ProxyOptions, 'upstream' | 'port' | 'host' | 'timeout' | 'onFailure'>;

/** What is known of an exchange while it passes. */
interface Passing {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly upstream: Upstream;
  readonly options: Judged;
  readonly start: number;
  /** Of the clock that does not jump. */
  readonly clock: number;
}

/**
 * Forwards a request and its answer, and tells what was found in them.
 *
 * @throws when one of the two sides goes away before the end.
 */
export async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  upstream: Upstream,
  options: Judged,
): Promise<void> {
  const clock = performance.now();
  const passing = { request, response, upstream, options, start: Date.now(), clock };
  if (options.isEnforcing) await forwardChecked(passing);
  else await forwardStreaming(passing);
}

async function forwardStreaming(passing: Passing): Promise<void> {
  const { request, response, options } = passing;
  const sent = createTap(options.bodyLimit);
  const sending = pipeline(request, sent.stream);
  // Whoever awaits it later must not find that nobody did before.
  sending.catch(() => {});
  const answer = await ask(passing, sent.stream);
  if (!answer) return;
  const waited = performance.now() - passing.clock;
  const returned = createTap(options.bodyLimit);
  writeHead(response, answer);
  await pipeline(answer, returned.stream, response);
  await tell(passing, answer, waited, [sent.bytes(), returned.bytes()]);
}

/** With `--enforce`, nothing passes before it is judged. */
async function forwardChecked(passing: Passing): Promise<void> {
  const { request, response, options } = passing;
  const { bodyLimit, spec, isStrict } = options;
  const sent = await read(request, bodyLimit);
  const body = await readBody(request, sent, bodyLimit);
  const verdict = judgeExchange(spec, { request: toRequest(request, body) }, { strict: isStrict });
  const refusal = refusalFor('request', body, verdict.requestFindings);
  if (refusal) {
    sendRefusal(response, refusal);
    options.onExchange({ ...told(passing, 0), verdict, unjudged: undefined, refused: 'request' });
    return;
  }
  const answer = await ask(passing, sent ?? new Uint8Array());
  if (!answer) return;
  const waited = performance.now() - passing.clock;
  const returned = await read(answer, bodyLimit);
  const refused = await tell(passing, answer, waited, [sent, returned]);
  if (refused) {
    sendRefusal(response, refused);
    return;
  }
  writeHead(response, answer);
  response.end(returned);
}

/** The whole body, or `undefined` when it is larger than the limit. */
async function read(message: IncomingMessage, limit: number): Promise<Uint8Array | undefined> {
  const tap = createTap(limit);
  await pipeline(message, tap.stream, async (source) => {
    // What is over the limit is read and not kept: the connection goes on.
    for await (const _ of source);
  });
  return tap.bytes();
}

async function ask(
  { request, response, upstream, options }: Passing,
  body: Parameters<Upstream['send']>[0]['body'],
): Promise<IncomingMessage | undefined> {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const fields = withHost(forwardedHeaders(request), upstream.host);
  const isChunked = request.headers['transfer-encoding'] !== undefined;
  const framed = isChunked ? [...fields, 'Transfer-Encoding', 'chunked'] : fields;
  const { method = 'GET', url: target = '/' } = request;
  try {
    return await upstream.send({ method, target, fields: framed, body, signal: gone.signal });
  } catch (cause) {
    if (!(cause instanceof UpstreamError)) throw cause;
    sendRefusal(response, { status: cause.status, kind: 'unreachable', detail: cause.message });
    options.onSkip(cause.message);
    request.resume();
    return undefined;
  }
}

function writeHead(response: ServerResponse, answer: IncomingMessage): void {
  const { statusCode = 502, statusMessage } = answer;
  response.sendDate = false;
  response.writeHead(statusCode, statusMessage, [...forwardedHeaders(answer)]);
}

/** Judges what has passed; with `--enforce`, gives why the answer is refused. */
async function tell(
  passing: Passing,
  answer: IncomingMessage,
  waited: number,
  [sent, returned]: readonly [Uint8Array | undefined, Uint8Array | undefined],
): Promise<Refusal | undefined> {
  const { request, options } = passing;
  const { spec, isStrict, isEnforcing, bodyLimit } = options;
  const asked = await readBody(request, sent, bodyLimit);
  const answered = await readBody(answer, returned, bodyLimit);
  const exchange = { request: toRequest(request, asked), response: toResponse(answer, answered) };
  const verdict = judgeExchange(spec, exchange, { strict: isStrict });
  const unread = [asked, answered].find((body) => body.kind === 'unread');
  const refusal = isEnforcing
    ? refusalFor('response', answered, verdict.responseFindings)
    : undefined;
  options.onExchange({
    ...told(passing, waited),
    verdict,
    unjudged: unread?.reason,
    refused: refusal ? 'response' : undefined,
  });
  return refusal;
}

function told(
  { request, upstream, start, clock }: Passing,
  waited: number,
): Pick<ProxiedExchange, 'url' | 'start' | 'waited' | 'milliseconds'> {
  const milliseconds = performance.now() - clock;
  return { url: upstream.url + (request.url ?? '/'), start, waited, milliseconds };
}

function refusalFor(
  what: 'request' | 'response',
  body: Body,
  findings: readonly Finding[],
): Refusal | undefined {
  if (body.kind === 'unread') {
    const status = what === 'request' ? 413 : 502;
    const detail = `The ${what} cannot be judged: ${body.reason}.`;
    return { status, kind: `refused-${what}`, detail };
  }
  const errors = findings.filter(({ severity }) => severity === 'error');
  return errors.length === 0 ? undefined : refusalOf(what, errors);
}
