import { isBarred } from '../../schema/access.ts';
import { type Branch, itemOf, memberNamesOf, memberOf } from '../../schema/branch.ts';
import type { Direction } from '../../schema/violation.ts';
import type { Spec } from '../../spec/spec.ts';

/** One step of the way to a field. */
export type FieldStep =
  | { readonly kind: 'name'; readonly name: string }
  /** `[]`: every item. */
  | { readonly kind: 'items' }
  /** `[0]`: the item of that place. */
  | { readonly kind: 'place'; readonly index: number };

/** Where a path leads to, or how far. */
export type FieldReading =
  | {
      readonly kind: 'found';
      readonly steps: readonly FieldStep[];
      readonly branches: readonly Branch[];
    }
  | {
      readonly kind: 'unknown';
      /** The part of the path that leads somewhere; empty for the whole. */
      readonly reached: string;
      readonly rest: string;
      /** Whether there is such a member, and it does not travel in that direction. */
      readonly isBarred: boolean;
      readonly branches: readonly Branch[];
    };

/** The way to a field, and what it is followed through. */
export interface FieldQuestion {
  readonly path: string;
  readonly branches: readonly Branch[];
  readonly direction: Direction;
}

/**
 * Follows a path such as `error.code`, `value[].id`, `matrix[][]` or `point[0]` through schemas; `''`
 * is the whole.
 *
 * A name is the longest one that the schemas know, so that `@odata.nextLink` needs no quotes. What
 * they take without knowing it ends before the next dot or bracket.
 *
 * @throws {ExactMatchError} `SPEC_*` when a schema is broken.
 */
export function followField(spec: Spec, question: FieldQuestion): FieldReading {
  const { path, direction } = question;
  const steps: FieldStep[] = [];
  let { branches } = question;
  let at = 0;
  while (at < path.length) {
    const found = stepAt(spec, branches, path, at);
    const isHidden = found?.step.kind === 'name' && isKeptOut(spec, found.branches, direction);
    if (!found || isHidden) {
      const [reached, rest] = [path.slice(0, at), path.slice(at)];
      return { kind: 'unknown', reached, rest, isBarred: isHidden, branches };
    }
    steps.push(found.step);
    branches = found.branches;
    at = found.end;
  }
  return { kind: 'found', steps, branches };
}

/** Tells whether a member does not travel in a direction, whichever branch it is. */
export function isKeptOut(spec: Spec, branches: readonly Branch[], direction: Direction): boolean {
  return branches.every((branch) => branch.some((schema) => isBarred(spec, schema, direction)));
}

interface Found {
  readonly step: FieldStep;
  readonly branches: readonly Branch[];
  readonly end: number;
}

const ITEM = /\[(\d*)\]/y;

function stepAt(
  spec: Spec,
  branches: readonly Branch[],
  path: string,
  at: number,
): Found | undefined {
  ITEM.lastIndex = at;
  const item = ITEM.exec(path);
  if (item) {
    const [text, digits = ''] = item;
    const index = digits === '' ? undefined : Number(digits);
    const items = itemOf(spec, branches, index ?? 0);
    const step: FieldStep = index === undefined ? { kind: 'items' } : { kind: 'place', index };
    return items && { step, branches: items, end: at + text.length };
  }
  if (at > 0 && path[at] !== '.') return undefined;
  const start = at > 0 ? at + 1 : at;
  const name = nameAt(branches, path, start);
  const members = name === '' ? undefined : memberOf(spec, branches, name);
  return members && { step: { kind: 'name', name }, branches: members, end: start + name.length };
}

function nameAt(branches: readonly Branch[], path: string, start: number): string {
  const rest = path.slice(start);
  const known = memberNamesOf(branches)
    .filter((name) => rest.startsWith(name) && ['', '.', '['].includes(rest.charAt(name.length)))
    .sort((one, other) => other.length - one.length);
  return known[0] ?? /^[^.[]*/.exec(rest)?.[0] ?? '';
}
