import type { Json, JsonObject } from '../json.ts';
import { child, children } from '../spec/node.ts';
import { append } from '../spec/pointer.ts';
import type { Node } from '../spec/source.ts';
import { got } from './describe.ts';
import { canonical } from './equal.ts';
import type { Step } from './outcome.ts';

/** Judges the keywords of arrays. `unevaluatedItems` comes last: it asks what the others saw. */
export function evaluateArray(step: Step<readonly Json[]>, keywords: JsonObject): void {
  const { value, schema, outcome } = step;
  const { minItems, maxItems, uniqueItems } = keywords;
  if (typeof minItems === 'number' && value.length < minItems) {
    breakItems(step, 'minItems', `must have at least ${items(minItems)}, got ${value.length}`);
  }
  if (typeof maxItems === 'number' && value.length > maxItems) {
    breakItems(step, 'maxItems', `must have at most ${items(maxItems)}, got ${value.length}`);
  }
  if (uniqueItems === true) evaluateUnique(step);
  const prefix = child(schema, 'prefixItems');
  const leading = prefix ? [...children(prefix)].map(([, node]) => node) : [];
  const rest = child(schema, 'items');
  for (const [index, item] of value.entries()) {
    const judgedBy = leading[index] ?? rest;
    if (judgedBy) evaluateItem(step, judgedBy, index, item);
  }
  evaluateContains(step, keywords);
  const unevaluated = child(schema, 'unevaluatedItems');
  for (const [index, item] of unevaluated ? value.entries() : []) {
    if (unevaluated && !outcome.items.has(index)) evaluateItem(step, unevaluated, index, item);
  }
}

function evaluateItem(step: Step<readonly Json[]>, schema: Node, index: number, item: Json): void {
  const { judge, pointer, frame, outcome } = step;
  outcome.items.add(index);
  const inner = judge.descend(schema, item, append(pointer, index), frame);
  outcome.violations.push(...inner.violations);
}

function evaluateUnique(step: Step<readonly Json[]>): void {
  const seen = new Map<string, number>();
  for (const [index, item] of step.value.entries()) {
    const text = canonical(item);
    const first = seen.get(text);
    if (first !== undefined) {
      const which = `items ${first} and ${index} are the same`;
      breakItems(step, 'uniqueItems', `must not have an item twice: ${which}, ${got(item)}`, item);
      return;
    }
    seen.set(text, index);
  }
}

function evaluateContains(step: Step<readonly Json[]>, keywords: JsonObject): void {
  const { judge, schema, value, pointer, frame, outcome } = step;
  const contained = child(schema, 'contains');
  if (!contained) return;
  let count = 0;
  for (const [index, item] of value.entries()) {
    if (judge.descend(contained, item, append(pointer, index), frame).violations.length > 0)
      continue;
    count += 1;
    outcome.items.add(index);
  }
  const { minContains = 1, maxContains } = keywords;
  if (typeof minContains === 'number' && count < minContains) {
    const keyword = keywords['minContains'] === undefined ? 'contains' : 'minContains';
    breakItems(
      step,
      keyword,
      `must have at least ${items(minContains)} of the kind it must contain, got ${count}`,
    );
  }
  if (typeof maxContains === 'number' && count > maxContains) {
    breakItems(
      step,
      'maxContains',
      `must have at most ${items(maxContains)} of the kind it contains, got ${count}`,
    );
  }
}

function items(count: Json): string {
  return count === 1 ? '1 item' : `${String(count)} items`;
}

function breakItems(
  step: Step<readonly Json[]>,
  keyword: string,
  text: string,
  actual: Json = step.value.length,
): void {
  step.outcome.violations.push({
    problem: 'items',
    pointer: step.pointer,
    rule: child(step.schema, keyword) ?? step.schema,
    text,
    expected: child(step.schema, keyword)?.value,
    actual,
  });
}
