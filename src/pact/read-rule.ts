import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { append } from '../spec/pointer.ts';
import { malformedPact, type Place, wrongShape } from './malformed.ts';
import type { BodyRule, Rule, RuleList, Variant } from './rule.ts';
import { readRulePath } from './rule-path.ts';

/**
 * Reads the rules of one place, as V3 and V4 write them: `{ combine, matchers }`.
 *
 * @throws {ExactMatchError} `PACT_MALFORMED`.
 */
export function readRuleList(place: Place): RuleList {
  const { file, pointer, value } = place;
  if (!isObject(value)) throw wrongShape(place, 'an object with "matchers"');
  const matchers = value['matchers'];
  const at = append(pointer, 'matchers');
  if (!isArray(matchers)) throw wrongShape({ file, pointer: at, value: matchers }, 'a list');
  const combine = String(value['combine'] ?? 'AND').toUpperCase() === 'OR' ? 'OR' : 'AND';
  const rules = matchers.map((matcher, index) =>
    readRule({ file, pointer: append(at, index), value: matcher }),
  );
  return { combine, rules, pointer };
}

/**
 * Reads the rules of a body by their path expressions.
 *
 * @throws {ExactMatchError} `PACT_MALFORMED`.
 */
export function readBodyRules(place: Place): readonly BodyRule[] {
  const { file, pointer, value } = place;
  if (!isObject(value)) throw wrongShape(place, 'an object of rules by path');
  // A body of one value has its rules without a path.
  if (isArray(value['matchers'])) return [{ path: [], expression: '$', ...readRuleList(place) }];
  return Object.entries(value).map(([expression, list]) => {
    const own = append(pointer, expression);
    return toBodyRule(expression, readRuleList({ file, pointer: own, value: list }), {
      file,
      pointer: own,
      value: list,
    });
  });
}

/** A rule of a body whose path is still text. */
export function toBodyRule(expression: string, list: RuleList, { file, pointer }: Place): BodyRule {
  const path = readRulePath(expression);
  if (!path) throw malformedPact(file, pointer, `"${expression}" is no path expression`);
  return { path, expression, ...list };
}

/**
 * Reads one matching rule, also those of older versions that have no `match`.
 *
 * @throws {ExactMatchError} `PACT_MALFORMED`.
 */
export function readRule(place: Place): Rule {
  const { value } = place;
  if (!isObject(value)) throw wrongShape(place, 'a matching rule');
  const match = value['match'] ?? value['pact:matcher:type'] ?? guess(value);
  if (typeof match !== 'string') throw wrongShape(place, 'a matching rule with "match"');
  return toRule(match, value, place);
}

function guess(rule: JsonObject): string | undefined {
  for (const name of ['regex', 'timestamp', 'date', 'time']) if (name in rule) return name;
  return 'min' in rule || 'max' in rule ? 'type' : undefined;
}

function toRule(match: string, rule: JsonObject, place: Place): Rule {
  const name = match.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  switch (name) {
    case 'equality':
    case 'values':
    case 'notEmpty':
    case 'semver':
    case 'integer':
    case 'decimal':
    case 'number':
    case 'boolean':
    case 'null':
      return { match: name };
    case 'real':
      return { match: 'decimal' };
    case 'type':
    case 'min':
    case 'max':
    case 'minType':
    case 'maxType':
    case 'minMaxType':
      return { match: 'type', ...limit(rule, 'min'), ...limit(rule, 'max') };
    case 'regex':
      return { match: 'regex', regex: textIn(rule, 'regex', place) };
    case 'include':
      return { match: 'include', value: textIn(rule, 'value', place) };
    case 'contentType':
      return { match: 'contentType', value: textIn(rule, 'value', place) };
    case 'date':
    case 'time':
    case 'datetime':
      return { match: name, format: String(rule['format'] ?? rule[name] ?? '') };
    case 'timestamp':
      return { match: 'datetime', format: String(rule['format'] ?? rule['timestamp'] ?? '') };
    case 'statusCode':
      return { match: 'statusCode', status: statusIn(rule) };
    case 'arrayContains':
      return { match: 'arrayContains', variants: variantsIn(rule, place) };
    case 'eachKey':
    case 'eachValue':
      return { match: name, rules: rulesIn(rule, place) };
    default:
      return { match: 'unknown', name: match };
  }
}

/** Some writers give numbers as text. */
function limit<Name extends 'min' | 'max'>(rule: JsonObject, name: Name): { [N in Name]?: number } {
  const value = Number(rule[name] ?? Number.NaN);
  return Number.isFinite(value) ? ({ [name]: value } as { [N in Name]: number }) : {};
}

function textIn(rule: JsonObject, name: string, { file, pointer }: Place): string {
  const value = rule[name];
  if (value === undefined || typeof value === 'object') {
    throw wrongShape({ file, pointer: append(pointer, name), value }, 'a text');
  }
  return String(value);
}

function statusIn({ status }: JsonObject): string | readonly number[] {
  return isArray(status) ? status.map(Number) : String(status ?? 'success');
}

function variantsIn(rule: JsonObject, { file, pointer }: Place): readonly Variant[] {
  const at = append(pointer, 'variants');
  const value = rule['variants'];
  if (!isArray(value)) throw wrongShape({ file, pointer: at, value }, 'a list');
  return value.map((variant, index) => {
    const place = { file, pointer: append(at, index), value: variant };
    if (!isObject(variant)) throw wrongShape(place, 'an object with "index" and "rules"');
    const rules = variant['rules'];
    const own: Place = { file, pointer: append(place.pointer, 'rules'), value: rules };
    return {
      index: Number(variant['index'] ?? 0),
      rules: rules === undefined ? [] : readBodyRules(own),
    };
  });
}

function rulesIn({ rules }: { readonly rules?: Json }, { file, pointer }: Place): readonly Rule[] {
  if (rules === undefined) return [];
  const at = append(pointer, 'rules');
  if (!isArray(rules)) throw wrongShape({ file, pointer: at, value: rules }, 'a list');
  return rules.map((rule, index) => readRule({ file, pointer: append(at, index), value: rule }));
}
