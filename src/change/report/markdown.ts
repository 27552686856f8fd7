import { isObject, show } from '../../json.ts';
import { countOf } from '../../report/count.ts';
import { pathFrom } from '../../report/path.ts';
import type { ChangeClass, DifferenceSide } from '../difference.ts';
import type { DiffReport, ReportedDifference } from './diff-report.ts';
import { listed, sectionsOf } from './group.ts';

const SYMBOLS: Readonly<Record<ChangeClass, string>> = {
  breaking: '❌',
  dangerous: '🔶',
  safe: '✅',
};
/** A section lists so many differences; GitHub takes a mebibyte of a page. */
const MOST = 100;

/** The differences of two documents as Markdown, for a pull request or the page of a job. */
export function writeDiffMarkdown(
  report: DiffReport,
  { root }: { readonly root?: string | undefined } = {},
): string {
  const { old, new: next, summary, contracts } = report;
  const { breaking, dangerous, safe } = summary;
  const looked = contracts
    ? ` Looked at ${countOf(contracts.pacts, 'pact')} with ${countOf(contracts.interactions, 'interaction')}.`
    : '';
  const sections = sectionsOf(report).map(({ class: found, title, groups }) => {
    const rows = groups.flatMap(({ title: operations, differences }) =>
      differences.map((one) => row(operations, one, root, contracts !== undefined)),
    );
    const used = contracts ? ' used by |' : '';
    const table = [
      `| operation | what differs | old | new |${used}`,
      `|---|---|---|---|${contracts ? '---|' : ''}`,
      ...rows.slice(0, MOST),
    ].join('\n');
    const more = rows.length > MOST ? `\n\nand ${rows.length - MOST} more` : '';
    const body = `${table}${more}`;
    const head = `${SYMBOLS[found]} ${title}`;
    return found === 'safe'
      ? `<details><summary>${head} (${rows.length})</summary>\n\n${body}\n\n</details>\n`
      : `### ${head}\n\n${body}\n`;
  });
  return `## exactmatch diff: ${breaking} breaking, ${dangerous} dangerous, ${safe} safe

${cell(pathFrom(root, old.file))} (${cell(old.version)}) → ${cell(pathFrom(root, next.file))} (${cell(next.version)}).${looked}

${sections.join('\n')}`;
}

function row(
  operations: string,
  { message, old, new: next, impact }: ReportedDifference,
  root: string | undefined,
  hasContracts: boolean,
): string {
  const users = (impact ?? []).map(
    ({ consumer, interactions }) => `${consumer} (${countOf(interactions.length, 'interaction')})`,
  );
  const used = hasContracts ? ` ${cell(listed(users))} |` : '';
  return `| ${cell(operations)} | ${cell(message)} | ${side(old, root)} | ${side(next, root)} |${used}`;
}

function side(given: DifferenceSide | undefined, root: string | undefined): string {
  if (!given) return '';
  const { value, spec } = given;
  const place = `${pathFrom(root, spec.file)}:${spec.line}`;
  return cell(value === undefined || isObject(value) ? place : `${show(value, 60)}, ${place}`);
}

/** Text that Markdown, HTML and a table leave alone; code stays code. */
function cell(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\*_{}[\]#|~]/g, (character) => `\\${character}`)
    .replaceAll(/[\r\n]+/g, ' ');
}
