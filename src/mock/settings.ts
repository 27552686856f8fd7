import { isObject, type Json, type JsonObject, own, ownString } from '../json.ts';
import { LAST_TIME } from './duration.ts';
import { FAULT_NAMES, type FaultTexts } from './fault/rules.ts';

/** What is set for a scope while the mock runs. */
export interface Settings {
  /** How far the clock is from that of the machine, in milliseconds. */
  readonly offset: number;
  /** Where the clock stands still, in milliseconds since 1970; `undefined` when it runs. */
  readonly frozenAt: number | undefined;
  /** Instead of the faults that the mock was started with. */
  readonly faults: FaultTexts | undefined;
}

/** Under which name a scope's settings are noted. */
export const SETTINGS = 'settings';

/** Milliseconds since 1970, by the clock of a scope; it stops at the end of the year 9999. */
export function timeOf({ offset, frozenAt }: Settings): number {
  return Math.min(frozenAt ?? Date.now() + offset, LAST_TIME);
}

/** Reads the settings of a scope from its note; those that the mock started with where it has none. */
export function readSettings(note: Json | undefined, initial: Settings): Settings {
  if (!isObject(note)) return initial;
  const { offset, frozenAt } = note;
  const faults = own(note, 'faults');
  return {
    offset: typeof offset === 'number' ? offset : 0,
    frozenAt: typeof frozenAt === 'number' ? frozenAt : undefined,
    faults: isObject(faults) ? readTexts(faults) : initial.faults,
  };
}

/** The settings as they are noted. */
export function noteOf({ offset, frozenAt, faults }: Settings): Json {
  return {
    offset,
    ...(frozenAt === undefined ? {} : { frozenAt }),
    ...(faults === undefined ? {} : { faults: textsOf(faults) }),
  };
}

/** The faults that are asked for, and no others. */
function textsOf(faults: FaultTexts): JsonObject {
  return Object.fromEntries(
    FAULT_NAMES.flatMap((name) => {
      const text = faults[name];
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

/** The faults in a JSON object, and nothing else of it. */
export function readTexts(faults: JsonObject): FaultTexts {
  return Object.fromEntries(
    FAULT_NAMES.flatMap((name) => {
      const text = ownString(faults, name);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}
