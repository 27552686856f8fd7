import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { child, children } from '../spec/node.ts';
import { resolveReference } from '../spec/ref.ts';
import { addressOf, type Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { isBarred } from './access.ts';
import { keywordsOf } from './dialect.ts';
import { discriminatorOf } from './discriminator.ts';
import { isValid } from './judge.ts';
import { sampleNumber } from './sample-number.ts';
import { sampleText } from './sample-text.ts';
import type { Direction } from './violation.ts';

/** How a sample is made. */
export interface SampleOptions {
  readonly direction: Direction;
  /** Which of the possible samples; the same number gives the same sample. Default: 0. */
  readonly seed?: number;
}

/** Objects lie at most this deep in each other where the schema does not demand more. */
const DEPTH = 4;
/** A sample has at most this many values where the schema does not demand more. */
const SIZE = 2_000;
/** How many ways of choosing among alternatives are tried before giving up. */
const ATTEMPTS = 24;

/**
 * A value that satisfies a schema, made from its examples where it has some; `undefined` when none
 * was found.
 *
 * Bounded whatever the schema: what is recursive is left out, emptied or null where that is allowed.
 */
export function sample(spec: Spec, schema: Node, options: SampleOptions): Json | undefined {
  const { direction, seed = 0 } = options;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const maker: Maker = { spec, direction, seed: seed + attempt, attempt, size: 0 };
    const value = make(maker, schema, []);
    if (value !== undefined && isValid(spec, schema, value, { direction, strict: false }))
      return value;
  }
  return undefined;
}

interface Maker {
  readonly spec: Spec;
  readonly direction: Direction;
  readonly seed: number;
  /** Later attempts choose other alternatives, and leave out what is optional. */
  readonly attempt: number;
  size: number;
}

/** The keywords that judge one value, gathered from a schema and all that it applies to it. */
interface Gathered {
  readonly keywords: Record<string, Json>;
  readonly properties: Map<string, Node>;
  readonly required: Set<string>;
  items: Node | undefined;
  prefixItems: readonly Node[];
  additional: Node | undefined;
  /** Examples, defaults and constants, the most telling first. */
  readonly candidates: { readonly schema: Node; readonly value: Json }[];
  impossible: boolean;
}

function make(maker: Maker, schema: Node, within: readonly string[]): Json | undefined {
  maker.size += 1;
  const gathered: Gathered = {
    keywords: {},
    properties: new Map(),
    required: new Set(),
    items: undefined,
    prefixItems: [],
    additional: undefined,
    candidates: [],
    impossible: false,
  };
  const through = new Set<string>();
  gather(maker, schema, gathered, through);
  if (gathered.impossible) return undefined;
  const judged = { direction: maker.direction, strict: false };
  for (const { value } of gathered.candidates) {
    if (isValid(maker.spec, schema, value, judged)) return value;
  }
  const inside = [...within, ...through];
  const isRecursive = [...through].some((address) => within.includes(address));
  const type = typeFor(gathered, isRecursive || within.length > DEPTH * 6);
  if (type === 'object') return makeObject(maker, gathered, inside, isRecursive);
  if (type === 'array') return makeArray(maker, gathered, inside, isRecursive);
  if (type === 'string') return sampleText(gathered.keywords, maker.seed);
  if (type === 'number' || type === 'integer') return sampleNumber(gathered.keywords, type);
  return type === 'boolean' ? true : null;
}

function gather(maker: Maker, schema: Node, into: Gathered, through: Set<string>): void {
  const address = addressOf(schema);
  if (through.has(address)) return;
  through.add(address);
  const keywords = keywordsOf(maker.spec, schema);
  if (typeof keywords === 'boolean') {
    into.impossible ||= !keywords;
    return;
  }
  collectCandidates(schema, keywords, into);
  collectKeywords(keywords, into);
  collectMembers(maker, schema, keywords, into);
  for (const name of ['$ref', '$dynamicRef']) {
    const reference = keywords[name];
    if (typeof reference !== 'string') continue;
    gather(maker, resolveReference(maker.spec, schema, reference), into, through);
  }
  const all = child(schema, 'allOf');
  for (const [, part] of all ? children(all) : []) gather(maker, part, into, through);
  chooseAlternative(maker, schema, keywords, into, through);
  const branch = child(schema, maker.attempt % 2 === 0 ? 'then' : 'else');
  if (branch && keywords['if'] !== undefined) {
    const condition = child(schema, 'if');
    if (condition && maker.attempt % 2 === 0) gather(maker, condition, into, through);
    gather(maker, branch, into, through);
  }
}

function chooseAlternative(
  maker: Maker,
  schema: Node,
  keywords: JsonObject,
  into: Gathered,
  through: Set<string>,
): void {
  const discriminator = discriminatorOf(maker.spec, schema, keywords);
  if (discriminator) {
    const choices = [...discriminator.choices];
    const [name, choice] = choices[maker.attempt % Math.max(choices.length, 1)] ?? [];
    if (name !== undefined && choice) {
      gather(maker, choice, into, through);
      into.required.add(discriminator.property);
      into.properties.set(discriminator.property, constant(choice, name));
    }
  }
  for (const list of ['oneOf', 'anyOf']) {
    const alternatives = child(schema, list);
    if (!alternatives || discriminator?.list === list) continue;
    const parts = [...children(alternatives)].map(([, part]) => part);
    // The first that is more than null, unless that has been tried.
    const telling = parts.filter((part) => !isObject(part.value) || part.value['type'] !== 'null');
    const chosen = telling.length > 0 ? telling : parts;
    const part = chosen[maker.attempt % chosen.length];
    if (part) gather(maker, part, into, through);
  }
}

function constant(at: Node, value: string): Node {
  return { source: at.source, pointer: `${at.pointer}/const=${value}`, value: { const: value } };
}

