import { isArray, isObject, type Json, type JsonObject } from '../../json.ts';
import { end, fail, found, type Parser, skipBlank, take, takeMark, takeSpaced } from './parser.ts';

/** Properties by name, and of each its own; `all` of them, or those below a name that stands alone. */
export interface Selection {
  readonly isAll: boolean;
  readonly properties: ReadonlyMap<string, Selection>;
}

interface Draft {
  isAll: boolean;
  readonly properties: Map<string, Draft>;
}

const NAME =
  /@?[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}_]*(?:\.[\p{L}_][\p{L}\p{Nd}_]*)*/uy;

/**
 * Reads all of `$select`: paths, or `*`.
 *
 * @see https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html, 5.1.4
 */
export function readSelect(parser: Parser): Selection {
  const selection = readSelection(parser, []);
  end(parser, 'a comma');
  return selection;
}

/** Reads a list of paths below a path. */
export function readSelection(parser: Parser, base: readonly string[]): Selection {
  const whole: Draft = { isAll: false, properties: new Map() };
  skipBlank(parser);
  do {
    if (takeMark(parser, '*')) whole.isAll = true;
    else readItem(parser, base, whole);
  } while (takeSpaced(parser, ','));
  return whole;
}

function readItem(parser: Parser, base: readonly string[], whole: Draft): void {
  let draft = whole;
  let path = base;
  do {
    const name = readPropertyName(parser, path);
    path = [...path, name];
    const known = draft.properties.get(name) ?? { isAll: false, properties: new Map() };
    draft.properties.set(name, known);
    draft = known;
  } while (takeMark(parser, '/'));
  draft.isAll = true;
  if (parser.text[parser.at] === '(') fail(parser.at, 'Options of a property are not supported.');
}

/** Reads the name of a property that there is below a path. */
export function readPropertyName(parser: Parser, path: readonly string[]): string {
  const { at } = parser;
  const name = take(parser, NAME);
  if (name === undefined) fail(at, `There must be a property here, not ${found(parser)}.`);
  if (name.includes('.') && !name.startsWith('@')) fail(at, 'Qualified names are not supported.');
  const whole = [...path, name];
  if (!name.startsWith('@') && !isKnown(parser, whole)) {
    fail(at, `There is no property \`${whole.join('/')}\`.`);
  }
  return name;
}

function isKnown({ types }: Parser, path: readonly string[]): boolean {
  return types(path) !== undefined || path.some((_, end) => types(path.slice(0, end)) === 'any');
}

/**
 * What is selected of an item, in the item's order, with the properties to keep anyway.
 *
 * Control information of the item (`@odata.type`) stays; that of a property (`fields@odata.count`)
 * stays with the property.
 */
export function selectFrom(
  item: JsonObject,
  { isAll, properties }: Selection,
  keep: (name: string) => boolean,
): JsonObject {
  const entries: [string, Json][] = [];
  for (const [name, value] of Object.entries(item)) {
    const [property = ''] = name.split('@', 1);
    const selection = properties.get(name) ?? properties.get(property);
    if (isAll || property === '' || keep(property)) entries.push([name, value]);
    else if (selection) entries.push([name, selectBelow(value, selection)]);
  }
  return Object.fromEntries(entries);
}

/** What is selected of a value, or of each element of a collection. */
export function selectBelow(value: Json, selection: Selection): Json {
  if (isArray(value)) return value.map((element) => selectBelow(element, selection));
  return isObject(value) ? selectFrom(value, selection, () => false) : value;
}
