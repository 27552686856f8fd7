import type { ValueProblem } from '../finding.ts';
import type { Node } from '../spec/source.ts';

/** Which way a message travels: `readOnly` and `writeOnly` depend on it. */
export type Direction = 'request' | 'response';

/** How a value is judged. */
export interface JudgeOptions {
  readonly direction: Direction;
  /** Whether properties that the schema does not name are violations. */
  readonly strict: boolean;
}

/** One way in which a value breaks its schema. */
export interface Violation {
  readonly problem: ValueProblem;
  /** JSON Pointer into the value; to the place that it should have, when something is missing. */
  readonly pointer: string;
  /** The keyword that is broken, in the document. */
  readonly rule: Node;
  /** What is asked and what was found, without subject: `must be a string, got 5`. */
  readonly text: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
}
