import { MEASURES, percentOf } from '../coverage/coverage.ts';
import type { Severity } from '../finding.ts';
import { countOf } from './count.ts';
import { pathFrom } from './path.ts';
import type { Problem, Report, Subject } from './report.ts';
import { placesOf } from './risk-text.ts';
import { areRisksMany, groupRisks, isRisk } from './risks.ts';

/** A page lists so many problems and operations; GitHub takes a mebibyte of it. */
const PROBLEMS = 50;
const OPERATIONS = 200;

const SYMBOLS: Readonly<Record<Severity, string>> = { error: '❌', risk: '🔶', warning: '⚠️' };

/** A report as Markdown, as GitHub shows it on the page of a job. */
export function writeMarkdown(
  report: Report,
  { root }: { readonly root?: string | undefined } = {},
): string {
  const { command, summary, skipped, document } = report;
  const { checked, failed, findings } = summary;
  const left = skipped.map(({ reason, count }) => `- ${count} not judged: ${inline(reason)}\n`);
  return `## exactmatch ${command}: ${failed === 0 ? '✅ the promise is kept' : `❌ ${failed} of ${checked} failed`}

${inline(document.title)} ${inline(document.version)}: ${checked} checked, ${ORDER.map((severity) => countOf(findings[severity], severity)).join(', ')}.
${left.length > 0 ? `\n${left.join('')}` : ''}${problemsText(report, root)}${coverageText(report)}
`;
}

/** What is written first, where not all can be. */
const ORDER: readonly Severity[] = ['error', 'risk', 'warning'];

function problemsText(report: Report, root: string | undefined): string {
  const areMany = areRisksMany(report);
  const all = report.subjects.flatMap((subject) => [
    ...subject.problems
      .filter((problem) => !(areMany && isRisk(problem)))
      .map((problem) => problemRow(subject.name, problem, root)),
    ...(areMany ? riskRows(subject, root) : []),
  ]);
  if (all.length === 0) return '';
  const rows = ORDER.flatMap((severity) => all.filter((row) => row.severity === severity))
    .slice(0, PROBLEMS)
    .map(({ severity, cells }) => `| ${SYMBOLS[severity]} | ${cells.map(cell).join(' | ')} |\n`);
  const more = all.length > PROBLEMS ? `\nand ${all.length - PROBLEMS} more\n` : '';
  return `
| | subject | what is broken | rule | times |
|---|---|---|---|--:|
${rows.join('')}${more}`;
}

interface Row {
  readonly severity: Severity;
  readonly cells: readonly string[];
}

function problemRow(name: string, { finding, count }: Problem, root: string | undefined): Row {
  const { severity, message, spec } = finding;
  const place = `${pathFrom(root, spec.file)}:${spec.line}`;
  return { severity, cells: [name, message, place, String(count)] };
}

/** Where the rule stands would be many places: the place in the pact is said instead. */
function riskRows(subject: Subject, root: string | undefined): readonly Row[] {
  return groupRisks(subject).map((group) => {
    const { seen, more, kinds } = group;
    const text = [...kinds].map(([kind, names]) => `${kind}: ${names.join(', ')}`).join('; ');
    const place = placesOf(group, root).join('; ');
    const times = String(seen.length + more);
    return { severity: 'risk', cells: [subject.name, text, place, times] };
  });
}

function coverageText({ coverage, shortfalls = [] }: Report): string {
  if (!coverage) return '';
  const sums = MEASURES.map((measure) => {
    const { seen, total } = coverage.totals[measure];
    const short = shortfalls.find((each) => each.measure === measure);
    const asked = short ? ` ❌ ${short.asked} % asked for` : '';
    return `| ${measure} | ${seen} of ${total} | ${percentOf({ seen, total })} %${asked} |\n`;
  });
  const rows = coverage.operations.slice(0, OPERATIONS).map(({ method, path, statuses }) => {
    const cells = statuses.map(({ status, passed, failed }) => {
      const mark = failed > 0 ? '❌' : passed > 0 ? '✅' : '◽';
      return `${mark} ${status}`;
    });
    return `| ${cell(`${method} ${path}`)} | ${cells.join(' &nbsp; ')} |\n`;
  });
  return `
| exercised | | |
|---|---|---|
${sums.join('')}
<details><summary>Every operation</summary>

| operation | statuses |
|---|---|
${rows.join('')}
</details>
`;
}

/** Text that Markdown and HTML leave alone. */
function inline(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_{}[\]#|~]/g, (character) => `\\${character}`)
    .replaceAll(/[\r\n]+/g, ' ');
}

function cell(text: string): string {
  return inline(text.length > 300 ? `${text.slice(0, 299)}…` : text);
}
