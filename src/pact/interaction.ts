import type { Json, JsonObject } from '../json.ts';
import type { Position } from '../spec/source.ts';
import type { MatchingRules } from './rule.ts';

/** A version of the Pact specification. */
export type PactVersion = '1' | '1.1' | '2' | '3' | '4';

/** A pact, whatever version of the specification it was written by. */
export interface Pact {
  /** How people name it: a path or a URL. */
  readonly file: string;
  readonly consumer: string;
  readonly provider: string;
  readonly version: PactVersion;
  /** The HTTP interactions, in the order of the file. */
  readonly interactions: readonly Interaction[];
  /** The messages, which no OpenAPI document speaks of: they are counted and not judged. */
  readonly messages: readonly PactMessage[];
  readonly metadata: JsonObject;
  /** The file as it is written. */
  readonly text: () => string;
  /** The line and column of a JSON Pointer into the file: of the key of a member, or of an item. */
  readonly positionOf: (pointer: string) => Position;
}

/** What both kinds of interactions have. */
interface Described {
  readonly description: string;
  readonly states: readonly ProviderState[];
  readonly isPending: boolean;
  /** Comments of V4, such as `references.openapi.operationId`. */
  readonly comments: JsonObject;
  /** JSON Pointer into the file. */
  readonly pointer: string;
}

/** A request of a consumer and the response that it expects. */
export interface Interaction extends Described {
  /** V4's own name of it, where the file gives one. */
  readonly key: string | undefined;
  readonly request: PactRequest;
  readonly response: PactResponse;
}

/** A message over a queue, or a pair of them: not HTTP. */
export interface PactMessage extends Described {
  /** As V4 calls it: `Asynchronous/Messages`, `Synchronous/Messages`, or a plugin's own. */
  readonly type: string;
}

/** What the provider must know before it is asked. */
export interface ProviderState {
  readonly name: string;
  readonly params: JsonObject;
}

/** What a request and a response have in common. */
interface PactPart {
  /** By name as the file writes it; several values of one name apart. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: PactBody;
  readonly rules: MatchingRules;
  /** What the verifier puts in place of the example. */
  readonly generators: readonly Generator[];
  /** JSON Pointer into the file. */
  readonly pointer: string;
}

/** What the consumer sends. */
export interface PactRequest extends PactPart {
  /** In capitals. */
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** The query as it travels, percent-encoded, without `?`. */
  readonly query: string;
  /** The query by decoded name; `null` is a name without a value. */
  readonly parameters: ReadonlyMap<string, readonly (string | null)[]>;
}

/** What the consumer expects. */
export interface PactResponse extends PactPart {
  readonly status: number;
}

/** The body of a request or response. */
export type PactBody =
  /** The consumer says nothing of it. */
  | { readonly kind: 'absent' }
  /** There must be none. */
  | { readonly kind: 'empty'; readonly pointer: string }
  | (BodyPlace & { readonly kind: 'json'; readonly value: Json })
  | (BodyPlace & { readonly kind: 'text'; readonly text: string })
  | (BodyPlace & { readonly kind: 'bytes'; readonly bytes: Uint8Array });

interface BodyPlace {
  /** JSON Pointer into the file, to the content itself. */
  readonly pointer: string;
  /** By the `Content-Type` header, else by the body of V4; `undefined` when neither tells. */
  readonly contentType: string | undefined;
}

/** A generator of V3 and V4, as the file has it. */
export interface Generator {
  /** `body`, `header`, `path`, `query`, `status`. */
  readonly category: string;
  /** The path expression or name below the category; empty where there is none. */
  readonly expression: string;
  /** `RandomInt`, `ProviderState`, … */
  readonly type: string;
  readonly settings: JsonObject;
}
