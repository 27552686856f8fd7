import { randomUUID } from 'node:crypto';
import type { RequestMessage } from '../check/message.ts';
import { judgeRequest, type RequestVerdict } from '../check/request.ts';
import { ExactMatchError } from '../errors.ts';
import { operationsOf } from '../spec/operation.ts';
import { findRoute } from '../spec/route.ts';
import type { Spec } from '../spec/spec.ts';
import { readPreference } from './preference.ts';
import { reject, rejectionStatus } from './rejection.ts';
import type { Correlation, Reply } from './reply.ts';
import { createResponder, type ResponderOptions } from './responder.ts';

/** Answers a request, whatever it is; the promise never fails. */
export type Pipeline = (message: RequestMessage) => Promise<Reply>;

/** What was wrong before a request could be read; it is answered like any other. */
export interface Unreadable {
  readonly status: number;
  readonly reason: string;
}

/** Makes the way from a request to its reply: judge it, then reject it or answer it. */
export function createPipeline(spec: Spec, options: ResponderOptions): Pipeline {
  const respond = createResponder(spec, options);
  return async (message) => {
    const correlation = correlate(message);
    const isHead =
      message.method === 'HEAD' && findRoute(spec, 'HEAD', message.path).kind !== 'found';
    try {
      const reply = message.path.startsWith('/__mock/')
        ? admin(spec, message, correlation)
        : await answer(isHead ? { ...message, method: 'GET' } : message, correlation);
      return finish(isHead ? withoutBody(reply) : reply, correlation);
    } catch (cause) {
      const reason =
        cause instanceof ExactMatchError ? cause.message : `The mock failed: ${String(cause)}`;
      return finish(reject(spec, { status: 500, reason }, correlation), correlation);
    }
  };

  async function answer(message: RequestMessage, correlation: Correlation): Promise<Reply> {
    const verdict = judgeRequest(spec, message);
    const { operation, findings } = verdict;
    if (!operation || findings.some(({ severity }) => severity === 'error')) {
      return rejectVerdict(verdict, correlation);
    }
    const preference = readPreference(message);
    if (preference.mistake !== undefined) {
      const reason = `The preference cannot be followed: ${preference.mistake}.`;
      return reject(spec, { status: 400, reason, operation }, correlation);
    }
    const found = await respond(operation, message.headers['accept'], preference);
    if (found.kind === 'refusal') {
      return reject(spec, { ...found, operation, findings }, correlation);
    }
    return { ...found, operation, findings };
  }

  function rejectVerdict(verdict: RequestVerdict, correlation: Correlation): Reply {
    const { operation, allowed } = verdict;
    const findings = verdict.findings.filter(({ severity }) => severity === 'error');
    const status = rejectionStatus(spec, operation, findings);
    const reason = findings.map(({ message }) => message).join(' ');
    return reject(spec, { status, reason, operation, findings, allowed }, correlation);
  }
}

/** The reply to a request that could not be read at all. */
export function refuse(spec: Spec, { status, reason }: Unreadable): Reply {
  const correlation = correlate(undefined);
  return finish(reject(spec, { status, reason }, correlation), correlation);
}

function correlate(message: RequestMessage | undefined): Correlation {
  return {
    requestId: randomUUID(),
    clientRequestId: message?.headers['client-request-id'],
    date: new Date(),
  };
}

/** Every reply carries an id of its own and echoes the client's. */
function finish(reply: Reply, { requestId, clientRequestId }: Correlation): Reply {
  const headers: Record<string, string> = { ...reply.headers, 'request-id': requestId };
  if (clientRequestId !== undefined) headers['client-request-id'] = clientRequestId;
  else delete headers['client-request-id'];
  return { ...reply, headers };
}

/** What HEAD is answered with: the headers of GET, its length among them (RFC 9110, 9.3.2). */
function withoutBody(reply: Reply): Reply {
  const length = String(Buffer.byteLength(reply.body));
  return { ...reply, headers: { ...reply.headers, 'content-length': length }, body: '' };
}

function admin(spec: Spec, message: RequestMessage, correlation: Correlation): Reply {
  if (message.path !== '/__mock/health') {
    const reason = `The mock has no ${message.path}. It has /__mock/health.`;
    return reject(spec, { status: 404, reason }, correlation);
  }
  const info = spec.root.value['info'];
  const body = { status: 'ok', document: info ?? null, operations: operationsOf(spec).length };
  const headers = { 'content-type': 'application/json' };
  return { status: 200, headers, body: JSON.stringify(body), operation: undefined, findings: [] };
}
