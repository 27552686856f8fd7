import { redactFinding, secretNamesOf } from '../check/redact.ts';
import { createTally, type Tally, toExercised } from '../coverage/tally.ts';
import type { Finding, Severity } from '../finding.ts';
import { isObject, type Json, ownString } from '../json.ts';
import { operationById } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import { documentFrame } from './document-frame.ts';
import { occurrencesOf } from './occurrence.ts';
import type { CheckResult, Occurrence, Report } from './report.ts';
import { type Keeping, type OpenSubject, openSubject } from './subject.ts';

/** So many subjects that are of no operation have a name of their own. */
const NAMELESS = 1_000;
/** All that travelled and is kept has so many UTF-16 code units together; then it is left out. */
const SIZE = 10_000_000;

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
  /** Coverage is left out where no exchange was judged, unless it is asked for. */
  readonly report: (options?: { readonly hasCoverage?: boolean }) => Report;
}

/** Makes a collector. */
export function createCollector({ spec, version, command, targets }: CollectorOptions): Collector {
  const startedAt = new Date();
  const start = performance.now();
  const subjects = createSubjects(spec);
  const skipped = new Map<string, number>();
  const counts: Record<Severity, number> = { error: 0, risk: 0, warning: 0 };
  const tally = createTally(spec);
  let isCounted = false;
  let isFirst = true;
  // What a body exercises is seldom asked for, and counting it takes longer than judging a single one.
  let uncounted: CheckResult | undefined;
  const count = (result: CheckResult | undefined) => {
    if (result) isCounted = countExercised(tally, spec, result) || isCounted;
  };
  return {
    add: (result) => {
      subjects.add(result);
      for (const { severity } of result.findings) counts[severity] += 1;
      count(uncounted);
      uncounted = isFirst && result.body ? result : undefined;
      if (!uncounted) count(result);
      isFirst = false;
    },
    skip: (reason, count = 1) => skipped.set(reason, (skipped.get(reason) ?? 0) + count),
    report: ({ hasCoverage = isCounted } = {}) => {
      if (hasCoverage) count(uncounted);
      uncounted = hasCoverage ? undefined : uncounted;
      const all = subjects.close();
      const left = [...skipped].map(([reason, count]) => ({ reason, count }));
      return {
        version: 1,
        tool: { name: 'exactmatch-kit', version },
        command,
        targets,
        startedAt: startedAt.toISOString(),
        milliseconds: Math.round(performance.now() - start),
        document: documentOf(spec),
        summary: {
          checked: sum(all.map(({ checked }) => checked)),
          failed: sum(all.map(({ failed }) => failed)),
          skipped: sum(left.map(({ count }) => count)),
          findings: { ...counts },
        },
        subjects: all,
        skipped: left,
        ...(hasCoverage ? { coverage: tally.coverage() } : {}),
      };
    },
  };
}

interface Subjects {
  readonly add: (result: CheckResult) => void;
  readonly close: () => Report['subjects'];
}

function createSubjects(spec: Spec): Subjects {
  const open = new Map<string, OpenSubject>();
  const secrets = secretNamesOf(spec);
  let nameless = 0;
  let size = 0;
  const subjectOf = ({ subject, operation }: CheckResult): OpenSubject => {
    const isMany = operation === undefined && nameless >= NAMELESS && !open.has(subject);
    const name = isMany ? 'others' : subject;
    let found = open.get(name);
    if (!found) {
      if (operation === undefined) nameless += 1;
      found = openSubject(name, operation);
      open.set(name, found);
    }
    return found;
  };
  const bounded = (occurrence: Occurrence): Occurrence => {
    const { exchange, ...rest } = occurrence;
    if (!exchange) return occurrence;
    size += (exchange.request.body?.length ?? 0) + (exchange.response?.body?.length ?? 0);
    return size > SIZE ? rest : occurrence;
  };
  const keepingOf = (result: CheckResult): Keeping => {
    const occurrence = occurrencesOf(result, spec);
    return {
      occurrence: (finding, index) => bounded(occurrence(finding, index)),
      rule: ({ spec: rule }, index) => {
        const known = result.kept?.rules[index];
        if (known !== undefined) return known ?? undefined;
        return documentFrame(spec, rule, result.sources);
      },
    };
  };
  return {
    add: (result) => {
      const findings = result.findings.map((finding) => redactFinding(finding, secrets));
      subjectOf(result).add(findings, keepingOf(result));
    },
    close: () => byOperation([...open.values()].map((subject) => subject.close())),
  };
}

/** The subjects of one operation stand together, where the first of them was. */
function byOperation(subjects: Report['subjects']): Report['subjects'] {
  const groups = Map.groupBy(subjects, ({ name, operation }) => operation ?? ` ${name}`);
  return [...groups.values()].flat();
}

/** Counts what was exercised; tells whether it was an exchange. */
function countExercised(tally: Tally, spec: Spec, result: CheckResult): boolean {
  const { exchange, body, kept, operation, findings } = result;
  const isFailed = hasError(findings);
  if (kept) tally.merge(kept.counted);
  if (exchange) tally.add(toExercised(exchange, isFailed));
  if (body && operation !== undefined) {
    const value = readBody(body.text);
    const found = operationById(spec, operation);
    const isRequest = body.status === undefined;
    const part = isRequest ? { body: value } : { status: body.status, responseBody: value };
    tally.add({ operation: found, ...part, isFailed });
  }
  return kept !== undefined || exchange !== undefined;
}

function readBody(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function hasError(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
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
