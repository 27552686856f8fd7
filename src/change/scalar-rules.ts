import { isArray, type Json } from '../json.ts';
import { isMultipleOf } from '../schema/number.ts';
import type { ChangeClass, Effect } from './difference.ts';
import type { Draft } from './form.ts';
import { countRules, limitRules } from './limit-rules.ts';
import {
  BREAKING,
  changed,
  DANGEROUS,
  type KeywordEffect,
  LOOSE,
  type Member,
  type Rule,
} from './rule.ts';
import { effectOnSet, inverse, type Weight } from './ruling.ts';
import { isJudged, setOf } from './scalars.ts';
import { keywordOf } from './words.ts';

/**
 * What became of the values that a schema allows, by the member of its normal form that differs.
 *
 * A member that no rule knows is a word for people.
 */
export function keywordEffect(
  key: string,
  old: Member,
  next: Member,
  before: Draft,
  after: Draft,
): KeywordEffect {
  const rule = RULES[key];
  if (rule) return rule(old, next, before, after);
  return { effect: 'none', weight: BREAKING, text: changed(key, old, next) };
}

const RULES: Readonly<Record<string, Rule>> = {
  type: (old, next) => ({
    effect: effectOnTypes(old, next),
    weight: BREAKING,
    text: `is ${typesText(next)} now, and was ${typesText(old)}`,
  }),
  enum: (old, next) => ({
    effect: effectOnValues(old, next),
    // Where no value is left, nothing that comes is what the consumer knows.
    weight: haveNoneInCommon(old, next) ? BREAKING : LOOSE,
    text: valuesText(old, next),
  }),
  required: (old, next) => ({
    effect: inverse(effectOnSet(setOf(old), setOf(next))),
    weight: BREAKING,
    text: changed('required', old, next),
  }),
  'x-dependentRequired': (old, next) => ({
    effect: inverse(effectOnSet(setOf(old), setOf(next))),
    weight: LOOSE,
    text: changed('x-dependentRequired', old, next),
  }),
  ...limitRules(['minimum', 'exclusiveMinimum'], 1),
  ...limitRules(['maximum', 'exclusiveMaximum'], -1),
  ...countRules(['minLength', 'minItems', 'minProperties', 'minContains'], 1),
  ...countRules(['maxLength', 'maxItems', 'maxProperties', 'maxContains'], -1),
  multipleOf: (old, next) => ({
    effect: effectOnMultiple(old, next),
    weight: LOOSE,
    text: changed('multipleOf', old, next),
  }),
  uniqueItems: presence('uniqueItems', LOOSE),
  pattern: presence('pattern', LOOSE),
  format: (old, next) => ({ ...effectOnFormat(old, next), text: changed('format', old, next) }),
  'x-others': (old, next) => effectOnOthers('x-others', old, next),
  'x-unevaluated': (old, next) => effectOnOthers('x-unevaluated', old, next),
  'x-items': (old, next) => effectOnOthers('x-items', old, next),
  'x-unevaluatedItems': (old, next) => effectOnOthers('x-unevaluatedItems', old, next),
  'x-never': presence('x-never', BREAKING),
  'x-kinds': (old, next) => ({
    effect: effectOnSet(setOf(old), setOf(next)),
    weight: BREAKING,
    text: changed('x-kinds', old, next),
  }),
  'x-prefix': always('x-prefix', BREAKING),
  'x-forms': always('x-forms', BREAKING),
  'x-discriminator': always('x-discriminator', BREAKING),
  'x-exclusive': always('x-exclusive', DANGEROUS),
  'x-dynamicRef': always('x-dynamicRef', DANGEROUS),
  'x-broken': always('x-broken', DANGEROUS),
  'x-xml': always('x-xml', DANGEROUS),
  contentEncoding: always('contentEncoding', BREAKING),
  contentMediaType: always('contentMediaType', BREAKING),
  'x-default': (old, next) => ({
    // Before there was one, nobody could rely on it.
    effect: old === undefined ? 'none' : 'changed',
    weight: DANGEROUS,
    text: changed('x-default', old, next),
  }),
};

