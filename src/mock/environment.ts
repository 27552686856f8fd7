import type { RequestMessage } from '../check/message.ts';
import type { Spec } from '../spec/spec.ts';
import type { Caller, Correlation, Reply } from './reply.ts';
import type { Responder } from './responder.ts';
import type { Settings } from './settings.ts';
import type { Dump, Maybe, Store } from './store/store.ts';

/** How requests are answered. */
export interface PipelineOptions {
  readonly store: Store;
  readonly dynamic: boolean;
  readonly seed: number;
  /** Whether nothing is remembered. */
  readonly isStateless: boolean;
  /** Whether properties and parameters that the document does not name are refused. */
  readonly strict: boolean;
  /** Whether what is wrong with a request is only noted, and answered anyway. */
  readonly isLenient: boolean;
  /** The settings of a scope for which nobody has set others. */
  readonly initial: Settings;
  /** What is remembered at first. */
  readonly seedData: () => Dump;
}

/** Answers a request of a scope, whatever it is; it never fails. */
export type Pipeline = (message: RequestMessage, scope: string, caller: Caller) => Maybe<Reply>;

/** What requests are answered with, the same for all. */
export interface Environment {
  readonly spec: Spec;
  readonly options: PipelineOptions;
  readonly respond: Responder;
  /** Scopes that have their seed data, where asking takes a while. */
  readonly prepared: Set<string>;
  /** Answers a request that comes inside another. */
  readonly send: Pipeline;
}

/** One request on its way. */
export interface MockRequest {
  readonly message: RequestMessage;
  readonly scope: string;
  readonly caller: Caller;
  readonly correlation: Correlation;
  readonly settings: Settings;
}
