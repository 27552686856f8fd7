import type { RequestMessage } from '../check/message.ts';
import { operationsOf } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import { createAdmin } from './control/admin.ts';
import { type Control, createControl } from './control/control.ts';
import type { Pipeline, PipelineOptions } from './environment.ts';
import { checkExtensions } from './memory/extension.ts';
import { type StateSource, toDump, toState } from './memory/state.ts';
import { createPipeline, refuse, type Unreadable } from './pipeline.ts';
import type { Caller, Reply } from './reply.ts';
import { scopeOf } from './scope.ts';
import { timeOf } from './settings.ts';
import { chain, type Dump, type Maybe } from './store/store.ts';

/** How an engine works. */
export interface EngineOptions extends Omit<PipelineOptions, 'seedData'> {
  /** What is remembered at first, by the path of each collection. */
  readonly seedData: unknown;
  /** The file that it was read from. */
  readonly seedSource?: StateSource | undefined;
  /** Lets callers from other machines use the admin API. */
  readonly adminToken: string | undefined;
  /** Told of every reply, with the milliseconds that it took; `undefined` where nobody listens. */
  readonly onReply: ((message: Told, reply: Reply, milliseconds: number) => void) | undefined;
}

/** What is told of a request. */
export type Told = Pick<RequestMessage, 'method' | 'path' | 'query'>;

/** The whole mock but for what carries requests to it. */
export interface Engine {
  /** Answers any request, at once where nothing has to be waited for; it never fails. */
  readonly answer: (message: RequestMessage, caller: Caller) => Maybe<Reply>;
  /** The reply to a request that could not be read at all. */
  readonly refuse: (failure: Unreadable, told: Told) => Reply;
  readonly spec: () => Spec;
  readonly control: (scope: string) => Control;
  /**
   * Goes on with another document; what is remembered stays.
   *
   * @throws {ExactMatchError} `SPEC_EXTENSION_INVALID`, and goes on with the document that it has.
   */
  readonly replace: (spec: Spec) => void;
}

const ADMIN_PREFIX = '/__mock';
const ADMIN = /^\/__mock(?:\/|$)/;

/**
 * Makes the mock of a document: requests in, replies out.
 *
 * @throws {ExactMatchError} `SPEC_EXTENSION_INVALID` when the document uses `x-mock` wrongly,
 * `OPTION_INVALID` when the seed data breaks the document.
 */
export function createEngine(first: Spec, options: EngineOptions): Engine {
  const { store, initial, adminToken, onReply } = options;
  let spec = first;
  let seedData: Dump;
  let pipeline: Pipeline;
  use(first);
  const control = (scope: string) =>
    createControl({
      ...{ store, scope, initial, toState },
      operationId: (text) =>
        operationsOf(spec).find(({ method, path }) => `${method} ${path}` === text)?.id ?? text,
      seedData: () => seedData,
      toDump: (state, now) => toDump(spec, state, now),
    });
  const admin = createAdmin({ spec: () => spec, store, control, adminToken });
  return {
    answer: (message, caller) => {
      if (!onReply) return answer(message, caller);
      const start = performance.now();
      return chain(answer(message, caller), (reply) => {
        onReply(message, reply, performance.now() - start);
        return reply;
      });
    },
    refuse: (failure, told) => {
      const reply = refuse(spec, failure);
      onReply?.(told, reply, 0);
      return reply;
    },
    spec: () => spec,
    control,
    replace: use,
  };

  function answer(given: RequestMessage, caller: Caller): Maybe<Reply> {
    const { message, scope, prefix, mistake } = scopeOf(given);
    if (mistake !== undefined) {
      const clientRequestId = message.headers['client-request-id'];
      return refuse(spec, { status: 400, reason: mistake, clientRequestId });
    }
    if (message.path.startsWith(ADMIN_PREFIX) && ADMIN.test(message.path))
      return admin(message, scope, caller);
    const from = prefix === '' ? caller : { ...caller, origin: caller.origin + prefix };
    return pipeline(message, scope, from);
  }

  function use(next: Spec): void {
    checkExtensions(next);
    const data =
      options.seedData === undefined
        ? {}
        : toDump(next, options.seedData, timeOf(initial), options.seedSource);
    const made = createPipeline(next, { ...options, seedData: () => data });
    [spec, seedData, pipeline] = [next, data, made];
  }
}
