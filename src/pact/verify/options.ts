import type { JsonObject } from '../../json.ts';
import type { Spec } from '../../spec/spec.ts';
import type { BrokerOptions, Credentials } from '../hal.ts';
import type { ConsumerVersionSelector } from '../selector.ts';

/** What a handler of a state may want to know besides its parameters. */
export interface StateContext {
  readonly state: string;
  readonly action: 'setup' | 'teardown';
  /** Where the provider runs. */
  readonly provider: string;
}

/**
 * Brings the provider into a state, or out of it again. An object that it returns holds values for
 * Pact's `fromProviderState`.
 */
export type StateFunction = (params: JsonObject, context: StateContext) => unknown;

/** What a state is set by: a function, or one before the request and one after it. */
export type StateHandler =
  | StateFunction
  | { readonly setup?: StateFunction; readonly teardown?: StateFunction };

/** What our own mock is set to: each part as its admin API takes it. */
export interface MockState {
  /** Lists of items by the path of their collection; what the mock has else, stays. */
  readonly memory?: JsonObject;
  readonly faults?: JsonObject;
  readonly clock?: JsonObject;
  /** What the mock is asked for besides, as `Prefer` has it: `example=failed`. */
  readonly prefer?: string;
}

/** A request of a consumer, before it goes to the provider. */
export interface FilteredRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How a provider is verified. */
export interface VerifyPactsOptions {
  /** Where the provider runs, with the path that the pacts leave out. */
  readonly provider: string | URL;
  /** What its pacts call it. Default: the one name that is in all of them. */
  readonly providerName?: string | undefined;
  /** Pact files, folders of them, and URLs. */
  readonly pacts?: readonly string[];
  /** Only pacts of these consumers. */
  readonly consumers?: readonly string[];
  readonly broker?: BrokerOptions | undefined;
  /** For pacts that are given as URLs. Default: those of the broker, where it is there. */
  readonly pactCredentials?: Credentials | undefined;
  /** Which versions of consumers; default: what the broker thinks best. */
  readonly selectors?: readonly ConsumerVersionSelector[];
  /** Whether pacts that the provider never passed may fail. */
  readonly enablePending?: boolean;
  /** A date, `2026-01-01`: newer pacts of branches that nobody selected are verified, and may fail. */
  readonly includeWipPactsSince?: string | undefined;
  readonly providerVersion?: string | undefined;
  readonly providerBranch?: string | undefined;
  readonly providerTags?: readonly string[];
  /** Whether the broker is told the results. */
  readonly publish?: boolean;
  /** Where the run can be looked at. */
  readonly buildUrl?: string | undefined;
  /** Handlers of provider states, by name. */
  readonly states?: Readonly<Record<string, StateHandler>> | undefined;
  /** An address that is posted each state, as Pact does it. */
  readonly statesUrl?: string | URL | undefined;
  /** States of our own mock, by name; without, its document may name them (`x-mock.states`). */
  readonly mockStates?: Readonly<Record<string, MockState>> | undefined;
  /** The token of the mock's admin API. */
  readonly adminToken?: string | undefined;
  /**
   * Headers for the provider, in place of the consumer's: fixed, or by the request. A request that the
   * consumer expects to be refused with 401 keeps its own.
   */
  readonly headers?:
    | Readonly<Record<string, string>>
    | ((request: FilteredRequest) => Readonly<Record<string, string>>)
    | undefined;
  /** What must never be printed, besides the credentials that are given above. */
  readonly secrets?: readonly string[];
  /** The document that the provider follows: results then name the operation. */
  readonly spec?: Spec | undefined;
  /** Milliseconds for one answer of the provider, and for one state. Default: 30000. */
  readonly timeout?: number;
  /** Whether it is fine that there are no pacts. Default: `false`. */
  readonly passWithoutPacts?: boolean;
}
