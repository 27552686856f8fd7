import type { JsonObject } from '../json.ts';
import { canonical } from '../schema/equal.ts';
import { child } from '../spec/node.ts';
import type { Node } from '../spec/source.ts';
import type { Draft } from './form.ts';

const WORDS: ReadonlySet<string> = new Set([
  ...['title', 'description', 'summary', 'example', 'examples', 'deprecated', 'externalDocs'],
  ...['xml', '$comment', 'default', 'readOnly', 'writeOnly', 'nullable', '$schema', '$id'],
  ...['$anchor', '$dynamicAnchor', '$defs', 'definitions'],
]);

/** Tells whether a keyword judges nothing by itself. */
export function isAnnotation(keyword: string): boolean {
  return WORDS.has(keyword) || keyword.startsWith('x-');
}

/** Adds the words for people to a draft, those that are there first. */
export function writeAnnotations(
  draft: Draft,
  schema: Node,
  keywords: JsonObject,
): Map<string, Node> {
  const members = new Map<string, Node>();
  for (const [keyword, value] of Object.entries(keywords)) {
    const key = wordKey(keyword);
    if (key === undefined || draft[key] !== undefined) continue;
    if (keyword === 'deprecated' && value === false) continue;
    draft[key] = canonical(value);
    const node = child(schema, keyword);
    if (node) members.set(key, node);
  }
  return members;
}

/** The name of a word for people in the normal form, where its value is a text of JSON. */
function wordKey(keyword: string): string | undefined {
  if (keyword.startsWith('x-')) return `x-said-${keyword.slice(2)}`;
  return TOLD.has(keyword) ? `x-${keyword}` : undefined;
}

/** The keyword that a key of the normal form stands for. */
export function keywordOf(key: string): string {
  return key.startsWith('x-said-') ? `x-${key.slice(7)}` : (MARKS[key] ?? key.replace(/^x-/, ''));
}

const MARKS: Readonly<Record<string, string>> = {
  'x-dynamicRef': '$dynamicRef',
  'x-never': 'false',
  'x-content': 'content',
  'x-basePaths': 'servers',
  'x-addresses': 'servers',
  'x-demands': 'security',
  'x-others': 'additionalProperties',
  'x-dictionary': 'additionalProperties',
  'x-unevaluated': 'unevaluatedProperties',
  'x-kinds': 'discriminator',
  'x-prefix': 'prefixItems',
  'x-exclusive': 'oneOf',
  'x-forms': 'oneOf',
};

const TOLD: ReadonlySet<string> = new Set([
  ...['title', 'description', 'summary', 'example', 'examples', 'deprecated', 'externalDocs'],
  ...['xml', '$comment', 'default', 'tags', 'operationId', 'name', 'url'],
]);

/** Tells whether a key of the normal form is that of a word for people. */
export function isWord(key: string): boolean {
  return key.startsWith('x-said-') || (key.startsWith('x-') && TOLD.has(key.slice(2)));
}
