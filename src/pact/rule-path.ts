/** One step of a path expression. */
export type PathStep =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  /** `*`: every member or item. */
  | { readonly kind: 'any' }
  /** `[*]`: every item. */
  | { readonly kind: 'items' };

/** A path expression below `$`, step by step. */
export type RulePath = readonly PathStep[];

const FIELD = /[\p{L}\p{N}_:#@$-]+/uy;
const QUOTED = /\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/y;
const INDEX = /\[(\d+)\]/y;

/**
 * Reads a path expression such as `$.items[*]['unit price']`; `undefined` when it is none.
 *
 * @see https://github.com/pact-foundation/pact-specification/tree/version-3#matcher-path-expressions-in-bodies
 */
export function readRulePath(expression: string): RulePath | undefined {
  const steps: PathStep[] = [];
  let at = expression.startsWith('$') ? 1 : 0;
  // Without `$`, the first name has no dot before it.
  if (at === 0 && expression !== '' && !expression.startsWith('[')) {
    return readRulePath(`$.${expression}`);
  }
  while (at < expression.length) {
    const found = stepAt(expression, at);
    if (!found) return undefined;
    steps.push(found.step);
    at = found.end;
  }
  return steps;
}

interface Found {
  readonly step: PathStep;
  readonly end: number;
}

function stepAt(text: string, at: number): Found | undefined {
  if (text.startsWith('[*]', at)) return { step: { kind: 'items' }, end: at + 3 };
  const index = match(INDEX, text, at);
  if (index) return { step: { kind: 'index', index: Number(index[1]) }, end: at + index[0].length };
  const quoted = match(QUOTED, text, at);
  if (quoted) {
    const name = (quoted[1] ?? quoted[2] ?? '').replaceAll(/\\(.)/gs, '$1');
    return { step: { kind: 'field', name }, end: at + quoted[0].length };
  }
  if (text[at] !== '.') return undefined;
  if (text[at + 1] === '*') return { step: { kind: 'any' }, end: at + 2 };
  const name = match(FIELD, text, at + 1)?.[0];
  return name === undefined
    ? undefined
    : { step: { kind: 'field', name }, end: at + 1 + name.length };
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

/**
 * How well a path fits the beginning of the way to a value: 0 when it does not, more the more exact
 * and the longer it is.
 *
 * @see https://github.com/pact-foundation/pact-specification/tree/version-3#matcher-selection-algorithm
 */
export function weightOf(path: RulePath, way: readonly string[]): number {
  if (path.length > way.length) return 0;
  let weight = 2;
  for (const [index, step] of path.entries()) weight *= weightOfStep(step, way[index] ?? '');
  // Of two that weigh the same, the longer one says more.
  return weight * (path.length + 1);
}

function weightOfStep(step: PathStep, token: string): number {
  switch (step.kind) {
    case 'field':
      return step.name === token ? 2 : 0;
    case 'index':
      return String(step.index) === token ? 2 : 0;
    case 'items':
      return /^\d+$/.test(token) ? 1 : 0;
    case 'any':
      return 1;
  }
}
