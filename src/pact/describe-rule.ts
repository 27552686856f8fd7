import { joinWords } from '../schema/describe.ts';
import type { Rule, RuleList } from './rule.ts';

/** What rules ask for, in a phrase: `a text that matches /\d+/`. */
export function describeRules({ rules, combine }: Pick<RuleList, 'rules' | 'combine'>): string {
  return joinWords(rules.map(describeRule), combine === 'OR' ? 'or' : 'and');
}

function describeRule(rule: Rule): string {
  switch (rule.match) {
    case 'equality':
      return 'the value of its example';
    case 'type':
      return sizeOf(rule);
    case 'regex':
      return `a text that matches /${rule.regex}/`;
    case 'include':
      return `a text with "${rule.value}" in it`;
    case 'integer':
      return 'a whole number';
    case 'decimal':
      return 'a number with decimal places';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'null';
    case 'date':
    case 'time':
    case 'datetime':
      return `a ${rule.match === 'datetime' ? 'date and time' : rule.match}${rule.format === '' ? '' : ` of the form ${rule.format}`}`;
    case 'notEmpty':
      return 'a value that is not empty';
    case 'semver':
      return 'a semantic version';
    case 'contentType':
      return `content of the type ${rule.value}`;
    case 'statusCode':
      return `a status of ${String(rule.status)}`;
    case 'arrayContains':
      return 'a list with an item for each variant';
    case 'values':
      return 'members of any name';
    case 'eachKey':
      return `names that each are ${describeAll(rule.rules)}`;
    case 'eachValue':
      return `values that each are ${describeAll(rule.rules)}`;
    case 'unknown':
      return `what the rule "${rule.name}" takes`;
  }
}

function describeAll(rules: readonly Rule[]): string {
  return rules.length === 0 ? 'like the example' : joinWords(rules.map(describeRule), 'and');
}

function sizeOf({ min, max }: Extract<Rule, { readonly match: 'type' }>): string {
  const items = (count: number) => (count === 1 ? '1 item' : `${count} items`);
  if (min !== undefined && max !== undefined) return `a list of ${min} to ${items(max)}`;
  if (min !== undefined) return `a list of at least ${items(min)}`;
  return max === undefined ? 'the type of its example' : `a list of at most ${items(max)}`;
}
