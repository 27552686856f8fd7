import fc from 'fast-check';
import { schemas } from '../schema/arbitrary.ts';
import type { Part } from './row.ts';
import { shapes } from './shapes.ts';

/** A schema, and what became of it. */
export interface Mutation {
  readonly old: Part;
  readonly next: Part;
}

const any = schemas() as fc.Arbitrary<Part>;
const edits = fc.array(
  fc.record({
    where: fc.nat(),
    how: fc.nat(),
    what: fc.constantFrom(
      ...(['lose', 'take', 'take', 'wrap', 'split', 'tweak', 'tweak'] as const),
      ...(['reorder', 'shorten', 'lengthen', 'rename', 'replace', 'access', 'words'] as const),
    ),
    donor: fc.oneof({ weight: 3, arbitrary: shapes }, { weight: 1, arbitrary: any }),
  }),
  { minLength: 1, maxLength: 3 },
);

/** Random schemas, each with one or some random edits: some change what it means, some do not. */
export const mutations: fc.Arbitrary<Mutation> = fc
  .tuple(fc.oneof({ weight: 4, arbitrary: shapes }, { weight: 1, arbitrary: any }), edits)
  .map(([old, list]) => {
    const next = structuredClone(old) as Part;
    for (const one of list) edit(next, one);
    return { old: structuredClone(old) as Part, next };
  });

/** Keywords that hold one schema, a list of them, or a map. */
const ONE = ['items', 'contains', 'additionalProperties', 'propertyNames', 'not', 'if', 'then'];
ONE.push('else', 'unevaluatedProperties', 'unevaluatedItems');
const LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const MAPS = ['properties', 'patternProperties', 'dependentSchemas', '$defs'];

/** Every schema object in a schema, itself first; those that nothing refers to left out. */
function partsOf(schema: Part): readonly Part[] {
  const text = JSON.stringify(schema);
  const isUsed = (name: string) => text.includes(`#/$defs/${name}`);
  const found: Part[] = [];
  collect(schema);
  return found;

  function collect(part: Part): void {
    if (typeof part !== 'object' || part === null) return;
    found.push(part);
    for (const key of ONE) collect(part[key]);
    for (const key of LISTS) for (const one of part[key] ?? []) collect(one);
    for (const key of MAPS) {
      for (const [name, one] of Object.entries(part[key] ?? {})) {
        if (key !== '$defs' || isUsed(name)) collect(one);
      }
    }
  }
}

interface Edit {
  readonly where: number;
  readonly how: number;
  readonly what: string;
  readonly donor: Part;
}

function pick<T>(list: readonly T[], index: number): T | undefined {
  return list[index % Math.max(list.length, 1)];
}

function edit(schema: Part, { where, what, how, donor }: Edit): void {
  const part = pick(partsOf(schema), where);
  const given = withoutReferences(pick(partsOf(donor), how) ?? {});
  const key = pick(
    Object.keys(part).filter((name) => name !== '$defs'),
    how,
  );
  const name = pick(Object.keys(given), how);
  switch (what) {
    case 'lose':
      if (key !== undefined) delete part[key];
      return;
    case 'take':
      if (name !== undefined) part[name] = given[name];
      return;
    case 'wrap':
      wrap(part);
      return;
    case 'split':
      split(part, how);
      return;
    case 'tweak':
      tweak(part, how);
      return;
    case 'reorder':
      reorder(part);
      return;
    case 'shorten':
      for (const list of LISTS) if (part[list]?.length > 1) part[list].pop();
      return;
    case 'lengthen':
      for (const list of LISTS) part[list]?.push(given);
      return;
    case 'rename':
      if (part.properties?.a) {
        part.properties = { ...part.properties, d: part.properties.a };
        delete part.properties.a;
      } else if (part.properties) part.properties[how % 2 ? 'd' : 'a'] = given;
      return;
    case 'replace':
      for (const all of Object.keys(part)) if (all !== '$defs') delete part[all];
      Object.assign(part, given);
      return;
    case 'access':
      for (const word of ['readOnly', 'writeOnly']) {
        if (part[word]) delete part[word];
        else if (how % 3 === (word === 'readOnly' ? 0 : 1)) part[word] = true;
      }
      return;
    default:
      part.description = 'Other words.';
  }
}

/** What a schema says without what only its own document has. */
function withoutReferences(schema: Part): Part {
  const copy = structuredClone(schema);
  for (const part of partsOf(copy)) {
    delete part.$defs;
    delete part.$ref;
  }
  return copy;
}

/** All of it in an `allOf` of one. */
function wrap(part: Part): void {
  const { $defs: _defs, ...rest } = part;
  for (const key of Object.keys(rest)) delete part[key];
  part.allOf = [rest];
}

/** What these mean depends on what stands beside them. */
const TOGETHER: ReadonlySet<string> = new Set([
  ...['properties', 'patternProperties', 'additionalProperties', 'items', 'prefixItems', 'allOf'],
  ...['contains', 'minContains', 'maxContains', 'if', 'then', 'else', 'required'],
]);

/** Some keywords in one part of an `allOf`, the others in another. */
function split(part: Part, how: number): void {
  const { $defs: _defs, ...rest } = part;
  if (Object.keys(rest).some((key) => key.startsWith('unevaluated'))) return;
  const halves: [Part, Part] = [{}, {}];
  for (const [index, [key, value]] of Object.entries(rest).entries()) {
    const isFirst = TOGETHER.has(key) || (how >> index) % 2 === 0;
    halves[isFirst ? 0 : 1][key] = value;
    delete part[key];
  }
  part.allOf = halves;
}

/** Numbers a little more or less; names, values and types more or less. */
function tweak(part: Part, how: number): void {
  for (const [key, value] of Object.entries(part)) {
    if (typeof value === 'number') {
      const other = value + ((how % 3) - 1);
      const isCount = /^(min|max)[A-Z]/.test(key);
      part[key] =
        key === 'multipleOf' ? Math.max(other, 0.5) : isCount ? Math.max(other, 0) : other;
    }
    if (!Array.isArray(value)) {
      if (key === 'type' && how % 4 === 1) part[key] = [value, 'null'];
      continue;
    }
    if (key === 'required') part[key] = how % 2 ? value.slice(1) : [...new Set([...value, 'c'])];
    if (key === 'enum') part[key] = how % 2 ? value.slice(1) : [...value, `more ${how % 3}`];
    if (key === 'type') part[key] = how % 2 ? value[0] : value;
  }
}

function reorder(part: Part): void {
  for (const key of ['required', 'enum', 'type', 'anyOf', 'oneOf', 'allOf']) {
    if (Array.isArray(part[key])) part[key].reverse();
  }
  if (part.properties) {
    part.properties = Object.fromEntries(Object.entries(part.properties).reverse());
  }
}
