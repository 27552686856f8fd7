import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { discriminatorOf } from '../schema/discriminator.ts';
import { typesOf } from '../schema/types.ts';
import { child, children } from '../spec/node.ts';
import type { Node } from '../spec/source.ts';
import { combine } from './combine.ts';
import { excludeEachOther, type Labels, labelsOf } from './exclusive.ts';
import { type Context, type Draft, draftIn, type Form, FREE, keyOf } from './form.ts';
import { setText, sorted } from './scalars.ts';
import { isAnnotation, isWord } from './words.ts';

/** What writes the schemas inside a schema. */
export interface KeywordWriter {
  readonly form: Form;
  readonly write: (schema: Node, context: Context) => Draft;
}

/**
 * Writes the keywords that hold schemas for the same value: alternatives, conditions, and discriminators
 * as what they mean.
 */
export function writeLogic(
  writer: KeywordWriter,
  draft: Draft,
  schema: Node,
  keywords: JsonObject,
  context: Context,
): void {
  const { form, write } = writer;
  const inverse: Context = { ...context, sense: inverted(context.sense) };
  const mixed: Context = { ...context, sense: 'mixed' };
  const discriminator = discriminatorOf(form.spec, schema, keywords);
  for (const keyword of ['anyOf', 'oneOf']) {
    const node = keywords[keyword] === undefined ? undefined : child(schema, keyword);
    const list = [...(node ? children(node) : [])].map(([, item]) => item);
    // A discriminator chooses among objects; the list judges what is none.
    const isChosen = discriminator?.list === keyword;
    const left = isChosen ? list.filter((item) => takesMore(form, item)) : list;
    if (left.length > 0) writeList(writer, draft, keyword, left, context);
  }
  const senses = [
    ['not', inverse],
    ['if', mixed],
    ['then', context],
    ['else', context],
  ] as const;
  for (const [keyword, of] of senses) {
    const node = keywords[keyword] === undefined ? undefined : child(schema, keyword);
    if (node) draft[keyword] = write(node, of);
  }
  writeDependents(writer, draft, schema, context);
}

function takesMore({ spec }: Form, schema: Node): boolean {
  return [...typesOf(spec, schema)].some((type) => type !== 'object');
}

function writeList(
  writer: KeywordWriter,
  draft: Draft,
  keyword: string,
  list: readonly Node[],
  context: Context,
): void {
  const { form, write } = writer;
  const nullable = orNull(writer, list, context);
  if (nullable && combine(form, draft, nullable, false)) return;
  const told = 'x-forms' in draft ? undefined : labelsOf(form.spec, list);
  if (told) {
    writeForms(writer, draft, list, told, context);
    draft['x-forms'] = `${keyword} by ${told.property}`;
    return;
  }
  const isApart = keyword === 'anyOf' || excludeEachOther(form.spec, list);
  if (keyword === 'oneOf') draft['x-exclusive'] = isApart;
  const of: Context = isApart ? context : { ...context, sense: 'mixed' };
  draft[keyword] = list.map((item) => write(item, of));
}

/** A schema or null, as the schema that lets null be one of its types. */
function orNull(
  { write }: KeywordWriter,
  list: readonly Node[],
  context: Context,
): Draft | undefined {
  const rest = list.filter(({ value }) => !isNull(value));
  const [only] = rest;
  if (!only || rest.length > 1 || list.length !== 2) return undefined;
  // Whether the whole names properties, the whole says.
  const { [FREE]: _free, ...draft } = write(only, context);
  const { type, enum: values } = draft;
  const isPlain = Object.keys(draft).every((key) => PLAIN.has(key) || isWord(key));
  if (!isPlain || !isArray(type) || type.includes('null')) return undefined;
  return {
    ...draft,
    type: sorted([...type.map(String), 'null']),
    ...(isArray(values) ? { enum: sorted([...values.map(String), 'null']) } : {}),
  };
}

/** Keywords of which null breaks none, once it is one of the types. */
const PLAIN: ReadonlySet<string> = new Set([
  ...['type', 'enum', 'properties', 'required', 'additionalProperties', 'patternProperties'],
  ...['x-others', 'x-dictionary', 'x-dependentRequired', 'items', 'x-items', 'format', 'pattern'],
  ...['minLength', 'maxLength', 'minItems', 'maxItems', 'uniqueItems', 'multipleOf'],
  ...['minProperties', 'maxProperties', 'minimum', 'exclusiveMinimum'],
  ...['maximum', 'exclusiveMaximum'],
]);

function isNull(value: Json): boolean {
  if (!isObject(value) || value['type'] !== 'null') return false;
  return Object.keys(value).every((key) => key === 'type' || isAnnotation(key));
}

/** Objects that a property tells apart are known by its values, wherever they stand in their list. */
function writeForms(
  { form, write }: KeywordWriter,
  draft: Draft,
  list: readonly Node[],
  { labels }: Labels,
  context: Context,
): void {
  const map = draftIn(draft, 'dependentSchemas');
  for (const [index, item] of list.entries()) {
    map[keyOf(form, `form ${labels[index]}`)] = write(item, context);
  }
}

function inverted(sense: Context['sense']): Context['sense'] {
  if (sense === 'mixed') return sense;
  return sense === 'same' ? 'inverse' : 'same';
}

/** `dependentSchemas`, and a discriminator as what it means: if it has that value, then that schema. */
function writeDependents(
  { form, write }: KeywordWriter,
  draft: Draft,
  schema: Node,
  context: Context,
): void {
  const map = draftIn(draft, 'dependentSchemas');
  const node = child(schema, 'dependentSchemas');
  for (const [name, item] of node ? children(node) : []) {
    map[keyOf(form, `property ${name}`)] = write(item, context);
  }
  const { value } = schema;
  const discriminator = isObject(value) ? discriminatorOf(form.spec, schema, value) : undefined;
  if (discriminator) {
    const { property, choices, names, list } = discriminator;
    draft['x-discriminator'] = `${property}${list ? '' : ' of a parent'}`;
    if (list) draft['x-kinds'] = setText(names);
    for (const [name, choice] of choices) {
      map[keyOf(form, `kind ${name}`)] = write(choice, context);
    }
  }
  if (Object.keys(map).length === 0) delete draft['dependentSchemas'];
}
