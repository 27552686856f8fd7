import { nameOfPart } from '../check/value-name.ts';
import type { Finding } from '../finding.ts';
import { show } from '../json.ts';
import type { Occurrence, Problem, Report, Subject } from './report.ts';

/** Risks that were seen at the same times, such as all of one interaction of a pact. */
export interface RiskGroup {
  /** The first times, at most three. */
  readonly seen: readonly Occurrence[];
  /** How many times they were seen besides. */
  readonly more: number;
  /** What may be, and the fields of which it may: `may be missing`, `error.code`, `state`. */
  readonly kinds: ReadonlyMap<string, readonly string[]>;
}

/** A report lists so many risks one by one; where there are more, nobody would read them. */
const FEW = 3;

/** Tells whether the risks of a report are told together, and not one by one. */
export function areRisksMany({ subjects }: Report): boolean {
  return subjects.reduce((sum, { problems }) => sum + problems.filter(isRisk).length, 0) > FEW;
}

/** Tells whether a problem is that of relying on too much. */
export function isRisk({ finding }: Problem): boolean {
  return finding.severity === 'risk';
}

/** The risks of a subject, put together by where they were seen. */
export function groupRisks({ problems }: Subject): readonly RiskGroup[] {
  const groups = Map.groupBy(problems.filter(isRisk), ({ count, occurrences }) =>
    JSON.stringify([count, occurrences.map(({ origin }) => origin)]),
  );
  return [...groups.values()].map((group) => {
    const kinds = Map.groupBy(group, ({ finding }) => kindOf(finding));
    const { occurrences: seen = [], count = 0 } = group[0] ?? {};
    return {
      seen,
      more: count - seen.length,
      kinds: new Map(
        [...kinds].map(([kind, all]) => [kind, all.map(({ finding }) => nameOf(finding))]),
      ),
    };
  });
}

const KINDS: Readonly<Record<string, string>> = {
  optional: 'may be missing',
  nullable: 'may be null',
  empty: 'may be empty',
  wider: 'may have other values',
  unknown: 'not declared',
};

function kindOf({ code }: Finding): string {
  return KINDS[code.split('.').at(-1) ?? ''] ?? code;
}

function nameOf({ code, at, actual }: Finding): string {
  const isHeader = code.includes('.header.');
  const name = isHeader ? `header ${at}` : nameOfPart('', at) || 'the body';
  const witness = code.endsWith('.wider') && actual !== undefined ? ` (${show(actual, 30)})` : '';
  return name + witness;
}
