import {
  type Coverage,
  MEASURES,
  type OperationCoverage,
  percentOf,
} from '../coverage/coverage.ts';
import { formatShortfall } from '../coverage/minimum.ts';
import type { Page } from './format.ts';
import { createPaint, type Paint } from './paint.ts';
import type { Report } from './report.ts';
import { cutTo, pad, widthOf } from './text-width.ts';

/** What was exercised: a line, or with it a table of all operations. */
export function coverageText(coverage: Coverage, page: Page, paint: Paint): string {
  const sums = MEASURES.map((measure) => {
    const { seen, total } = coverage.totals[measure];
    return `${seen} of ${total} ${measure} (${percentOf({ seen, total })} %)`;
  });
  const line = `Exercised: ${sums.join(', ')}\n`;
  return page.hasCoverage === true ? `${tableText(coverage, page, paint)}\n${line}` : line;
}

/** What was exercised and nothing else of a report, for those who see its problems elsewhere. */
export function coverageSummary(report: Report, page: Page): string {
  const { document, coverage, skipped, shortfalls = [] } = report;
  const paint = createPaint(page.hasColor);
  return [
    `${paint('title', `${document.title} ${document.version}`)}\n`,
    ...(coverage ? [coverageText(coverage, page, paint)] : []),
    ...skipped.map(({ reason, count }) => `${count} not judged: ${reason}\n`),
    ...shortfalls.map((each) => `${paint('error', formatShortfall(each, coverage))}\n`),
  ].join('');
}

type Row = readonly [name: string, seen: string, painted: string, statuses: string, rest: string];

function tableText({ operations }: Coverage, { columns }: Page, paint: Paint): string {
  const room = columns === undefined ? 60 : Math.max(20, Math.floor(columns / 3));
  const rows = operations.map((operation) =>
    rowOf(operation, nameOf(operation, operations, room), paint),
  );
  const widths = [0, 1, 3].map((index) =>
    Math.max(0, ...rows.map((row) => widthOf(row[index] ?? ''))),
  );
  const [names = 0, seen = 0, statuses = 0] = widths;
  const lines = rows.map((row) => {
    const marks = row[2] + ' '.repeat(seen - widthOf(row[1]));
    const line = `  ${pad(row[0], names)}  ${marks}  ${row[3].padStart(statuses)} statuses${row[4]}`;
    return `${row[1] === '' ? paint('faint', line) : line}\n`;
  });
  const legend = '✓ passed, × failed, ? not declared';
  return `${paint('title', 'Coverage')} ${paint('faint', legend)}\n\n${lines.join('')}`;
}

/** Its id, or its path where another one has the same id: a path item may stand under two paths. */
function nameOf(
  { id, method, path }: OperationCoverage,
  all: readonly OperationCoverage[],
  room: number,
): string {
  const isAlone = all.filter((other) => other.id === id).length === 1;
  return isAlone
    ? cutTo(id, room)
    : `${method} ${path.length > room ? `…${path.slice(1 - room)}` : path}`;
}

function rowOf(operation: OperationCoverage, name: string, paint: Paint): Row {
  const { statuses, parameters, properties } = operation;
  const marks = statuses.flatMap(({ status, isDeclared, passed, failed }) => {
    if (passed + failed === 0) return [];
    const mark = `${status}${isDeclared ? '' : '?'}${failed > 0 ? '×' : '✓'}`;
    return [{ mark, painted: paint(failed > 0 ? 'error' : 'good', mark) }];
  });
  const declared = statuses.filter(({ isDeclared }) => isDeclared);
  const seen = declared.filter(({ passed, failed }) => passed + failed > 0).length;
  const bodies = [properties, ...declared.map((status) => status.properties)];
  const total = bodies.reduce((sum, body) => sum + body.total, 0);
  const found = bodies.reduce((sum, body) => sum + body.seen, 0);
  const given = parameters.filter(({ isSeen }) => isSeen).length;
  return [
    name,
    marks.map(({ mark }) => mark).join(' '),
    marks.map(({ painted }) => painted).join(' '),
    `${seen}/${declared.length}`,
    `  ${given}/${parameters.length} parameters  ${found}/${total} properties`,
  ];
}
