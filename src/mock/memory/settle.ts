import type { Json, JsonObject } from '../../json.ts';
import { itemOf, toStored } from '../store/item.ts';
import {
  chain,
  type Entry,
  type Maybe,
  type Place,
  type Store,
  type Stored,
} from '../store/store.ts';
import type { CollectionRules } from './rules.ts';

/** What happens by itself ends after so many steps at one time: rules may lead in a circle. */
const STEPS = 100;

/** An item after all that has happened to it by itself until now; the same one when nothing has. */
function settle(stored: Stored, rules: CollectionRules, now: number, seed: () => string): Stored {
  const { state, after, soonest } = rules;
  // Before that time nothing has happened, whatever the item is.
  if (state === undefined || stored.since + soonest > now) return stored;
  let value = itemOf(stored);
  let { since } = stored;
  for (let count = 0; count < STEPS; count += 1) {
    const step = after.find(
      ({ from, time }) => from.includes(String(value[state])) && since + time <= now,
    );
    if (!step) break;
    since += step.time;
    const source = {
      now: since,
      path: {},
      key: undefined,
      sequence: 0,
      seed: `${seed()} ${since}`,
    };
    const changed: Record<string, Json> = { ...value, [state]: step.to };
    value = Object.assign(changed, step.set.fill(source));
  }
  return value === itemOf(stored) ? stored : toStored(value, since);
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
  if (after === entry) return entry;
  return chain(store.replace(place, entry.key, after, entry.version), (replaced) => {
    if (replaced) return replaced;
    // Somebody else was faster: with the same rules and time, what they left is as good.
    return chain(
      store.get(place, entry.key),
      (fresh) => fresh && { ...fresh, ...settle(fresh, rules, now, () => '') },
    );
  });
}

/** Where an item stands, by the rules of its collection; `undefined` when they do not say. */
export function stateOf(value: JsonObject, { state }: CollectionRules): Json | undefined {
  return state === undefined ? undefined : value[state];
}
