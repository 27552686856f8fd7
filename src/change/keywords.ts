import { isArray, isObject, type JsonObject } from '../json.ts';
import { isBarred } from '../schema/access.ts';
import { child, children } from '../spec/node.ts';
import type { Node } from '../spec/source.ts';
import { type Context, type Draft, type Form, FREE, keyOf } from './form.ts';
import { type KeywordWriter, writeLogic } from './logic.ts';
import { writeScalars } from './scalars.ts';
import { isWord, keywordOf } from './words.ts';

/** A schema of its own keywords, and what they were made from where that has another name. */
interface Written {
  readonly draft: Draft;
  readonly members: Map<string, Node>;
}

/** Schemas that judge a value inside this one, and the keyword that says whether there are any. */
const INNER: readonly string[] = ['contains', 'propertyNames', 'contentSchema'];
/** Schemas that judge the values that no other one takes. */
const OTHERS: readonly (readonly [keyword: string, mark: string])[] = [
  ['additionalProperties', 'x-others'],
  ['unevaluatedProperties', 'x-unevaluated'],
  ['items', 'x-items'],
  ['unevaluatedItems', 'x-unevaluatedItems'],
];

/** The keywords of a schema in their normal form, but for `$ref`, `allOf` and words for people. */
export function writeKeywords(
  writer: KeywordWriter,
  schema: Node,
  keywords: JsonObject,
  context: Context,
): Written {
  const draft: Draft = { properties: {}, ...writeScalars(keywords, context.barred ?? new Set()) };
  const members = membersOf(schema);
  const written = { draft, members };
  const inside: Context = { ...context, isClosed: false, barred: undefined };
  writeProperties(writer, written, schema, inside);
  for (const [keyword, mark] of OTHERS) {
    const node = keywords[keyword] === undefined ? undefined : child(schema, keyword);
    if (node) writeOthers(writer, written, { node, keyword, mark }, inside);
  }
  for (const keyword of INNER) {
    const node = keywords[keyword] === undefined ? undefined : child(schema, keyword);
    const isMixed = keyword === 'contains' && keywords['maxContains'] !== undefined;
    const of: Context = isMixed ? { ...inside, sense: 'mixed' } : inside;
    if (node) draft[keyword] = writer.write(node, of);
  }
  writePrefix(writer, draft, schema, inside);
  writeLogic(writer, draft, schema, keywords, context);
  const reference = keywords['$dynamicRef'];
  if (typeof reference === 'string') draft['x-dynamicRef'] = reference;
  for (const key of Object.keys(draft)) {
    const node = members.has(key) ? undefined : child(schema, keywordOf(key));
    if (node) members.set(key, node);
  }
  return written;
}

/** What the members of a draft that have names of their own were made from. */
function membersOf(schema: Node): Map<string, Node> {
  const members = new Map<string, Node>();
  const discriminator = child(schema, 'discriminator');
  if (discriminator) members.set('x-discriminator', discriminator).set('x-kinds', discriminator);
  const values = child(schema, 'const');
  if (values) members.set('enum', values);
  return members;
}

function writeProperties(
  { form, write }: KeywordWriter,
  { draft }: Written,
  schema: Node,
  context: Context,
): void {
  for (const keyword of ['properties', 'patternProperties']) {
    const node = child(schema, keyword);
    if (!node || !isObject(node.value)) continue;
    const map: Draft = {};
    for (const [name, property] of children(node)) {
      const key = keyOf(form, name);
      map[key] = isBarred(form.spec, property, context.travel)
        ? barredDraft(form, property, context)
        : write(property, context);
    }
    draft[keyword] = map;
  }
}

function barredDraft(form: Form, node: Node, context: Context): Draft {
  const draft: Draft = { properties: {}, 'x-barred': true };
  const keyword = context.travel === 'request' ? 'readOnly' : 'writeOnly';
  const found = child(node, keyword);
  const members = new Map(found ? [['x-barred', found]] : []);
  form.entries.set(draft, { kind: 'schema', node, members, name: '', context });
  return draft;
}

interface Others {
  readonly node: Node;
  readonly keyword: string;
  readonly mark: string;
}

/** `some`: they have a schema; `none`: there may be none. Without the mark there may be any. */
function writeOthers(
  { form, write }: KeywordWriter,
  { draft, members }: Written,
  { node, keyword, mark }: Others,
  context: Context,
): void {
  members.set(mark, node);
  const isBarredAll = keyword.endsWith('Properties') && isBarred(form.spec, node, context.travel);
  if (node.value === false || isBarredAll) {
    draft[mark] = 'none';
    return;
  }
  const written = node.value === true ? {} : write(node, context);
  const isAnything = Object.entries(written).every(
    ([key, value]) => isWord(key) || key === FREE || (key === 'properties' && isVoid(value)),
  );
  if (isAnything) {
    // Said, not left out: such an object is a dictionary.
    if (keyword === 'additionalProperties') draft['x-dictionary'] = true;
    return;
  }
  draft[mark] = 'some';
  draft[keyword] = written;
}

function isVoid(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

/** The place of an item is part of what it is: the comparison pairs items whatever their order. */
function writePrefix(
  { form, write }: KeywordWriter,
  draft: Draft,
  schema: Node,
  context: Context,
): void {
  const node = child(schema, 'prefixItems');
  if (!node || !isArray(node.value)) return;
  draft['x-prefix'] = node.value.length;
  const map: Draft = {};
  for (const [index, item] of children(node))
    map[keyOf(form, `item ${index}`)] = write(item, context);
  draft['dependentSchemas'] = map;
}
