import type { JsonObject } from '../../json.ts';
import type { Stored } from './store.ts';

/** Items that somebody has looked into: most never are. */
const values = new WeakMap<Stored, JsonObject>();

/** The item that is remembered; read when it is first asked for. */
export function itemOf(stored: Stored): JsonObject {
  let value = values.get(stored);
  if (!value) {
    // Nobody but `toStored` has written it.
    value = JSON.parse(stored.text) as JsonObject;
    values.set(stored, value);
  }
  return value;
}

/** What is remembered of an item that came into its state at a time. */
export function toStored(value: JsonObject, since: number): Stored {
  return { text: JSON.stringify(value), since };
}
