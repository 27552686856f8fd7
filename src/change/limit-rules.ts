import type { Effect } from './difference.ts';
import type { Draft } from './form.ts';
import { changed, LOOSE, type Member, type Rule } from './rule.ts';

/** The rules of keywords that count something: `1` where more allows less. */
export function countRules(keys: readonly string[], sign: 1 | -1): Record<string, Rule> {
  const rule =
    (key: string): Rule =>
    (old, next) => ({
      effect: effectOnLimit(old, next, sign),
      weight: LOOSE,
      text: changed(key, old, next),
    });
  return Object.fromEntries(keys.map((key) => [key, rule(key)]));
}

function effectOnLimit(old: Member, next: Member, sign: 1 | -1): Effect {
  if (typeof old !== 'number') return 'narrower';
  if (typeof next !== 'number') return 'wider';
  return (next - old) * sign > 0 ? 'narrower' : 'wider';
}

/** A limit and its exclusive form are one; where both differ, each event tells the same. */
export function limitRules(
  [plain, exclusive]: readonly [string, string],
  sign: 1 | -1,
): Record<string, Rule> {
  const rule: Rule = (_old, _next, before, after) => {
    const [old, next] = [limitOf(before, plain, exclusive), limitOf(after, plain, exclusive)];
    return {
      effect: effectOnBound(old, next, sign),
      weight: LOOSE,
      text: `has ${boundText(next, sign)} now, and had ${boundText(old, sign)}`,
    };
  };
  return { [plain]: rule, [exclusive]: rule };
}

interface Bound {
  readonly value: number;
  readonly isExclusive: boolean;
}

function limitOf(draft: Draft, plain: string, exclusive: string): Bound | undefined {
  const [at, beyond] = [draft[plain], draft[exclusive]];
  if (typeof at === 'number') return { value: at, isExclusive: false };
  return typeof beyond === 'number' ? { value: beyond, isExclusive: true } : undefined;
}

function effectOnBound(old: Bound | undefined, next: Bound | undefined, sign: 1 | -1): Effect {
  if (!old || !next) return old ? 'wider' : 'narrower';
  const step =
    (next.value - old.value) * sign || Number(next.isExclusive) - Number(old.isExclusive);
  return step > 0 ? 'narrower' : step < 0 ? 'wider' : 'none';
}

function boundText(bound: Bound | undefined, sign: 1 | -1): string {
  const name = sign === 1 ? 'minimum' : 'maximum';
  if (!bound) return `no ${name}`;
  return `the ${name} ${bound.value}${bound.isExclusive ? ' (exclusive)' : ''}`;
}
