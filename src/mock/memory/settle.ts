import type { Json, JsonObject } from '../../json.ts';
import type { Entry, Maybe, Place, Store, Stored } from '../store/store.ts';
import { fillValues } from './fill.ts';
import type { CollectionRules } from './rules.ts';

/** What happens by itself ends after so many steps at one time: rules may lead in a circle. */
const STEPS = 100;

/** An item after all that has happened to it by itself until now; the same one when nothing has. */
function settle<S extends Stored>(
  stored: S,
  rules: CollectionRules,
  now: number,
  seed: () => string,
): Stored | S {
  const { state, after } = rules;
  if (state === undefined || after.length === 0) return stored;
  let current: Stored | S = stored;
  for (let count = 0; count < STEPS; count += 1) {
    const { since, value } = current;
    const step = after.find(
      ({ from, time }) => from.includes(String(value[state])) && since + time <= now,
    );
    if (!step) break;
    const due = since + step.time;
    const source = { now: due, path: {}, key: undefined, sequence: 0, seed: `${seed()} ${due}` };
    const changed: Record<string, Json> = { ...value, [state]: step.to };
    current = { value: Object.assign(changed, fillValues(step.set, source)), since: due };
  }
  return current;
}

/** Settles an item and remembers what came of it; `undefined` when it is gone meanwhile. */
export function settled(
  store: Store,
  place: Place,
  entry: Entry,
  rules: CollectionRules,
  now: number,
): Maybe<Entry | undefined> {
  const after = settle(entry, rules, now, () => `${place.scope} ${place.collection} ${entry.key}`);
  return after === entry ? entry : keep(store, place, { entry, after, rules, now });
}

async function keep(
  store: Store,
  place: Place,
  changed: {
    readonly entry: Entry;
    readonly after: Stored;
    readonly rules: CollectionRules;
    readonly now: number;
  },
): Promise<Entry | undefined> {
  const { entry, after, rules, now } = changed;
  const replaced = await store.replace(place, entry.key, after, entry.version);
  if (replaced) return replaced;
  // Somebody else was faster: with the same rules and time, what they left is as good.
  const fresh = await store.get(place, entry.key);
  return fresh && { ...fresh, ...settle(fresh, rules, now, () => '') };
}

/** Where an item stands, by the rules of its collection. */
export function stateOf(value: JsonObject, { state }: CollectionRules): string | undefined {
  return state === undefined ? undefined : String(value[state]);
}
