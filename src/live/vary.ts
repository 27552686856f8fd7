import type { Json, JsonObject } from '../json.ts';
import { isValid } from '../schema/judge.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { type Way, withValue } from './edit.ts';
import { type Place, placesOf } from './place.ts';

/** A value whose texts are its own, and which of its top-level texts became so. */
export interface Varied {
  readonly value: Json;
  /** Names of members whose text nobody else has written. */
  readonly names: readonly string[];
}

/**
 * A value with its free texts made unlike those of any other, so that what is read back can be told
 * from what was there before, and so that nothing is refused for being there already.
 */
export function varied(spec: Spec, schema: Node, value: Json, salt: string): Varied {
  let result = value;
  const names: string[] = [];
  for (const place of placesOf(spec, schema, value)) {
    const other = otherText(place, salt);
    if (other === undefined) continue;
    const changed = withValue(result, place.way, other);
    if (!isValid(spec, schema, changed, { direction: 'request', strict: false })) continue;
    result = changed;
    const [name] = place.way;
    if (name !== undefined && place.way.length === 1) names.push(name);
  }
  return { value: result, names };
}

/** Another text for a place whose texts are free; `undefined` where they are not. */
function otherText({ value, keywords }: Place, salt: string): string | undefined {
  if (typeof value !== 'string') return undefined;
  const says = (name: string) => keywords.some((each) => each[name] !== undefined);
  if (says('enum') || says('const') || says('pattern')) return undefined;
  const format = keywords.map((each) => each['format']).find((each) => typeof each === 'string');
  if (format === 'email') return `user-${salt}@example.com`;
  if (format === 'uuid') return uuidFor(salt);
  if (format !== undefined && format !== 'password') return undefined;
  const most = Math.min(...keywords.map(({ maxLength }) => numberOr(maxLength, 1_000)));
  const start = value.toLowerCase().slice(0, Math.max(Math.min(most, 60) - salt.length - 1, 0));
  return `${start}-${salt}`.slice(-most);
}

function numberOr(value: Json | undefined, other: number): number {
  return typeof value === 'number' ? value : other;
}

/** A UUID of version 4 that is always the same for the same text. */
export function uuidFor(text: string): string {
  const random = randomFrom(text);
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  const [one, two, three] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(13, 16)];
  return `${one}-${two}-4${three}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** Numbers from 0 to below 1, always the same for the same text. */
export function randomFrom(text: string): () => number {
  let state = 2_166_136_261;
  for (const character of text) {
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16_777_619);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Another value for a member whose value is plain; `undefined` where none is found. */
export function otherValue(
  spec: Spec,
  schema: Node,
  object: JsonObject,
  way: Way,
  salt: string,
): Json | undefined {
  const place = placesOf(spec, schema, object).find((each) => each.way.join('/') === way.join('/'));
  if (!place) return undefined;
  const { value } = place;
  const candidates: readonly (Json | undefined)[] =
    typeof value === 'number' ? [value + 1, value - 1] : [otherText(place, salt)];
  return candidates.find(
    (other) =>
      other !== undefined &&
      other !== value &&
      isValid(spec, schema, withValue(object, way, other), { direction: 'request', strict: false }),
  );
}
