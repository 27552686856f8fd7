import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { child, children } from '../spec/node.ts';
import { resolveReference } from '../spec/ref.ts';
import { addressOf, type Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { isBarred } from './access.ts';
import { keywordsOf } from './dialect.ts';
import { type Discriminator, discriminatorOf } from './discriminator.ts';
import { commonMultiple } from './number.ts';
import type { Direction } from './violation.ts';

/** What decides among alternatives. */
export interface Choices {
  readonly spec: Spec;
  readonly direction: Direction;
  /** Later attempts choose other alternatives, and leave out what is optional. */
  readonly attempt: number;
}

/** Schemas that all judge one value. */
export type Schemas = readonly Node[];

/** The keywords that judge one value, gathered from schemas and all that they apply to it. */
export interface Gathered {
  readonly keywords: Record<string, Json>;
  readonly properties: Map<string, Node[]>;
  readonly patterns: (readonly [pattern: string, schema: Node])[];
  readonly propertyNames: Node[];
  readonly required: Set<string>;
  /** Properties that do not travel in this direction. */
  readonly barred: Set<string>;
  readonly items: Node[];
  readonly prefixItems: Node[][];
  readonly contains: Node[];
  readonly additional: Node[];
  readonly unevaluated: Node[];
  /** Constants, examples, defaults and the values of enumerations, the most telling first. */
  readonly candidates: Json[];
  impossible: boolean;
}

/**
 * What schemas and all that they apply to the same value ask for; `through` are their addresses.
 *
 * @param within the addresses of the schemas that are being made further out.
 */
export function gatherFrom(
  choices: Choices,
  schemas: Schemas,
  within: readonly string[],
): { readonly gathered: Gathered; readonly through: ReadonlySet<string> } {
  const gathered: Gathered = {
    keywords: {},
    properties: new Map(),
    patterns: [],
    propertyNames: [],
    required: new Set(),
    barred: new Set(),
    items: [],
    prefixItems: [],
    contains: [],
    additional: [],
    unevaluated: [],
    candidates: [],
    impossible: false,
  };
  const through = new Set<string>();
  const gathering = { ...choices, within, gathered, through };
  for (const schema of schemas) gather(gathering, schema);
  return { gathered, through };
}

interface Gathering extends Choices {
  readonly within: readonly string[];
  readonly gathered: Gathered;
  readonly through: Set<string>;
}

function gather(gathering: Gathering, schema: Node): void {
  const { spec, attempt, gathered, through } = gathering;
  const address = addressOf(schema);
  if (through.has(address)) return;
  through.add(address);
  const keywords = keywordsOf(spec, schema);
  if (typeof keywords === 'boolean') {
    gathered.impossible ||= !keywords;
    return;
  }
  collectCandidates(keywords, gathered);
  collectKeywords(keywords, gathered);
  collectMembers(gathering, schema, keywords);
  collectItems(schema, gathered);
  for (const name of ['$ref', '$dynamicRef']) {
    const reference = keywords[name];
    if (typeof reference !== 'string') continue;
    gather(gathering, resolveReference(spec, schema, reference));
  }
  for (const part of listOf(schema, 'allOf')) gather(gathering, part);
  chooseAlternative(gathering, schema, keywords);
  const condition = child(schema, 'if');
  if (!condition) return;
  const branch = child(schema, attempt % 2 === 0 ? 'then' : 'else');
  if (attempt % 2 === 0) gather(gathering, condition);
  if (branch) gather(gathering, branch);
}

function chooseAlternative(gathering: Gathering, schema: Node, keywords: JsonObject): void {
  const { attempt, gathered } = gathering;
  const discriminator = discriminatorOf(gathering.spec, schema, keywords);
  if (discriminator) {
    const name = chosenName(gathering, discriminator);
    const choice = discriminator.choices.get(name);
    if (choice) {
      gather(gathering, choice);
      gathered.required.add(discriminator.property);
      gathered.properties.set(discriminator.property, [constant(choice, name)]);
    }
  }
  for (const list of ['oneOf', 'anyOf']) {
    if (discriminator?.list === list) continue;
    const parts = preferred(gathering, listOf(schema, list));
    const part = parts[attempt % Math.max(parts.length, 1)];
    if (part) gather(gathering, part);
  }
}

/** Alternatives that come to an end, and of them those that are more than null, where there are such. */
function preferred(gathering: Gathering, parts: readonly Node[]): readonly Node[] {
  const open = parts.filter((part) => !leadsBack(gathering, part, gathering.within));
  const ending = open.length > 0 ? open : parts;
  const telling = ending.filter((part) => !isObject(part.value) || part.value['type'] !== 'null');
  return telling.length > 0 ? telling : ending;
}

/** Tells whether a schema, or the one that it refers to, is being made already. */
export function leadsBack({ spec }: Choices, schema: Node, within: readonly string[]): boolean {
  const passed = new Set(within);
  for (let current = schema; ; ) {
    const address = addressOf(current);
    if (passed.has(address)) return true;
    passed.add(address);
    const keywords = keywordsOf(spec, current);
    if (typeof keywords === 'boolean' || typeof keywords['$ref'] !== 'string') return false;
    current = resolveReference(spec, current, keywords['$ref']);
  }
}

/** The kind that the value is already said to be, or the one whose turn it is, of those that end. */
function chosenName(gathering: Gathering, { names, kinds, choices }: Discriminator): string {
  const { attempt, through, within } = gathering;
  for (const address of through) {
    const kind = kinds.get(address);
    if (kind !== undefined) return kind;
  }
  const first = names[attempt % names.length] ?? '';
  for (let turn = 0; turn < names.length; turn += 1) {
    const name = names[(attempt + turn) % names.length] ?? first;
    const choice = choices.get(name);
    if (choice && !leadsBack(gathering, choice, within)) return name;
  }
  return first;
}

function constant(at: Node, value: string): Node {
  return { source: at.source, pointer: `${at.pointer}/const=${value}`, value: { const: value } };
}

function listOf(schema: Node, keyword: string): readonly Node[] {
  const list = child(schema, keyword);
  return list && isArray(list.value) ? [...children(list)].map(([, part]) => part) : [];
}

function collectCandidates(keywords: JsonObject, { candidates }: Gathered): void {
  const { const: only, example, examples, default: usual, enum: values } = keywords;
  if (only !== undefined) candidates.push(only);
  if (example !== undefined) candidates.push(example);
  if (isArray(examples)) candidates.push(...examples);
  if (usual !== undefined) candidates.push(usual);
  if (isArray(values)) candidates.push(...values);
}

/** Lower limits grow, upper ones shrink, types meet; of what cannot be merged the first counts. */
function collectKeywords(keywords: JsonObject, into: Gathered): void {
  for (const [name, value] of Object.entries(keywords)) {
    const known = into.keywords[name];
    if (known === undefined) into.keywords[name] = value;
    else if (typeof value === 'number' && typeof known === 'number') {
      const isLower = /^(min|exclusiveMin)/.test(name);
      const limit = isLower ? Math.max(known, value) : Math.min(known, value);
      into.keywords[name] = name === 'multipleOf' ? commonMultiple(known, value) : limit;
    } else if (name === 'uniqueItems') {
      into.keywords[name] = known === true || value === true;
    } else if (name === 'type') {
      const types = [value].flat();
      const met = [known].flat().filter((type) => types.includes(type));
      if (met.length > 0) into.keywords[name] = met;
    }
  }
}

function collectMembers(gathering: Gathering, schema: Node, keywords: JsonObject): void {
  const { spec, direction, gathered } = gathering;
  const properties = child(schema, 'properties');
  for (const [name, property] of properties ? children(properties) : []) {
    const known = gathered.properties.get(name);
    if (isBarred(spec, property, direction)) gathered.barred.add(name);
    else if (known) known.push(property);
    else gathered.properties.set(name, [property]);
  }
  const { required } = keywords;
  for (const name of isArray(required) ? required : []) gathered.required.add(String(name));
  const patterns = child(schema, 'patternProperties');
  gathered.patterns.push(...(patterns ? children(patterns) : []));
  const ofOthers = [
    ['propertyNames', gathered.propertyNames],
    ['additionalProperties', gathered.additional],
    ['unevaluatedProperties', gathered.unevaluated],
  ] as const;
  for (const [keyword, list] of ofOthers) {
    const found = child(schema, keyword);
    if (found) list.push(found);
  }
}

function collectItems(schema: Node, gathered: Gathered): void {
  for (const [index, item] of listOf(schema, 'prefixItems').entries()) {
    gathered.prefixItems[index] ??= [];
    gathered.prefixItems[index].push(item);
  }
  const items = child(schema, 'items');
  if (items) gathered.items.push(items);
  const contained = child(schema, 'contains');
  if (contained) gathered.contains.push(contained);
}

const OF_OBJECTS = ['minProperties', 'maxProperties', 'dependentRequired', 'unevaluatedProperties'];
const OF_ARRAYS = ['minItems', 'maxItems', 'uniqueItems', 'unevaluatedItems'];
const OF_NUMBERS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];

/** The JSON type that a value is to have. */
export function typeFor(gathered: Gathered, attempt: number, preferNull: boolean): string {
  const types = [gathered.keywords['type'] ?? []].flat().map(String);
  if (preferNull && types.includes('null')) return 'null';
  const telling = types.filter((type) => type !== 'null');
  const found = telling[attempt % Math.max(telling.length, 1)] ?? types[0];
  if (found !== undefined) return found;
  const says = (names: readonly string[]) =>
    names.some((name) => gathered.keywords[name] !== undefined);
  const { properties, required, additional, patterns, propertyNames } = gathered;
  const members = [additional, patterns, propertyNames].some((list) => list.length > 0);
  if (properties.size > 0 || required.size > 0 || members || says(OF_OBJECTS)) return 'object';
  const inside = [gathered.items, gathered.prefixItems, gathered.contains];
  if (inside.some((list) => list.length > 0) || says(OF_ARRAYS)) return 'array';
  return says(OF_NUMBERS) ? 'number' : 'string';
}
