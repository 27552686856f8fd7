import type { ChangeClass } from '../difference.ts';
import type { DiffReport, ReportedDifference } from './diff-report.ts';

/** Differences that reach the same operations. */
export interface DifferenceGroup {
  /** The operation, or how many share it. */
  readonly title: string;
  readonly differences: readonly ReportedDifference[];
}

/** Differences of one class and, where there are pacts, of one use. */
export interface DifferenceSection {
  readonly class: ChangeClass;
  readonly title: string;
  readonly groups: readonly DifferenceGroup[];
}

/** So many names of operations stand in a title. */
const NAMED = 3;

/** The differences of a report as people read them: what hurts somebody first. */
export function sectionsOf(report: DiffReport): readonly DifferenceSection[] {
  const { differences, contracts } = report;
  const of = (found: ChangeClass, title: string, used?: boolean): DifferenceSection => {
    const chosen = differences.filter(
      (one) => one.class === found && (used === undefined || isUsed(one) === used),
    );
    return { class: found, title, groups: groupsOf(chosen) };
  };
  const sections = contracts
    ? [
        of('breaking', 'Breaking, and consumers use it', true),
        of('breaking', 'Breaking, but no pact uses it', false),
        of('dangerous', 'Dangerous, and consumers use it', true),
        of('dangerous', 'Dangerous, but no pact uses it', false),
        of('safe', 'Safe by itself, but a pact says otherwise', true),
        of('safe', 'Safe', false),
      ]
    : [of('breaking', 'Breaking'), of('dangerous', 'Dangerous'), of('safe', 'Safe')];
  return sections.filter(({ groups }) => groups.length > 0);
}

/** Tells whether an interaction of a pact uses what differs. */
export function isUsed({ impact }: ReportedDifference): boolean {
  return (impact?.length ?? 0) > 0;
}

function groupsOf(differences: readonly ReportedDifference[]): readonly DifferenceGroup[] {
  const groups = new Map<string, ReportedDifference[]>();
  for (const difference of differences) {
    const key = difference.operations.join('\n');
    const group = groups.get(key);
    if (group) group.push(difference);
    else groups.set(key, [difference]);
  }
  return [...groups.values()].map((list) => ({ title: titleOf(list[0]), differences: list }));
}

function titleOf(difference: ReportedDifference | undefined): string {
  const operations = difference?.operations ?? [];
  if (operations.length === 0) return 'The document';
  const named = operations.slice(0, NAMED).join(', ');
  const more = operations.length - NAMED;
  return more > 0 ? `${named} and ${more} more operations` : named;
}

/** Tells whether a difference is one of words only. */
export function isOfWords({ effect, class: found }: ReportedDifference): boolean {
  return effect === 'none' && found === 'safe';
}

/** A list of names as people say it: `a, b and c`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
