import type { ChangeClass, Effect, Travel } from './difference.ts';
import type { FormEvent } from './events.ts';

/** What an event does, and how it is told. */
export interface Ruling {
  /** The keyword or thing that it is about. */
  readonly keyword: string;
  readonly effect: Effect;
  readonly class: ChangeClass;
  /** What is said of the field or part; the rest of a sentence that it begins. */
  readonly text: string;
  /** The property of the object that it is said of, where it is not said of the object. */
  readonly member?: string;
}

/** Other events of the same comparison, by the way to their object. */
export type Siblings = (path: string) => readonly FormEvent[];

/** How bad it is when fewer or other values are allowed on the way to the provider, or more on the way back. */
export interface Weight {
  readonly request: ChangeClass;
  readonly response: ChangeClass;
}

/**
 * The class of an effect on the values that travel one way.
 *
 * A consumer must not find fewer values taken than before, nor more values coming.
 */
export function classOf(effect: Effect, travel: Travel, weight: Weight): ChangeClass {
  if (effect === 'none') return 'safe';
  if (travel === 'request') return effect === 'wider' ? 'safe' : weight.request;
  return effect === 'narrower' ? 'safe' : weight.response;
}

/** The worse of two classes. */
export function worse(one: ChangeClass, other: ChangeClass): ChangeClass {
  return RANKS[one] >= RANKS[other] ? one : other;
}

const RANKS: Readonly<Record<ChangeClass, number>> = { safe: 0, dangerous: 1, breaking: 2 };

/** What became of a set: names, values, addresses. */
export function effectOnSet(old: ReadonlySet<string>, next: ReadonlySet<string>): Effect {
  if (old.isSubsetOf(next)) return old.size === next.size ? 'none' : 'wider';
  return next.isSubsetOf(old) ? 'narrower' : 'changed';
}

/** The effect when having less of something allows more: names that are required, say. */
export function inverse(effect: Effect): Effect {
  if (effect === 'narrower') return 'wider';
  return effect === 'wider' ? 'narrower' : effect;
}
