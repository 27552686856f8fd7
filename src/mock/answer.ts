import type { RequestVerdict } from '../check/request.ts';
import { parentOf, type Resource, resourceOf } from '../check/resource.ts';
import type { Operation } from '../spec/operation.ts';
import { isBatch, runBatch } from './batch.ts';
import type { Environment, MockRequest } from './environment.ts';
import type { Answer } from './held-answer.ts';
import { answerFromMemory } from './memory/memory.ts';
import { withOwnIds } from './own-ids.ts';
import { type Preference, readPreference } from './preference.ts';
import { reject } from './rejection.ts';
import type { Reply } from './reply.ts';
import { timeOf } from './settings.ts';
import { chain, type Maybe } from './store/store.ts';

/** Of so many scopes it is known that they have their seed data. */
const PREPARED = 10_000;

/** Answers a request that may be answered: from memory, or by what the document has. */
export function answerRequest(
  environment: Environment,
  request: MockRequest,
  verdict: RequestVerdict,
  operation: Operation,
): Maybe<Reply> {
  const { spec } = environment;
  const { correlation } = request;
  const { findings } = verdict;
  const preference = readPreference(request.message);
  if (preference.mistake !== undefined) {
    const reason = `The preference cannot be followed: ${preference.mistake}.`;
    return reject(spec, { status: 400, reason, operation }, correlation);
  }
  const finding = find(environment, request, verdict, { operation, preference });
  return chain(finding, (found) => {
    if (found.kind === 'refusal')
      return reject(spec, { ...found, operation, findings }, correlation);
    const { status, headers } = found;
    const body = status < 400 ? found.body : withOwnIds(spec, operation, found, correlation);
    return { status, headers, body, operation, findings, correlation };
  });
}

function find(
  environment: Environment,
  request: MockRequest,
  verdict: RequestVerdict,
  { operation, preference }: { readonly operation: Operation; readonly preference: Preference },
): Maybe<Answer> {
  const { spec, options, respond } = environment;
  const { accept } = request.message.headers;
  const without = () => respond(operation, accept, preference);
  const { code, example, dynamic } = preference;
  const isChosen = code !== undefined || example !== undefined || dynamic !== undefined;
  if (isBatch(operation) && !isChosen) {
    const { message, scope, caller } = request;
    return runBatch(message, verdict.body, (part) => environment.send(part, scope, caller));
  }
  // What breaks the document is not remembered, even where it is answered.
  const isBroken = verdict.findings.some(({ severity }) => severity === 'error');
  const isOther = accept !== undefined && !takesJson(accept);
  const isWithout = options.isStateless || isChosen || isBroken || isOther;
  if (isWithout) return without();
  const resource = resourceOf(spec, operation);
  if (!resource && !parentOf(spec, operation.path)) return without();
  return remember(environment, request, verdict, {
    operation,
    preference,
    resource,
    respond: without,
  });
}

/** What a request is about. */
interface Subject {
  readonly operation: Operation;
  readonly preference: Preference;
  readonly resource: Resource | undefined;
  /** The answer without memory. */
  readonly respond: () => Maybe<Answer>;
}

function remember(
  { spec, options, prepared, respond: answerOf }: Environment,
  { message, scope, caller, settings }: MockRequest,
  { parameters, body }: RequestVerdict,
  { operation, preference, resource, respond }: Subject,
): Maybe<Answer> {
  const { store } = options;
  const context = {
    ...{ spec, store, operation, parameters, body, message, scope, respond },
    exampleOf: (other: Operation) => answerOf(other, undefined, preference),
    origin: caller.origin,
    now: timeOf(settings),
    seed: String(options.seed),
  };
  const preparing = prepared.has(scope) ? undefined : store.prepare(scope, options.seedData());
  if (!(preparing instanceof Promise)) return answerFromMemory(context, resource);
  return preparing.then(() => {
    // Of names that clients choose, not all are remembered.
    if (prepared.size >= PREPARED) prepared.clear();
    prepared.add(scope);
    return answerFromMemory(context, resource);
  });
}

/** Tells whether JSON is among what a client takes; what is remembered is JSON. */
function takesJson(accept: string): boolean {
  return accept === '' || /[/+]json\b|(?:\*|application)\/\*/i.test(accept);
}
