import type { Keywords } from './leaf.ts';

/** What one part of a request adds to it. */
export interface Piece {
  /** A segment of the path, as it travels. */
  readonly segment?: string;
  /** Pairs of the query, as they travel. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Pairs of the cookie header. */
  readonly cookie?: string;
  readonly body?: string;
}

/** An operation object, as far as it is about requests. */
export type OperationObject = {
  readonly parameters?: readonly Keywords[];
  readonly requestBody?: Keywords;
  readonly security?: readonly Keywords[];
};

/** One part of an operation, and what requests can make of it. */
export interface Part {
  /** What it adds to the operation object; parameters are joined. */
  readonly operation: OperationObject;
  /** What it adds to the path template. */
  readonly template?: string;
  /** Pieces that keep the promise; at least one. */
  readonly valid: readonly Piece[];
  /** Pieces with one mistake. */
  readonly mistakes: readonly Piece[];
  /** Pieces of which it is left open what they are. */
  readonly odd: readonly Piece[];
}
