import type { Difference } from '../change/difference.ts';
import type { PactFinding } from '../pact/pact-finding.ts';
import type { InteractionParts } from './touch.ts';
import { touches } from './touch.ts';
import { isWithin } from './within.ts';

/** Which differences the findings of an interaction come from. */
export interface Blame {
  readonly byDifference: ReadonlyMap<Difference, readonly PactFinding[]>;
  readonly unexplained: readonly PactFinding[];
}

/** Finds for each finding the difference that it comes from: the one that comes nearest. */
export function blameFindings(
  differences: readonly Difference[],
  parts: InteractionParts,
  findings: readonly PactFinding[],
): Blame {
  const byDifference = new Map<Difference, PactFinding[]>();
  const unexplained: PactFinding[] = [];
  const { operation } = parts;
  const near = differences.filter(
    ({ operations, effect }) =>
      effect !== 'none' && operation !== undefined && operations.includes(operation),
  );
  for (const finding of findings) {
    const best = near
      .map((difference) => ({ difference, score: scoreOf(difference, finding, parts) }))
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score)[0];
    if (!best) {
      unexplained.push(finding);
      continue;
    }
    const list = byDifference.get(best.difference);
    if (list) list.push(finding);
    else byDifference.set(best.difference, [finding]);
  }
  return { byDifference, unexplained };
}

/** How well a difference explains a finding; 0 when it does not. */
function scoreOf(difference: Difference, finding: PactFinding, parts: InteractionParts): number {
  const { code, travel, new: next } = difference;
  const isRequest = /^(?:pact\.)?request\./.test(finding.code);
  if (code === 'operation.removed') return 100;
  if (travel !== undefined && travel !== (isRequest ? 'request' : 'response')) return 0;
  const field = fieldOfPointer(finding.at);
  const isField = difference.uses.some((use) => use.field === field);
  const isAround = difference.uses.some((use) => use.field === '' || field.startsWith(use.field));
  const isRule = next !== undefined && isWithin(finding.spec, next.spec);
  const isNear = next !== undefined && isWithin(next.spec, finding.spec);
  const isTouched = touches(difference, parts) !== undefined;
  return (
    (isRule ? 40 : 0) +
    (isField ? 20 : isAround ? 5 : 0) +
    (isNear ? 10 : 0) +
    (isTouched ? 8 : 0) +
    (difference.class === 'safe' ? 0 : 2) +
    1
  );
}

/** A JSON Pointer into a body as a field: `/value/0/id` is `value[].id`. */
function fieldOfPointer(pointer: string): string {
  return pointer
    .split('/')
    .filter((token) => token !== '')
    .map((token) =>
      /^\d+$/.test(token) ? '[]' : `.${token.replaceAll('~1', '/').replaceAll('~0', '~')}`,
    )
    .join('')
    .replace(/^\./, '');
}