/** A keyword that allows fewer values when it is there. */
function presence(key: string, weight: Weight): Rule {
  return (old, next) => ({
    effect: old === undefined ? 'narrower' : next === undefined ? 'wider' : 'changed',
    weight,
    text: changed(key, old, next),
  });
}

function always(key: string, weight: Weight): Rule {
  return (old, next) => ({ effect: 'changed', weight, text: changed(key, old, next) });
}

function effectOnTypes(old: Member, next: Member): Effect {
  if (!isArray(old)) return 'narrower';
  if (!isArray(next)) return 'wider';
  return effectOnSet(typesOf(old), typesOf(next));
}

function typesOf(types: readonly Json[]): ReadonlySet<string> {
  const names = types.map(String);
  return new Set(names.includes('number') ? [...names, 'integer'] : names);
}

function typesText(types: Member): string {
  if (!isArray(types)) return 'of any type';
  const names = types.map(String).filter((name) => name !== 'null');
  return [...names, ...(types.includes('null') ? ['null'] : [])].join(' or ') || 'nothing';
}

function effectOnValues(old: Member, next: Member): Effect {
  if (!isArray(old)) return 'narrower';
  if (!isArray(next)) return 'wider';
  return effectOnSet(setOf(old), setOf(next));
}

function haveNoneInCommon(old: Member, next: Member): boolean {
  return isArray(old) && isArray(next) && setOf(old).isDisjointFrom(setOf(next));
}

function valuesText(old: Member, next: Member): string {
  if (!isArray(old)) return `must be one of ${listText(setOf(next))} now, and could be anything`;
  if (!isArray(next)) return `may be anything now, and was one of ${listText(setOf(old))}`;
  const gone = setOf(old).difference(setOf(next));
  const come = setOf(next).difference(setOf(old));
  const isAnother = haveNoneInCommon(old, next);
  const texts = [
    ...(gone.size > 0 ? [`is no longer ${listText(gone)}`] : []),
    ...(come.size > 0 ? [`may be ${listText(come)}${isAnother ? '' : ' as well'}`] : []),
  ];
  return texts.join(isAnother ? ', but ' : ', and ');
}

function listText(values: ReadonlySet<string>): string {
  const shown = [...values].slice(0, 12).join(', ');
  return values.size > 12 ? `${shown}, … (${values.size} values)` : shown;
}

function effectOnMultiple(old: Member, next: Member): Effect {
  if (typeof old !== 'number') return 'narrower';
  if (typeof next !== 'number') return 'wider';
  if (isMultipleOf(next, old)) return 'narrower';
  return isMultipleOf(old, next) ? 'wider' : 'changed';
}

function effectOnFormat(old: Member, next: Member): Pick<KeywordEffect, 'effect' | 'weight'> {
  if (old === undefined && next === 'password') return { effect: 'none', weight: DANGEROUS };
  if (old === 'int32' && next === 'int64') return { effect: 'wider', weight: BREAKING };
  if (old === 'int64' && next === 'int32') return { effect: 'narrower', weight: BREAKING };
  const weight =
    (isJudged(old) || old === undefined) && (isJudged(next) || next === undefined)
      ? old !== undefined && next !== undefined
        ? BREAKING
        : LOOSE
      : DANGEROUS;
  return {
    effect: old === undefined ? 'narrower' : next === undefined ? 'wider' : 'changed',
    weight,
  };
}

const OTHERS: Readonly<Record<string, number>> = { none: 0, some: 1, any: 2 };

function effectOnOthers(key: string, old: Member, next: Member): KeywordEffect {
  const [before, after] = [String(old ?? 'any'), String(next ?? 'any')];
  const step = (OTHERS[after] ?? 0) - (OTHERS[before] ?? 0);
  const response: ChangeClass = before === 'none' ? 'dangerous' : 'breaking';
  const texts: Record<string, string> = {
    none: 'takes nothing beyond what it names',
    some: 'has a schema for what it does not name',
    any: 'takes anything beyond what it names',
  };
  return {
    effect: step > 0 ? 'wider' : 'narrower',
    weight: { request: 'breaking', response },
    text: `${texts[after]} now, and ${texts[before]?.replace('takes', 'took').replace('has', 'had')} (\`${keywordOf(key)}\`)`,
  };
}
