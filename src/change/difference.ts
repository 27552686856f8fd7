import type { SpecLocation, ValuePlace } from '../finding.ts';

/** What a difference does to those who use the API. */
export type ChangeClass =
  /** A message that was right before is wrong, or what was promised is promised no more. */
  | 'breaking'
  /** It may break: that depends on what a consumer does with it. */
  | 'dangerous'
  /** Nobody who keeps to the old document is hurt. */
  | 'safe';

/** The classes, the worst first. */
export const CHANGE_CLASSES: readonly [ChangeClass, ...ChangeClass[]] = [
  'breaking',
  'dangerous',
  'safe',
];

/** The way that a value travels: to the provider or from it. */
export type Travel = 'request' | 'response';

/** What became of the values that a part of the document allows. */
export type Effect =
  /** Fewer are allowed. */
  | 'narrower'
  /** More are allowed. */
  | 'wider'
  /** Others are allowed, or nobody can tell. */
  | 'changed'
  /** The part is new. */
  | 'added'
  /** The part is gone. */
  | 'removed'
  /** The same are allowed: words, examples, names that nothing depends on. */
  | 'none';

/** The part of the document that differs. */
export type DifferencePlace = 'document' | 'operation' | 'response' | ValuePlace;

/** One side of a difference. */
export interface DifferenceSide {
  /** `undefined` when the document says nothing there. */
  readonly value?: unknown;
  /** Where it is written, or would be. */
  readonly spec: SpecLocation;
}

/** A place in an operation's messages that a difference reaches. */
export interface DifferenceUse {
  /** The id of the operation in the old document; in the new one when it is new. */
  readonly operation: string;
  readonly place: DifferencePlace;
  /** Which part of the operation, such as `response 200, application/json`; `''` for all of it. */
  readonly part: string;
  /** The way to the value, such as `value[].state`; `''` for all of it. */
  readonly field: string;
}

/** One way in which two documents differ. */
export interface Difference {
  /** Place and keyword, such as `response.body.enum`. */
  readonly code: string;
  readonly class: ChangeClass;
  readonly effect: Effect;
  /** The way of travel that it was judged in; `undefined` where nothing travels. */
  readonly travel?: Travel;
  /** A sentence for people. */
  readonly message: string;
  /** The ids of the operations that it reaches, in the order of the document; none is all or none. */
  readonly operations: readonly string[];
  /** Where it is reached, the first few of each operation. */
  readonly uses: readonly DifferenceUse[];
  readonly old?: DifferenceSide;
  readonly new?: DifferenceSide;
}

/** An interaction that a difference reaches. */
export interface InteractionImpact {
  readonly description: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** What it sends or reads of what differs; none when it is the whole of the interaction. */
  readonly fields: readonly string[];
  /** What the new document finds wrong in it that the old one did not. */
  readonly findings: readonly string[];
}

/** What of one consumer a difference reaches. */
export interface ConsumerImpact {
  readonly consumer: string;
  readonly interactions: readonly InteractionImpact[];
}

/** A difference, and whom it reaches. */
export interface ImpactedDifference extends Difference {
  readonly impact: readonly ConsumerImpact[];
}
