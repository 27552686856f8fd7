import { isObject, show } from '../../json.ts';
import { countOf } from '../../report/count.ts';
import { harmless } from '../../report/frame.ts';
import { createPaint, type Paint, type Role } from '../../report/paint.ts';
import { pathFrom } from '../../report/path.ts';
import type { ChangeClass, ConsumerImpact, DifferenceSide } from '../difference.ts';
import type { DiffDocument, DiffReport, ReportedDifference } from './diff-report.ts';
import { isOfWords, isUsed, listed, sectionsOf } from './group.ts';

/** What the text is written for. */
export interface DiffPage {
  readonly hasColor: boolean;
  /** The folder that paths are written relative to; default: where the process runs. */
  readonly root?: string | undefined;
  /** Whether safe differences are listed, not counted. */
  readonly hasSafe: boolean;
}

const MARKS: Readonly<Record<ChangeClass, string>> = { breaking: '×', dangerous: '~', safe: '·' };
const ROLES: Readonly<Record<ChangeClass, Role>> = {
  breaking: 'error',
  dangerous: 'risk',
  safe: 'good',
};
/** Of a value, so many characters are shown. */
const VALUE = 100;
/** Of one consumer, so many interactions are named. */
const INTERACTIONS = 3;

/** The differences of two documents as text, for people: by operation, what hurts first. */
export function writeDiffPretty(report: DiffReport, page: DiffPage): string {
  const paint = createPaint(page.hasColor);
  const look = { paint, root: page.root };
  const lines = [documentText('old', report.old, look), documentText('new', report.new, look), ''];
  for (const section of sectionsOf(report)) {
    const isHidden = section.class === 'safe' && !page.hasSafe && section.title === 'Safe';
    if (isHidden) continue;
    lines.push(paint(ROLES[section.class], section.title), '');
    for (const { title, differences } of section.groups) {
      lines.push(paint('title', harmless(title)));
      for (const one of differences) lines.push(...differenceText(one, look));
      lines.push('');
    }
  }
  return `${[...lines, ...summaryText(report, page)].join('\n')}\n`;
}

interface Look {
  readonly paint: Paint;
  readonly root: string | undefined;
}

function documentText(side: string, document: DiffDocument, { paint, root }: Look): string {
  const { file, title, version } = document;
  return `${side}  ${paint('place', pathFrom(root, file))}  ${harmless(`${title} ${version}`.trim())}`;
}

function differenceText(difference: ReportedDifference, look: Look): readonly string[] {
  const { message, code, uses, old, new: next } = difference;
  const parts = [...new Set(uses.map(({ part }) => part))].filter((part) => part !== '');
  const where = parts.length > 2 ? `${parts[0]} and ${parts.length - 1} more` : listed(parts);
  const { paint } = look;
  const mark = paint(ROLES[difference.class], MARKS[difference.class]);
  return [
    `  ${mark} ${harmless(message)}`,
    `    ${paint('faint', [code, where].filter((text) => text !== '').join(', '))}`,
    ...(old ? [sideText('old', old, look)] : []),
    ...(next ? [sideText('new', next, look)] : []),
    ...impactText(difference, look),
  ];
}

function sideText(side: string, { value, spec }: DifferenceSide, { paint, root }: Look): string {
  const place = paint('place', `${pathFrom(root, spec.file)}:${spec.line}:${spec.column}`);
  // What was added or removed whole is told by its name.
  const text = value === undefined || isObject(value) ? '' : `  ${harmless(show(value, VALUE))}`;
  return `    ${side} ${place}${text}`;
}

function impactText({ impact }: ReportedDifference, look: Look): readonly string[] {
  return (impact ?? []).flatMap((one) => consumerText(one, look));
}

function consumerText({ consumer, interactions }: ConsumerImpact, look: Look): readonly string[] {
  const fields = [...new Set(interactions.flatMap((one) => one.fields))];
  const names = fields.length > 0 ? ` by ${listed(fields.map((field) => `\`${field}\``))}` : '';
  const shown = interactions.slice(0, INTERACTIONS);
  const more = interactions.length - shown.length;
  return [
    `    → ${look.paint('title', harmless(consumer))}, ${countOf(interactions.length, 'interaction')}${harmless(names)}`,
    ...shown.flatMap(({ description, file, line, findings }) => [
      `      "${harmless(description)}" ${look.paint('place', `${pathFrom(look.root, file)}:${line}`)}`,
      ...findings.slice(0, 1).map((text) => `        ${look.paint('faint', harmless(text))}`),
    ]),
    ...(more > 0 ? [`      and ${more} more`] : []),
  ];
}

function summaryText(report: DiffReport, { hasSafe, hasColor }: DiffPage): readonly string[] {
  const { summary, differences, contracts } = report;
  const paint = createPaint(hasColor);
  const { breaking, dangerous, safe } = summary;
  if (differences.length === 0) return [paint('good', 'The documents mean the same.')];
  const words = differences.filter(isOfWords).length;
  const hidden =
    safe > 0 && !hasSafe
      ? `; --all lists the safe ones${words > 0 ? ` (${words} of words only)` : ''}`
      : '';
  const sums = `${breaking} breaking, ${dangerous} dangerous, ${safe} safe${hidden}`;
  const role = breaking > 0 ? 'error' : dangerous > 0 ? 'risk' : 'good';
  return [paint(role, sums), ...(contracts ? contractsText(report) : [])];
}

function contractsText({ differences, contracts }: DiffReport): readonly string[] {
  const { pacts = 0, interactions = 0, unexplained = [] } = contracts ?? {};
  const used = differences.filter((one) => one.class !== 'dangerous' && isUsed(one));
  const names = new Set(
    used.flatMap(({ impact }) => (impact ?? []).map(({ consumer }) => consumer)),
  );
  const looked = `${countOf(pacts, 'pact')} with ${countOf(interactions, 'interaction')}`;
  const more = unexplained.map((text) => harmless(`Broken as well: ${text}`));
  if (names.size === 0) return [`No consumer is broken (${looked}).`, ...more];
  const whom = harmless(listed([...names]));
  return [
    `${countOf(used.length, 'difference')} ${used.length === 1 ? 'breaks' : 'break'} ${whom} (${looked}).`,
    ...more,
  ];
}
