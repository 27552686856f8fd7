import type { Dependence, OperationDependence, PartDependence, Uses } from '../pact/dependence.ts';
import type { Page } from './format.ts';
import { harmless } from './frame.ts';
import { createPaint, type Paint } from './paint.ts';
import { pathFrom } from './path.ts';
import { cutTo, pad, widthOf } from './text-width.ts';

/** A name is shown in at least so many columns, and at most in so many where there is no terminal. */
const NARROWEST = 24;
const WIDEST = 72;
/** The name of a consumer is cut to so many columns. */
const CONSUMER = 24;

interface Row {
  readonly name: string;
  readonly cells: readonly string[];
  readonly isTitle: boolean;
}

/** What consumers depend on as a table: a column for each of them. */
export function dependenceText(dependence: Dependence, page: Page): string {
  const { consumers, operations, document } = dependence;
  const paint = createPaint(page.hasColor);
  const names = consumers.map(({ name }) => harmless(name));
  const rows = operations.flatMap((operation) => rowsOf(operation, consumers));
  const heads = names.map((name) => cutTo(name, CONSUMER));
  const used = heads.reduce((sum, head) => sum + widthOf(head) + 2, 0);
  const room = page.columns === undefined ? WIDEST : Math.max(NARROWEST, page.columns - used - 1);
  const width = Math.min(room, Math.max(0, ...rows.map(({ name }) => widthOf(name))));
  const head = `${pad('', width)}  ${heads.join('  ')}`.trimEnd();
  const lines = rows.map((row) => lineOf(row, heads, width, paint));
  return [
    paint('title', `${harmless(document.title) || 'The document'}: what its consumers use`),
    '',
    paint('title', head),
    ...lines,
    '',
    ...notesOf(dependence, page, paint),
    '',
  ].join('\n');
}

function rowsOf(
  { id, uses, parts }: OperationDependence,
  consumers: Dependence['consumers'],
): readonly Row[] {
  const cellsOf = (of: Uses, show: (count: number) => string) =>
    consumers.map(({ name }) => (of[name] === undefined ? '·' : show(of[name])));
  return [
    { name: harmless(id), cells: cellsOf(uses, String), isTitle: true },
    ...parts.map((part) => ({
      name: `  ${harmless(labelOf(part))}`,
      cells: cellsOf(part.uses, part.place === 'response.status' ? String : () => '✓'),
      isTitle: false,
    })),
  ];
}

/** A part in words: `query $top`, `201`, `201 body id`. */
export function labelOf({ place, status, field }: PartDependence): string {
  const kind = place.slice(place.indexOf('.') + 1);
  if (status === undefined) return `${kind} ${field}`;
  return place === 'response.status' ? String(status) : `${status} ${kind} ${field}`;
}

function lineOf(
  { name, cells, isTitle }: Row,
  heads: readonly string[],
  width: number,
  paint: Paint,
): string {
  const columns = cells.map((cell, index) => centered(cell, widthOf(heads[index] ?? '')));
  const line = `${pad(cutTo(name, width), width)}  ${columns.join('  ')}`.trimEnd();
  return isTitle ? paint('title', line) : line;
}

function centered(text: string, columns: number): string {
  return pad(' '.repeat(Math.max(0, Math.floor((columns - widthOf(text)) / 2))) + text, columns);
}

function* notesOf(
  { consumers, unused, unknown }: Dependence,
  { root }: Page,
  paint: Paint,
): Iterable<string> {
  const legend = 'Numbers are interactions, ✓ is sent or read, · is not.';
  yield paint('faint', legend);
  if (unused.length > 0) {
    const listed = unused.slice(0, 12).join(', ') + (unused.length > 12 ? ', …' : '');
    yield `Nobody uses ${unused.length} of the operations: ${harmless(listed)}`;
  }
  for (const { consumer, description, method, path, file, line } of unknown) {
    const place = `${pathFrom(root, file)}:${line}`;
    const text = `${consumer} asks for what the document does not have: ${method} ${path}, "${description}" (${place})`;
    yield paint('error', harmless(text));
  }
  for (const { name, messages } of consumers) {
    if (messages === 0) continue;
    const count = messages === 1 ? '1 message' : `${messages} messages`;
    yield `${harmless(name)} has ${count} as well, which no operation has.`;
  }
}
