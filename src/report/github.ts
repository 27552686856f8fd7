import type { Severity } from '../finding.ts';
import type { Page } from './format.ts';
import { isFile, pathFrom } from './path.ts';
import { seenText } from './problem-text.ts';
import type { Problem, Report } from './report.ts';

/** GitHub shows at most so many annotations of one kind for a step. */
const MOST = 10;

/** The annotations of GitHub by what they are for. */
const KINDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  risk: 'warning',
  warning: 'notice',
};

/**
 * A report as commands to GitHub's runner: each problem at its line of the document. Of one kind
 * there are at most ten, of which the last one counts what is left.
 */
export function writeGithub(report: Report, page: Page): string {
  const lines = (['error', 'risk', 'warning'] as const).flatMap((severity) => {
    const all = report.subjects.flatMap(({ name, problems }) =>
      problems.flatMap((problem) =>
        problem.finding.severity === severity ? [{ name, problem }] : [],
      ),
    );
    const shown = all.length > MOST ? all.slice(0, MOST - 1) : all;
    const left = all.length - shown.length;
    return [
      ...shown.map(({ name, problem }) => annotation(severity, name, problem, page)),
      ...(left > 0 ? [command(KINDS[severity], { title: 'exactmatch' }, `and ${left} more`)] : []),
    ];
  });
  const short = (report.shortfalls ?? []).map(({ measure, seen, total, asked }) =>
    command(
      'error',
      { title: 'coverage' },
      `${seen} of ${total} ${measure} were exercised, and ${asked} % are asked for.`,
    ),
  );
  return [...lines, ...short].map((line) => `${line}\n`).join('');
}

function annotation(
  severity: Severity,
  name: string,
  { finding, count, occurrences: [seen] }: Problem,
  { root }: Page,
): string {
  const { message, code, spec } = finding;
  const place = isFile(spec.file)
    ? { file: pathFrom(root, spec.file), line: spec.line, col: spec.column }
    : {};
  const origin = seen ? `\n${seenText(seen, count, root)}` : '';
  const at = isFile(spec.file) ? '' : `, ${spec.file}:${spec.line}:${spec.column}`;
  return command(KINDS[severity], { ...place, title: name }, `${message}\n${code}${at}${origin}`);
}

function command(
  kind: string,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const pairs = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`);
  return `::${kind} ${pairs.join(',')}::${escaped(message)}`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(value: string | number): string {
  return escaped(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
