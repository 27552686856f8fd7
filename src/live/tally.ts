import type { Finding } from '../finding.ts';
import type { Draft } from './draft.ts';
import type { CaseResult, LeftOut } from './result.ts';
import type { Case } from './run.ts';
import type { Settings } from './settings.ts';

/** So many requests in a row without an answer, and the provider is taken to be gone. */
const UNANSWERED = 8;

/** Counts what a probe does and finds. */
export interface Tally {
  /** One more answer is judged. */
  readonly count: () => void;
  readonly checked: () => number;
  /** Whether enough is judged, or the provider does not answer any more. */
  readonly isFull: () => boolean;
  /** Whether the provider stopped answering. */
  readonly isGone: () => boolean;
  /** Notes whether a request was answered, and if not, why. */
  readonly noteUnanswered: (kind: 'silent' | 'disconnected' | undefined) => void;
  /** Whether a problem was not seen before; the second time it is not. */
  readonly isNew: (draft: Draft, finding: Finding) => boolean;
  /** Notes the status of a request. */
  readonly note: (request: Case, status: number | undefined) => void;
  readonly report: (result: CaseResult) => void;
  readonly skip: (reason: string, count?: number) => void;
  readonly failures: () => readonly CaseResult[];
  readonly findings: () => readonly Finding[];
  readonly skipped: () => readonly LeftOut[];
  /** The operations whose right requests all failed, by the status of the last of them. */
  readonly unreached: () => ReadonlyMap<number, readonly string[]>;
  /** Whether any right request succeeded; `undefined` when none was sent. */
  readonly isTested: () => boolean | undefined;
}

/** Makes a tally. */
export function createTally(settings: Settings): Tally {
  const { maxCases, onCase, onProgress } = settings;
  const known = new Set<string>();
  const skipped = new Map<string, number>();
  const failures: CaseResult[] = [];
  const findings: Finding[] = [];
  const reached = new Set<string>();
  const statuses = new Map<string, number>();
  let checked = 0;
  let unanswered = 0;
  return {
    count: () => {
      checked += 1;
    },
    checked: () => checked,
    isFull: () => checked >= maxCases || unanswered >= UNANSWERED,
    isGone: () => unanswered >= UNANSWERED,
    noteUnanswered: (kind) => {
      unanswered = kind === undefined ? 0 : unanswered + 1;
    },
    isNew: ({ operation }, { code, at, spec }) => {
      const key = [operation.id, code, at, spec.pointer].join('\n');
      const isNew = !known.has(key);
      known.add(key);
      return isNew;
    },
    note: ({ draft, expects }, status) => {
      if (expects !== 'success' || status === undefined) return;
      const { id } = draft.operation;
      statuses.set(id, status);
      if (status < 400) reached.add(id);
    },
    report: (result) => {
      if (result.findings.length > 0) failures.push(result);
      findings.push(...result.findings);
      onCase(result);
      onProgress({ checked, most: maxCases, failed: failures.length });
    },
    skip: (reason, count = 1) => skipped.set(reason, (skipped.get(reason) ?? 0) + count),
    failures: () => failures,
    findings: () => findings,
    skipped: () => [...skipped].map(([reason, count]) => ({ reason, count })),
    unreached: () => {
      const never = [...statuses].filter(([id]) => !reached.has(id));
      const byStatus = Map.groupBy(never, ([, status]) => status);
      return new Map([...byStatus].map(([status, list]) => [status, list.map(([id]) => id)]));
    },
    isTested: () => (statuses.size === 0 ? undefined : reached.size > 0),
  };
}
