import type { Json } from '../../json.ts';
import type { MatcherList } from './matcher.ts';

/** Headers or a query as a pact file has them: each name with its values. */
export type WrittenValues = Readonly<Record<string, readonly string[]>>;

/** A body as a pact file of version 4 has it. */
export interface WrittenBody {
  readonly content: Json;
  readonly contentType: string;
  readonly encoded: false;
}

/** The matching rules of a request or response. */
export interface WrittenRules {
  readonly path?: MatcherList;
  readonly query?: Readonly<Record<string, MatcherList>>;
  readonly header?: Readonly<Record<string, MatcherList>>;
  readonly body?: Readonly<Record<string, MatcherList>>;
}

/** What a consumer sends. */
export interface WrittenRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: WrittenValues;
  readonly headers?: WrittenValues;
  readonly body?: WrittenBody;
  readonly matchingRules?: WrittenRules;
}

/** What a consumer expects. */
export interface WrittenResponse {
  readonly status: number;
  readonly headers?: WrittenValues;
  readonly body?: WrittenBody;
  readonly matchingRules?: WrittenRules;
}

/** A state that the provider is asked to be in. */
export interface WrittenState {
  readonly name: string;
  readonly params?: Readonly<Record<string, Json>>;
}

/** What is said of an interaction and judges nothing. */
export interface WrittenComments {
  readonly references: { readonly openapi: Readonly<Record<string, string>> };
  /** The test that wrote it: its file and its name. */
  readonly testname?: string;
  /** All of them, where several tests wrote the same. */
  readonly tests?: readonly string[];
}

/** An interaction as a pact file of version 4 has it. */
export interface WrittenInteraction {
  readonly type: 'Synchronous/HTTP';
  readonly description: string;
  readonly pending: false;
  readonly providerStates?: readonly WrittenState[];
  readonly comments: WrittenComments;
  readonly request: WrittenRequest;
  readonly response: WrittenResponse;
}

/** The parts that have something in them: Pact leaves out what is empty. */
export function partsOf(parts: {
  readonly query?: ReadonlyMap<string, readonly string[]>;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: WrittenBody | undefined;
  readonly rules: Readonly<Record<'query' | 'header' | 'body', ReadonlyMap<string, MatcherList>>>;
}): Pick<WrittenRequest, 'query' | 'headers' | 'body' | 'matchingRules'> {
  const { query = new Map(), headers, body, rules } = parts;
  const filled = Object.entries(rules).filter(([, list]) => list.size > 0);
  const matchingRules = filled.map(([name, list]) => [name, Object.fromEntries(list)] as const);
  return {
    ...(query.size > 0 ? { query: Object.fromEntries(query) } : {}),
    ...(headers.size > 0 ? { headers: Object.fromEntries(headers) } : {}),
    ...(body ? { body } : {}),
    ...(filled.length > 0 ? { matchingRules: Object.fromEntries(matchingRules) } : {}),
  };
}
