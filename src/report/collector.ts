import { secretNamesOf } from '../check/redact.ts';
import type { Finding, Severity } from '../finding.ts';
import { isObject, ownString } from '../json.ts';
import type { Spec } from '../spec/spec.ts';
import { toExchangeText } from './exchange-text.ts';
import type { CheckResult, Occurrence, Problem, Report, Subject } from './report.ts';

/** Of one problem, this many times are kept with what travelled. */
const OCCURRENCES = 3;

/** What a report says of the run itself. */
export interface CollectorOptions {
  readonly spec: Spec;
  /** The version of this package. */
  readonly version: string;
  readonly command: string;
  readonly targets: readonly string[];
}

/** Adds up what a run finds; what it keeps grows with the problems, not with what was judged. */
export interface Collector {
  readonly add: (result: CheckResult) => void;
  /** Counts what was not judged. */
  readonly skip: (reason: string, count?: number) => void;
  readonly report: () => Report;
}

type Growing<T> = { -readonly [Key in keyof T]: T[Key] };
type OpenProblem = Growing<Problem> & { readonly occurrences: Occurrence[] };
type OpenSubject = Growing<Omit<Subject, 'problems'>> & { problems: Map<string, OpenProblem> };

/** Makes a collector. */
export function createCollector({ spec, version, command, targets }: CollectorOptions): Collector {
  const subjects = new Map<string, OpenSubject>();
  const skipped = new Map<string, number>();
  const counts: Record<Severity, number> = { error: 0, risk: 0, warning: 0 };
  return {
    add: (result) => {
      let subject = subjects.get(result.subject);
      if (!subject) {
        subject = openSubject(result);
        subjects.set(result.subject, subject);
      }
      addTo(subject, result, spec);
      for (const { severity } of result.findings) counts[severity] += 1;
    },
    skip: (reason, count = 1) => skipped.set(reason, (skipped.get(reason) ?? 0) + count),
    report: () => {
      const all = [...subjects.values()].map(toSubject);
      const left = [...skipped].map(([reason, count]) => ({ reason, count }));
      return {
        version: 1,
        tool: { name: 'exactmatch-kit', version },
        command,
        targets,
        document: documentOf(spec),
        summary: {
          checked: sum(all.map(({ checked }) => checked)),
          failed: sum(all.map(({ failed }) => failed)),
          skipped: sum(left.map(({ count }) => count)),
          findings: { ...counts },
        },
        subjects: all,
        skipped: left,
      };
    },
  };
}

function openSubject({ subject: name, operation }: CheckResult): OpenSubject {
  const start = { name, checked: 0, failed: 0, problems: new Map<string, OpenProblem>() };
  return operation === undefined ? start : { ...start, operation };
}

function addTo(subject: OpenSubject, result: CheckResult, spec: Spec): void {
  const { findings } = result;
  subject.checked += 1;
  if (findings.some(({ severity }) => severity === 'error')) subject.failed += 1;
  let occurrence: Occurrence | undefined;
  for (const finding of findings) {
    const key = keyOf(finding);
    let problem = subject.problems.get(key);
    if (!problem) {
      problem = { finding, count: 0, occurrences: [] };
      subject.problems.set(key, problem);
    }
    problem.count += 1;
    if (problem.occurrences.length >= OCCURRENCES) continue;
    occurrence ??= toOccurrence(result, spec);
    problem.occurrences.push(occurrence);
  }
}

/** Two findings are one problem where they break one rule in one place; items of a list are one. */
function keyOf({ code, at, spec }: Finding): string {
  return [code, at.replaceAll(/\/\d+(?=\/|$)/g, '/*'), spec.file, spec.pointer].join('\n');
}

function toOccurrence({ origin, place, exchange, reproduce }: CheckResult, spec: Spec): Occurrence {
  return {
    origin,
    ...(place ? { place } : {}),
    ...(exchange ? { exchange: toExchangeText(exchange, secretNamesOf(spec)) } : {}),
    ...(reproduce === undefined ? {} : { reproduce }),
  };
}

function toSubject({ problems, ...subject }: OpenSubject): Subject {
  return { ...subject, problems: [...problems.values()] };
}

function documentOf({ root }: Spec): Report['document'] {
  const info = isObject(root.value['info']) ? root.value['info'] : {};
  return {
    file: root.source.file,
    title: ownString(info, 'title') ?? '',
    version: ownString(info, 'version') ?? '',
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