function collectCandidates(schema: Node, keywords: JsonObject, into: Gathered): void {
  const { const: only, examples, example, enum: values } = keywords;
  const found: Json[] = [];
  if (only !== undefined) found.push(only);
  if (example !== undefined) found.push(example);
  if (isArray(examples)) found.push(...examples);
  if (keywords['default'] !== undefined) found.push(keywords['default']);
  if (isArray(values)) found.push(...values);
  for (const value of found) into.candidates.push({ schema, value });
}

/** Lower limits grow, upper ones shrink, types meet; of what cannot be merged the first counts. */
function collectKeywords(keywords: JsonObject, into: Gathered): void {
  for (const [name, value] of Object.entries(keywords)) {
    const known = into.keywords[name];
    if (known === undefined) into.keywords[name] = value;
    else if (typeof value === 'number' && typeof known === 'number') {
      const isLower = /^(min|exclusiveMin)/.test(name);
      into.keywords[name] = isLower ? Math.max(known, value) : Math.min(known, value);
    } else if (name === 'type') {
      const types = [value].flat();
      const met = [known].flat().filter((type) => types.includes(type));
      if (met.length > 0) into.keywords[name] = met;
    }
  }
}

function collectMembers(maker: Maker, schema: Node, keywords: JsonObject, into: Gathered): void {
  const properties = child(schema, 'properties');
  for (const [name, property] of properties ? children(properties) : []) {
    if (isBarred(maker.spec, property, maker.direction)) into.properties.delete(name);
    else if (!into.properties.has(name)) into.properties.set(name, property);
  }
  const { required } = keywords;
  for (const name of isArray(required) ? required : []) into.required.add(String(name));
  into.items ??= child(schema, 'items');
  const prefix = child(schema, 'prefixItems');
  if (prefix && into.prefixItems.length === 0) {
    into.prefixItems = [...children(prefix)].map(([, item]) => item);
  }
  into.additional ??= child(schema, 'additionalProperties');
}

function typeFor(gathered: Gathered, preferNull: boolean): string {
  const types = [gathered.keywords['type'] ?? []].flat().map(String);
  if (preferNull && types.includes('null')) return 'null';
  const first = types.find((type) => type !== 'null') ?? types[0];
  if (first !== undefined) return first;
  if (gathered.properties.size > 0 || gathered.required.size > 0 || gathered.additional)
    return 'object';
  if (gathered.items || gathered.prefixItems.length > 0) return 'array';
  const { minimum, maximum, multipleOf } = gathered.keywords;
  if (minimum !== undefined || maximum !== undefined || multipleOf !== undefined) return 'number';
  return 'string';
}

function makeObject(
  maker: Maker,
  gathered: Gathered,
  within: readonly string[],
  isRecursive: boolean,
): Json | undefined {
  const object: Record<string, Json> = {};
  const isFull =
    isRecursive || within.length > DEPTH * 6 || maker.size > SIZE || maker.attempt > 16;
  for (const [name, property] of gathered.properties) {
    const isRequired = gathered.required.has(name);
    if (!isRequired && (isFull || leadsBack(maker, property, within))) continue;
    const value = make(maker, property, within);
    if (value !== undefined) define(object, name, value);
    else if (isRequired) return undefined;
  }
  const isBarredHere = (name: string) =>
    !gathered.properties.has(name) && gathered.additional?.value === false;
  for (const name of gathered.required) {
    if (Object.hasOwn(object, name) || isBarredHere(name)) continue;
    const value = gathered.additional ? make(maker, gathered.additional, within) : 'string';
    if (value !== undefined) define(object, name, value);
  }
  const { minProperties } = gathered.keywords;
  for (let index = 1; typeof minProperties === 'number' && index <= minProperties; index += 1) {
    if (Object.keys(object).length >= minProperties) break;
    const value = gathered.additional ? make(maker, gathered.additional, within) : 'string';
    if (value !== undefined) define(object, `property${index}`, value);
  }
  return object;
}

function define(object: Record<string, Json>, name: string, value: Json): void {
  Object.defineProperty(object, name, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

/** Tells whether a schema, or what it applies to the same value, is being made already. */
function leadsBack(maker: Maker, schema: Node, within: readonly string[]): boolean {
  const keywords = keywordsOf(maker.spec, schema);
  if (typeof keywords === 'boolean') return false;
  const { $ref: reference } = keywords;
  if (typeof reference !== 'string') return false;
  const target = resolveReference(maker.spec, schema, reference);
  return (
    within.includes(addressOf(target)) || leadsBack(maker, target, [...within, addressOf(schema)])
  );
}

function makeArray(
  maker: Maker,
  gathered: Gathered,
  within: readonly string[],
  isRecursive: boolean,
): Json | undefined {
  const { minItems, maxItems, uniqueItems } = gathered.keywords;
  const least = typeof minItems === 'number' ? minItems : 0;
  const most = typeof maxItems === 'number' ? maxItems : Number.POSITIVE_INFINITY;
  const { items, prefixItems } = gathered;
  const isBack = isRecursive || (items !== undefined && leadsBack(maker, items, within));
  const wanted =
    isBack || within.length > DEPTH * 6 || maker.size > SIZE
      ? least
      : Math.max(least, prefixItems.length, 1);
  const made: Json[] = [];
  for (let index = 0; index < Math.min(wanted, most); index += 1) {
    const schema = prefixItems[index] ?? items;
    if (schema?.value === false) break;
    const inner = { ...maker, seed: maker.seed + (uniqueItems === true ? index * 101 : 0) };
    const value = schema ? make(inner, schema, within) : 'string';
    maker.size = inner.size;
    if (value === undefined) return index >= least ? made : undefined;
    made.push(value);
  }
  return made;
}
