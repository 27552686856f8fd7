/** How much of something was exercised. */
export interface Share {
  readonly seen: number;
  readonly total: number;
}

/** What coverage is counted in. */
export const MEASURES = ['operations', 'statuses', 'parameters', 'properties'] as const;

/** One thing that coverage is counted in. */
export type Measure = (typeof MEASURES)[number];

/** What of a document was exercised. */
export interface Coverage {
  readonly totals: Readonly<Record<Measure, Share>>;
  /** Every operation of the document, in its order. */
  readonly operations: readonly OperationCoverage[];
}

/** What of an operation was exercised. */
export interface OperationCoverage {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** How many requests were seen. */
  readonly requests: number;
  /** Those that the document declares, in its order, and behind them others that were seen. */
  readonly statuses: readonly StatusCoverage[];
  readonly parameters: readonly ParameterCoverage[];
  /** Of the request body. */
  readonly properties: PropertyCoverage;
}

/** How often a response of a status was seen. */
export interface StatusCoverage {
  /** As the document writes it: `201`, `4XX`, `default`. */
  readonly status: string;
  readonly isDeclared: boolean;
  readonly passed: number;
  readonly failed: number;
  /** Of its body. */
  readonly properties: PropertyCoverage;
}

/** Whether a valid value of a parameter was seen. */
export interface ParameterCoverage {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly isSeen: boolean;
}

/** Which properties of a body were seen; they are named for bodies of which there was one. */
export interface PropertyCoverage extends Share {
  /** The paths of those seen, such as `value[].id`; left out where none was. */
  readonly seenPaths?: readonly string[];
  /** The paths of the others; left out where none was seen. */
  readonly unseenPaths?: readonly string[];
}

/** How much of a hundred, rounded down: 100 is all of it. All of nothing is all. */
export function percentOf({ seen, total }: Share): number {
  return total === 0 ? 100 : Math.floor((seen / total) * 100);
}
