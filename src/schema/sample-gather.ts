import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { child, children } from '../spec/node.ts';
import { resolveReference } from '../spec/ref.ts';
import { addressOf, type Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { isBarred } from './access.ts';
import { keywordsOf } from './dialect.ts';
import { type Discriminator, discriminatorOf } from './discriminator.ts';
import type { Direction } from './violation.ts';

/** What decides among alternatives. */
export interface Choices {
  readonly spec: Spec;
  readonly direction: Direction;
  /** Later attempts choose other alternatives, and leave out what is optional. */
  readonly attempt: number;
}

/** The keywords that judge one value, gathered from a schema and all that it applies to it. */
export interface Gathered {
  readonly keywords: Record<string, Json>;
  readonly properties: Map<string, Node>;
  readonly required: Set<string>;
  /** Properties that do not travel in this direction. */
  readonly barred: Set<string>;
  items: Node | undefined;
  prefixItems: readonly Node[];
  additional: Node | undefined;
  /** Examples, defaults and constants, the most telling first. */
  readonly candidates: { readonly schema: Node; readonly value: Json }[];
  impossible: boolean;
}

/** What a schema and all that it applies to the same value ask for; `through` are their addresses. */
export function gatherFrom(
  choices: Choices,
  schema: Node,
): { readonly gathered: Gathered; readonly through: ReadonlySet<string> } {
  const gathered: Gathered = {
    keywords: {},
    properties: new Map(),
    required: new Set(),
    barred: new Set(),
    items: undefined,
    prefixItems: [],
    additional: undefined,
    candidates: [],
    impossible: false,
  };
  const through = new Set<string>();
  gather(choices, schema, gathered, through);
  return { gathered, through };
}

function gather(choices: Choices, schema: Node, into: Gathered, through: Set<string>): void {
  const address = addressOf(schema);
  if (through.has(address)) return;
  through.add(address);
  const keywords = keywordsOf(choices.spec, schema);
  if (typeof keywords === 'boolean') {
    into.impossible ||= !keywords;
    return;
  }
  collectCandidates(schema, keywords, into);
  collectKeywords(keywords, into);
  collectMembers(choices, schema, keywords, into);
  for (const name of ['$ref', '$dynamicRef']) {
    const reference = keywords[name];
    if (typeof reference !== 'string') continue;
    gather(choices, resolveReference(choices.spec, schema, reference), into, through);
  }
  const all = child(schema, 'allOf');
  for (const [, part] of all ? children(all) : []) gather(choices, part, into, through);
  chooseAlternative(choices, schema, keywords, into, through);
  const branch = child(schema, choices.attempt % 2 === 0 ? 'then' : 'else');
  if (branch && keywords['if'] !== undefined) {
    const condition = child(schema, 'if');
    if (condition && choices.attempt % 2 === 0) gather(choices, condition, into, through);
    gather(choices, branch, into, through);
  }
}

function chooseAlternative(
  choices: Choices,
  schema: Node,
  keywords: JsonObject,
  into: Gathered,
  through: Set<string>,
): void {
  const discriminator = discriminatorOf(choices.spec, schema, keywords);
  if (discriminator) {
    const name = chosenName(discriminator, choices.attempt, through);
    const choice = discriminator.choices.get(name);
    if (choice) {
      gather(choices, choice, into, through);
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
    const part = chosen[choices.attempt % chosen.length];
    if (part) gather(choices, part, into, through);
  }
}

/** The kind that the value is already said to be, or the one whose turn it is. */
function chosenName(
  { names, kinds }: Discriminator,
  attempt: number,
  through: ReadonlySet<string>,
): string {
  for (const address of through) {
    const kind = kinds.get(address);
    if (kind !== undefined) return kind;
  }
  return names[attempt % names.length] ?? '';
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

function collectMembers(
  choices: Choices,
  schema: Node,
  keywords: JsonObject,
  into: Gathered,
): void {
  const properties = child(schema, 'properties');
  for (const [name, property] of properties ? children(properties) : []) {
    if (isBarred(choices.spec, property, choices.direction)) into.barred.add(name);
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

/** The JSON type that a value is to have. */
export function typeFor(gathered: Gathered, preferNull: boolean): string {
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
