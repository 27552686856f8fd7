import { isObject, type JsonObject } from '../json.ts';
import { append } from '../spec/pointer.ts';
import type { Generator } from './interaction.ts';
import { malformedPact, type Place, wrongShape } from './malformed.ts';
import { readBodyRules, readRule, readRuleList, toBodyRule } from './read-rule.ts';
import type { BodyRule, MatchingRules, RuleList } from './rule.ts';

type Found = {
  path: RuleList | undefined;
  status: RuleList | undefined;
  readonly query: Map<string, RuleList>;
  readonly header: Map<string, RuleList>;
  readonly body: BodyRule[];
};

/**
 * Reads the matching rules of a request or response: those of V2, which stand in one list by full
 * path (`$.body.id`), and those of V3 and V4, which stand by category.
 *
 * @throws {ExactMatchError} `PACT_MALFORMED`.
 */
export function readMatchingRules(place: Place): MatchingRules {
  const { file, pointer, value } = place;
  const found: Found = {
    path: undefined,
    status: undefined,
    query: new Map(),
    header: new Map(),
    body: [],
  };
  if (value === undefined || value === null) return found;
  if (!isObject(value)) throw wrongShape(place, 'an object of matching rules');
  for (const [key, rules] of Object.entries(value)) {
    const own = { file, pointer: append(pointer, key), value: rules };
    if (key.startsWith('$')) readFullPath(key, own, found);
    else readCategory(key, own, found);
  }
  return found;
}

const FULL_PATH = /^\$\.(body|headers?|query|path|status)(?=$|[.[])(.*)$/s;

/** V2: `$.body.items[*].id`, `$.headers.Accept`, `$.query.page`, `$.path`. */
function readFullPath(expression: string, place: Place, found: Found): void {
  const [, category = '', rest = ''] = FULL_PATH.exec(expression) ?? [];
  if (category === '') {
    const reason = `"${expression}" is not below $.body, $.headers, $.query, $.path or $.status`;
    throw malformedPact(place.file, place.pointer, reason);
  }
  const list: RuleList = { combine: 'AND', rules: [readRule(place)], pointer: place.pointer };
  if (category === 'body') found.body.push(toBodyRule(`$${rest}`, list, place));
  else put(category, nameOf(rest), list, found);
}

/** V3 and V4: `body`, `header`, `query` by path or name, `path` and `status` without one. */
function readCategory(category: string, place: Place, found: Found): void {
  const { file, pointer, value } = place;
  if (category === 'body') {
    found.body.push(...readBodyRules(place));
    return;
  }
  if (!isObject(value)) throw wrongShape(place, 'an object of matching rules');
  if (value['matchers'] !== undefined) {
    put(category, '', readRuleList(place), found);
    return;
  }
  for (const [name, list] of Object.entries(value)) {
    const rules = readRuleList({ file, pointer: append(pointer, name), value: list });
    put(category, nameOf(name), rules, found);
  }
}

/** The name of a header or parameter; of several values of one name (`ids[0]`) all are meant. */
function nameOf(written: string): string {
  const [, quoted, plain = ''] = /^\$?(?:\['(.*?)'\]|\.?(.*))/s.exec(written) ?? [];
  return quoted ?? plain.replace(/\[(?:\d+|\*)\]$/, '');
}

function put(category: string, name: string, list: RuleList, found: Found): void {
  switch (category) {
    case 'path':
      found.path = list;
      return;
    case 'status':
      found.status = list;
      return;
    case 'query':
      found.query.set(name, list);
      return;
    case 'header':
    case 'headers':
      found.header.set(name.toLowerCase(), list);
      return;
    default:
    // Of a category that is none of HTTP: it changes nothing that is judged here.
  }
}

/** Reads generators; those of an odd form are left out, for nothing is judged by them. */
export function readGenerators({ value }: Place): readonly Generator[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([category, rest]) => {
    if (!isObject(rest)) return [];
    const single = toGenerator(category, '', rest);
    if (single) return [single];
    return Object.entries(rest).flatMap(([expression, settings]) => {
      const one = isObject(settings) ? toGenerator(category, expression, settings) : undefined;
      return one ? [one] : [];
    });
  });
}

function toGenerator(
  category: string,
  expression: string,
  settings: JsonObject,
): Generator | undefined {
  const { type } = settings;
  return typeof type === 'string' ? { category, expression, type, settings } : undefined;
}
