import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { canonical } from '../schema/equal.ts';
import { formatOf } from '../schema/formats.ts';
import { typeOf } from '../schema/outcome.ts';
import type { Draft, DraftValue } from './form.ts';

/** Keywords whose value stays as it is, unless it says nothing. */
const PLAIN: Readonly<Record<string, Json | undefined>> = {
  format: undefined,
  pattern: undefined,
  multipleOf: undefined,
  minLength: 0,
  maxLength: undefined,
  minItems: 0,
  maxItems: undefined,
  minProperties: 0,
  maxProperties: undefined,
  minContains: 1,
  maxContains: undefined,
  uniqueItems: false,
  contentEncoding: undefined,
  contentMediaType: undefined,
};

/**
 * The keywords of a schema that hold no schemas, in their normal form: `const` is an `enum` of one,
 * lists are sorted, of two limits only the tighter one stands, and what says nothing is left out.
 *
 * Values of `enum` are texts of JSON, so that objects among them can be compared.
 *
 * @param barred names that do not travel this way, and so are not required.
 */
export function writeScalars(keywords: JsonObject, barred: ReadonlySet<string>): Draft {
  const draft: Draft = {};
  for (const [keyword, nothing] of Object.entries(PLAIN)) {
    const value = keywords[keyword];
    if (value === undefined || value === nothing) continue;
    if (typeof value !== 'object') draft[keyword] = value;
  }
  writeTypes(draft, keywords);
  writeLimits(draft, keywords);
  const required = namesIn(keywords['required']).filter((name) => !barred.has(name));
  if (required.length > 0) draft['required'] = sorted(required);
  const dependent = dependencies(keywords['dependentRequired'], barred);
  if (dependent.length > 0) draft['x-dependentRequired'] = setText(dependent);
  return draft;
}

/** Settles what `type`, `enum` and the limits of a draft say of each other. */
export function settle(draft: Draft): void {
  const { type, enum: values } = draft;
  if (isArray(values)) {
    const declared = isArray(type) ? type : undefined;
    const fitting = values.filter(
      (text) => !declared || isOf(declared, JSON.parse(String(text)) as Json),
    );
    draft['enum'] = sorted(fitting.map(String));
    draft['type'] = sorted(
      fitting.map((text) => nameOfType(JSON.parse(String(text)) as Json, declared)),
    );
    if (fitting.length === 0) draft['x-never'] = true;
  } else if (isArray(type) && type.length === 0) {
    draft['x-never'] = true;
  }
  dropIdle(draft);
  tighten(draft, 'minimum', 'exclusiveMinimum', Math.floor, 1);
  tighten(draft, 'maximum', 'exclusiveMaximum', Math.ceil, -1);
}

/** The types that a keyword says something of. */
const SPEAKS_OF: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  (
    [
      [['number', 'integer'], 'minimum exclusiveMinimum maximum exclusiveMaximum multipleOf'],
      [['string'], 'minLength maxLength pattern contentEncoding contentMediaType'],
      [['array'], 'minItems maxItems uniqueItems minContains maxContains'],
      [['object'], 'minProperties maxProperties required x-dependentRequired'],
    ] as const
  ).flatMap(([types, keywords]) => keywords.split(' ').map((keyword) => [keyword, types])),
);

/** Tells whether a keyword says something of one of the types; where none are named, of all. */
export function speaksOf(keyword: string, types: ReadonlySet<string>): boolean {
  const of = SPEAKS_OF[keyword];
  return of === undefined || types.size === 0 || of.some((type) => types.has(type));
}

/** Leaves out what says nothing of the types that are taken. */
function dropIdle(draft: Draft): void {
  const types = setOf(draft['type']);
  for (const keyword of Object.keys(draft)) {
    if (!speaksOf(keyword, types)) delete draft[keyword];
  }
}

function writeTypes(draft: Draft, keywords: JsonObject): void {
  const { type, enum: listed, const: constant } = keywords;
  if (type !== undefined) draft['type'] = simplified(namesIn(isArray(type) ? type : [type]));
  const lists = [
    ...(isArray(listed) ? [listed] : []),
    ...(constant === undefined ? [] : [[constant]]),
  ].map((values) => sorted(values.map(canonical)));
  const [first, second] = lists;
  if (first) draft['enum'] = second ? first.filter((text) => second.includes(text)) : first;
}

/** A list of types without those that another one includes. */
export function simplified(types: readonly string[]): string[] {
  return sorted(types.filter((type) => type !== 'integer' || !types.includes('number')));
}

function isOf(types: readonly Json[], value: Json): boolean {
  const type = typeOf(value);
  return types.includes(type) || (type === 'integer' && types.includes('number'));
}

function nameOfType(value: Json, declared: readonly Json[] | undefined): string {
  const type = typeOf(value);
  if (type !== 'integer') return type;
  return declared?.includes('integer') ? 'integer' : 'number';
}

const LIMITS = ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'];

function writeLimits(draft: Draft, keywords: JsonObject): void {
  for (const limit of LIMITS) {
    const value = keywords[limit];
    if (typeof value === 'number') draft[limit] = value;
  }
}

/** Leaves the tighter one of a limit and its exclusive form; of whole numbers, the plain form. */
function tighten(
  draft: Draft,
  plain: string,
  exclusive: string,
  round: (value: number) => number,
  step: 1 | -1,
): void {
  const { [plain]: at, [exclusive]: beyond, type } = draft;
  const isWhole = isArray(type) && type.includes('integer');
  const limits: { readonly value: number; readonly isExclusive: boolean }[] = [];
  if (typeof at === 'number') limits.push({ value: at, isExclusive: false });
  if (typeof beyond === 'number') limits.push({ value: beyond, isExclusive: true });
  const [tightest] = limits
    .map(({ value, isExclusive }) =>
      !isWhole || !Number.isFinite(value)
        ? { value, isExclusive }
        : {
            value: isExclusive ? round(value) + step : -round(-value) + 0,
            isExclusive: false,
          },
    )
    .sort(
      (one, other) =>
        (other.value - one.value) * step || Number(other.isExclusive) - Number(one.isExclusive),
    );
  delete draft[plain];
  delete draft[exclusive];
  if (tightest) draft[tightest.isExclusive ? exclusive : plain] = tightest.value;
}

function dependencies(value: Json | undefined, barred: ReadonlySet<string>): string[] {
  const pairs: string[] = [];
  for (const [name, wanted] of isObject(value) ? Object.entries(value) : []) {
    for (const other of namesIn(wanted)) {
      if (!barred.has(other)) pairs.push(`${JSON.stringify(name)} needs ${JSON.stringify(other)}`);
    }
  }
  return sorted(pairs);
}

function namesIn(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}

/** A list in order, each of it once. */
export function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

/** A list as the text of a set: the comparison passes over lists in members that it does not know. */
export function setText(texts: readonly string[]): string {
  return JSON.stringify(sorted(texts));
}

/** The members of a list, or of the text of a set; none when there is none. */
export function setOf(value: DraftValue | undefined): ReadonlySet<string> {
  if (isArray(value)) return new Set(value.map(String));
  return new Set(typeof value === 'string' ? (JSON.parse(value) as string[]) : []);
}

/** Tells whether a format says anything that can be judged. */
export function isJudged(format: unknown): boolean {
  return typeof format === 'string' && formatOf(format) !== undefined;
}
