import type { Finding } from '../finding.ts';
import type { Occurrence, Problem, Subject } from './report.ts';

/** Of one problem, so many times are kept with what travelled. */
const OCCURRENCES = 3;
/** Of one subject, so many different problems are listed. */
const PROBLEMS = 200;

/** A subject whose problems are being added up. */
export interface OpenSubject {
  readonly add: (findings: readonly Finding[], kept: Keeping) => void;
  readonly close: () => Subject;
}

/** What is kept of the first times that a problem is seen. */
export interface Keeping {
  readonly occurrence: (finding: Finding, index: number) => Occurrence;
  readonly rule: (finding: Finding, index: number) => Problem['rule'] | undefined;
}

type OpenProblem = { -readonly [Key in keyof Problem]: Problem[Key] } & {
  readonly occurrences: Occurrence[];
};

/** Begins to add up the problems of a subject. */
export function openSubject(name: string, operation: string | undefined): OpenSubject {
  const problems = new Map<string, OpenProblem>();
  const counts = { checked: 0, failed: 0 };
  let unlisted = 0;
  const problemOf = (finding: Finding, index: number, kept: Keeping) => {
    const key = keyOf(finding);
    let problem = problems.get(key);
    if (problem || problems.size >= PROBLEMS) return problem;
    const rule = kept.rule(finding, index);
    problem = { finding, count: 0, ...(rule ? { rule } : {}), occurrences: [] };
    problems.set(key, problem);
    return problem;
  };
  return {
    add: (findings, kept) => {
      counts.checked += 1;
      if (findings.some(({ severity }) => severity === 'error')) counts.failed += 1;
      for (const [index, finding] of findings.entries()) {
        const problem = problemOf(finding, index, kept);
        if (!problem) {
          unlisted += 1;
          continue;
        }
        problem.count += 1;
        if (problem.occurrences.length >= OCCURRENCES) continue;
        problem.occurrences.push(kept.occurrence(finding, index));
      }
    },
    close: () => ({
      name,
      ...(operation === undefined ? {} : { operation }),
      ...counts,
      problems: [...problems.values()],
      ...(unlisted === 0 ? {} : { unlisted }),
    }),
  };
}

/** Two findings are one problem where they break one rule in one place; items of a list are one. */
function keyOf({ code, at, spec }: Finding): string {
  return [code, at.replaceAll(/\/\d+(?=\/|$)/g, '/*'), spec.file, spec.pointer].join('\n');
}
