import type { ExchangeVerdict } from '../check/judge-exchange.ts';
import type { ResponseMessage } from '../check/message.ts';
import type { Finding } from '../finding.ts';
import type { Json } from '../json.ts';
import type { Client } from './client.ts';
import type { Created } from './created.ts';
import type { Draft, Writing } from './draft.ts';
import type { Edges } from './edges.ts';
import type { Ids } from './ids.ts';
import type { Memories } from './memories.ts';

/** A request that is to be sent, and what it is sent for. */
export interface Case {
  readonly draft: Draft;
  /** What is special about it, in words that follow the method and the path. */
  readonly what: string;
  /** `success`: it keeps the promise; `refusal`: it breaks it; `either`: only the answer is judged. */
  readonly expects: 'success' | 'refusal' | 'either';
  /** What is wrong with it, where something is. */
  readonly mistake?: Finding;
  /** The place in it that is special: a pointer into the body, or the name of a parameter. */
  readonly at?: string;
  /** The places that are special together, of which a part may do. */
  readonly edges?: Edges;
  /** What was sent before it and makes it what it is, for the line that does it again. */
  readonly after?: readonly Draft[];
  /** What is wrong with the answer besides what the document says of it. */
  readonly compare?: (answer: Answered) => readonly Finding[];
}

/** An answer, read. */
export interface Answered {
  readonly status: number;
  readonly response: ResponseMessage;
  /** Its body, where that is JSON. */
  readonly body: Json | undefined;
  readonly verdict: ExchangeVerdict;
  /** Whether no finding is an error. */
  readonly isRight: boolean;
}

/** All that the parts of a probe share while it runs. */
export interface Run extends Writing {
  readonly client: Client;
  /** Whether nothing more is to be sent: it was stopped, or enough is judged. */
  readonly isOver: () => boolean;
  /**
   * Sends a request, judges the answer and reports it; `undefined` where no answer came, none could be
   * judged, or nothing more is to be sent.
   */
  readonly perform: (request: Case) => Promise<Answered | undefined>;
  /** Reports what came out of several answers, none of which is wrong by itself. */
  readonly report: (draft: Draft, what: string, findings: readonly Finding[]) => void;
  /** The base URL with the base path that goes before the document's paths, no slash at its end. */
  readonly base: () => string;
  /** The path of a request, as it is sent below the base path. */
  readonly pathOf: (draft: Draft) => string;
  /** Counts what is not judged. */
  readonly skip: (reason: string, count?: number) => void;
  readonly ids: Ids;
  readonly created: Created;
  readonly memories: Memories;
}

/** Tells whether a status is one of success. */
export function isSuccess({ status }: { readonly status: number }): boolean {
  return status >= 200 && status < 300;
}
