import type { Finding } from '../finding.ts';
import { parametersOf, requestBodyOf } from '../spec/operation.ts';
import { type Draft, toMessage, type Writing } from './draft.ts';
import { membersOf, type Way, withoutValue } from './edit.ts';
import { mistakeIn } from './wrong-cases.ts';

/** A request that is sent again is sent so many times at most. */
const TRIES = 14;

/**
 * The smallest request found that still fails in the same way: what may be left out of it is, piece by
 * piece.
 *
 * @param fails sends a request and tells whether the same finding comes back.
 */
export async function shrink(
  writing: Writing,
  draft: Draft,
  mistake: Finding | undefined,
  fails: (smaller: Draft) => Promise<boolean>,
): Promise<Draft> {
  let smallest = draft;
  let tries = 0;
  for (let index = 0; ; ) {
    const candidates = reductions(writing, smallest);
    const candidate = candidates[index];
    if (!candidate || tries >= TRIES) return smallest;
    if (!isSameMistake(writing, candidate, mistake)) {
      index += 1;
      continue;
    }
    tries += 1;
    if (await fails(candidate)) smallest = candidate;
    else index += 1;
  }
}

/** What is right must stay right, and what is wrong be wrong in the same way. */
function isSameMistake(writing: Writing, draft: Draft, mistake: Finding | undefined): boolean {
  if (!toMessage(writing, draft)) return false;
  const found = mistakeIn(writing, draft);
  return found?.code === mistake?.code && found?.at === mistake?.at;
}

/** The request with one thing less: the largest things first. */
function reductions({ spec }: Writing, draft: Draft): readonly Draft[] {
  const { operation, values, body } = draft;
  const smaller: Draft[] = [];
  if (body && requestBodyOf(spec, operation)?.value['required'] !== true) {
    smaller.push({ ...draft, body: undefined });
  }
  for (const { name, in: place } of parametersOf(spec, operation)) {
    if (place === 'path' || values[place][name] === undefined) continue;
    const { [name]: _, ...rest } = values[place];
    smaller.push({ ...draft, values: { ...values, [place]: rest } });
  }
  if (!body || !('value' in body)) return smaller;
  const ways: readonly Way[] = [...membersOf(body.value)];
  const outermost = [...ways].sort((one, other) => one.length - other.length);
  return [
    ...smaller,
    ...halves(outermost.filter(({ length }) => length === 1)).map((some) =>
      withoutMembers(draft, body, some),
    ),
    ...outermost.map((way) => withoutMembers(draft, body, [way])),
  ];
}

/** Of many members, all but one half, then all but the other, go first. */
function halves(ways: readonly Way[]): readonly (readonly Way[])[] {
  if (ways.length < 4) return [];
  const middle = Math.ceil(ways.length / 2);
  return [ways, ways.slice(middle), ways.slice(0, middle)];
}

function withoutMembers(
  draft: Draft,
  body: Extract<NonNullable<Draft['body']>, { readonly value: unknown }>,
  ways: readonly Way[],
): Draft {
  const value = ways.reduce((rest, way) => withoutValue(rest, way), body.value);
  return { ...draft, body: { ...body, value } };
}
