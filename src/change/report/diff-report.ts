import { isObject, ownString } from '../../json.ts';
import type { Spec } from '../../spec/spec.ts';
import type { ChangeClass, ConsumerImpact, Difference } from '../difference.ts';

/** One of the two documents. */
export interface DiffDocument {
  readonly file: string;
  readonly title: string;
  readonly version: string;
}

/** A difference and, where there are pacts, whom it reaches. */
export interface ReportedDifference extends Difference {
  readonly impact?: readonly ConsumerImpact[];
}

/** The pacts that a report has looked at. */
export interface DiffContracts {
  readonly consumers: readonly string[];
  readonly pacts: number;
  readonly interactions: number;
  /** What the new document finds wrong in the pacts, and no difference explains. */
  readonly unexplained: readonly string[];
}

/** All that differs between two documents. */
export interface DiffReport {
  /** Of the form of the report; it grows when a reader of the form before could not read it. */
  readonly version: 1;
  readonly tool: { readonly name: 'exactmatch-kit'; readonly version: string };
  readonly command: 'diff';
  readonly old: DiffDocument;
  readonly new: DiffDocument;
  readonly summary: Readonly<Record<ChangeClass, number>>;
  readonly differences: readonly ReportedDifference[];
  readonly contracts?: DiffContracts;
}

/** What a report is made of. */
export interface DiffReportParts {
  readonly old: Spec;
  readonly new: Spec;
  readonly differences: readonly ReportedDifference[];
  /** The version of this package. */
  readonly version: string;
  readonly contracts?: DiffContracts;
}

/** Makes a report of differences. */
export function toDiffReport(parts: DiffReportParts): DiffReport {
  const { old, new: next, differences, version, contracts } = parts;
  const count = (wanted: ChangeClass) =>
    differences.filter((difference) => difference.class === wanted).length;
  return {
    version: 1,
    tool: { name: 'exactmatch-kit', version },
    command: 'diff',
    old: documentOf(old),
    new: documentOf(next),
    summary: { breaking: count('breaking'), dangerous: count('dangerous'), safe: count('safe') },
    differences,
    ...(contracts ? { contracts } : {}),
  };
}

function documentOf({ root }: Spec): DiffDocument {
  const info = isObject(root.value['info']) ? root.value['info'] : {};
  return {
    file: root.source.file,
    title: ownString(info, 'title') ?? '',
    version: ownString(info, 'version') ?? '',
  };
}
