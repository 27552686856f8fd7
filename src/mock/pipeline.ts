import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestMessage } from '../check/message.ts';
import { secretNamesOf } from '../check/redact.ts';
import { judgeRequest, type RequestVerdict } from '../check/request.ts';
import { ExactMatchError } from '../errors.ts';
import type { Finding } from '../finding.ts';
import type { Json } from '../json.ts';
import { findRoute } from '../spec/route.ts';
import type { Spec } from '../spec/spec.ts';
import { answerRequest } from './answer.ts';
import { correlate } from './correlation.ts';
import { DEEPEST, isTooDeep } from './depth.ts';
import type { Environment, MockRequest, Pipeline, PipelineOptions } from './environment.ts';
import { faulted, faultFor, faultReply } from './fault/inject.ts';
import { type FaultPlan, NO_FAULT } from './fault/plan.ts';
import { JOURNAL_SIZE, toLine } from './journal.ts';
import { SKIP_TOKEN } from './memory/page.ts';
import { reject, rejectionStatus } from './rejection.ts';
import type { Caller, Correlation, Reply } from './reply.ts';
import { createResponder } from './responder.ts';
import { readSettings, SETTINGS } from './settings.ts';
import { chain, type Maybe } from './store/store.ts';

/** What was wrong before a request could be read; it is answered like any other. */
export interface Unreadable {
  readonly status: number;
  readonly reason: string;
  /** The client's own id of the request, where it could be read. */
  readonly clientRequestId?: string | undefined;
}

/** Makes the way from a request to its reply: judge it, let it fail, reject it or answer it. */
export function createPipeline(spec: Spec, options: PipelineOptions): Pipeline {
  const { store, initial } = options;
  const respond = createResponder(spec, options);
  const secrets = secretNamesOf(spec);
  const environment: Environment = { spec, options, respond, prepared: new Set(), send };
  return send;

  function send(message: RequestMessage, scope: string, caller: Caller): Maybe<Reply> {
    const start = performance.now();
    const correlation = correlate(message.headers['client-request-id']);
    const reason = store.refusal(scope);
    if (reason !== undefined) return reject(spec, { status: 400, reason }, correlation);
    const fail = (cause: unknown): Handled => {
      // A store that comes back may have forgotten all.
      environment.prepared.clear();
      return { reply: failure(spec, cause, correlation), body: undefined };
    };
    const recorded = ({ reply, body }: Handled): Maybe<Reply> => {
      // The journal is no part of the answer: it must not fail where the store is away.
      if (store.trouble()) return reply;
      const milliseconds = performance.now() - start;
      const line = toLine({ message, body, reply, correlation, milliseconds, secrets });
      const recording = store.record(scope, line, JOURNAL_SIZE);
      return recording instanceof Promise ? recording.catch(() => {}).then(() => reply) : reply;
    };
    let handling: Maybe<Handled>;
    try {
      const asked = asGet(spec, message);
      handling = chain(store.readNote(scope, SETTINGS), (note) => {
        const settings = readSettings(note, initial);
        return handle(environment, { message: asked, scope, caller, correlation, settings });
      });
    } catch (cause) {
      handling = fail(cause);
    }
    return handling instanceof Promise ? handling.catch(fail).then(recorded) : recorded(handling);
  }
}

/** HEAD is answered as GET is; the server leaves the body out. */
function asGet(spec: Spec, message: RequestMessage): RequestMessage {
  const isHead =
    message.method === 'HEAD' && findRoute(spec, 'HEAD', message.path).kind !== 'found';
  return isHead ? { ...message, method: 'GET' } : message;
}

/** A reply, and the body of its request where it could be read. */
interface Handled {
  readonly reply: Reply;
  readonly body: Json | undefined;
}

function handle(environment: Environment, request: MockRequest): Maybe<Handled> {
  const { spec, options } = environment;
  const verdict = withoutOwn(judgeRequest(spec, request.message, { strict: options.strict }));
  const { operation, body } = verdict;
  const planning = operation ? faultFor(environment, request, operation) : NO_FAULT;
  if (planning !== NO_FAULT) return failing(environment, request, verdict, planning);
  return chain(judged(environment, request, verdict), (reply) => ({ reply, body }));
}

/** No document has to declare what the mock's own links carry. */
function withoutOwn(verdict: RequestVerdict): RequestVerdict {
  if (verdict.findings.length === 0) return verdict;
  const isOwn = ({ code, at }: Finding) => code === 'request.query.unknown' && at === SKIP_TOKEN;
  return { ...verdict, findings: verdict.findings.filter((finding) => !isOwn(finding)) };
}

/** Answers a request with which something may be to go wrong. */
async function failing(
  environment: Environment,
  request: MockRequest,
  verdict: RequestVerdict,
  planning: Maybe<FaultPlan | string>,
): Promise<Handled> {
  const { spec } = environment;
  const { operation, body } = verdict;
  const plan = await planning;
  if (typeof plan === 'string') {
    const reason = `The preference cannot be followed: ${plan}.`;
    return { reply: reject(spec, { status: 400, reason, operation }, request.correlation), body };
  }
  if (plan.delay > 0) await sleep(plan.delay);
  const reply =
    faultReply(environment, request, plan, operation) ??
    (await judged(environment, request, verdict));
  return { reply: faulted(reply, plan), body };
}

function judged(
  environment: Environment,
  request: MockRequest,
  verdict: RequestVerdict,
): Maybe<Reply> {
  const { spec, options } = environment;
  const { operation, allowed } = verdict;
  const findings =
    verdict.findings.length === 0
      ? verdict.findings
      : verdict.findings.filter(({ severity }) => severity === 'error');
  if (operation && verdict.body !== undefined && isTooDeep(verdict.body)) {
    const reason = `The request body must not be nested more than ${DEEPEST} values deep.`;
    return reject(spec, { status: 400, reason, operation }, request.correlation);
  }
  if (operation && (findings.length === 0 || options.isLenient)) {
    return answerRequest(environment, request, verdict, operation);
  }
  const status = rejectionStatus(spec, operation, findings);
  const reason = findings.map(({ message }) => message).join(' ');
  const rejection = { status, reason, operation, findings, allowed };
  return reject(spec, rejection, request.correlation);
}

/** The reply to a request that could not be read at all. */
export function refuse(spec: Spec, { status, reason, clientRequestId }: Unreadable): Reply {
  return reject(spec, { status, reason }, correlate(clientRequestId));
}

/** Seconds that a client is asked to wait while the store is away. */
const STORE_PAUSE = '5';

function failure(spec: Spec, cause: unknown, correlation: Correlation): Reply {
  if (cause instanceof ExactMatchError && cause.code === 'STORE_UNAVAILABLE') {
    const headers = { 'retry-after': STORE_PAUSE };
    return reject(spec, { status: 503, reason: cause.message, headers }, correlation);
  }
  const reason =
    cause instanceof ExactMatchError ? cause.message : `The mock failed: ${String(cause)}`;
  return reject(spec, { status: 500, reason }, correlation);
}
