import { extname, join } from 'node:path';
import { ExactMatchError } from '../errors.ts';
import { REPORT_FORMATS, type ReportFormat } from './format.ts';

/** Where the forms of a report go. */
export interface OutputPlan {
  /** To standard output, one after the other. */
  readonly printed: readonly ReportFormat[];
  readonly files: readonly OutputFile[];
}

/** A file that a report is written to. */
export interface OutputFile {
  readonly path: string;
  readonly format: ReportFormat;
  /** The name inside `path`, should that turn out to be a folder. */
  readonly name?: string;
}

/** Forms that are read where they are printed, and may stand one behind the other. */
const READ: ReadonlySet<ReportFormat> = new Set(['pretty', 'github']);
/** The forms by the endings of files, the longer ones first. */
const ENDINGS: readonly (readonly [ending: string, format: ReportFormat])[] = [
  ['.sarif.json', 'sarif'],
  ['.sarif', 'sarif'],
  ['.json', 'json'],
  ['.xml', 'junit'],
  ['.html', 'html'],
  ['.htm', 'html'],
  ['.md', 'markdown'],
  ['.txt', 'pretty'],
];
const NAMES: Readonly<Partial<Record<ReportFormat, string>>> = {
  json: 'report.json',
  junit: 'report.junit.xml',
  sarif: 'report.sarif',
  html: 'report.html',
  markdown: 'report.md',
};

/**
 * Plans where each form goes. A file is written in the form that its name ends in; a folder takes a
 * file of each form; any other name takes the one form that is left. What is left then is printed;
 * where nothing is, the text for people is.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` when a form has no place, or there is none of that name.
 */
export function planOutput(formats: readonly string[], outputs: readonly string[]): OutputPlan {
  const wanted = [...new Set(formats.map(readFormat))];
  const named = outputs.flatMap((path) => {
    const format = formatByEnding(path);
    return format ? [{ path, format }] : [];
  });
  const placed = new Set(named.map(({ format }) => format));
  let left = wanted.filter((format) => !placed.has(format));
  const files: OutputFile[] = [...named];
  for (const path of outputs.filter((each) => formatByEnding(each) === undefined)) {
    const taken = filesAt(path, left, wanted);
    files.push(...taken);
    left = left.filter((format) => taken.every((file) => file.format !== format));
  }
  requireDifferent(files);
  if (left.length > 1 && left.some((format) => !READ.has(format))) throw noPlace(left);
  if (outputs.length > 0 && left.some((format) => !READ.has(format))) throw noPlace(left);
  const isPrettyWritten = files.some(({ format }) => format === 'pretty');
  const printed: readonly ReportFormat[] =
    left.length === 0 && !isPrettyWritten ? ['pretty'] : left;
  return { printed, files };
}

function readFormat(text: string): ReportFormat {
  const format = REPORT_FORMATS.find((candidate) => candidate === text);
  if (format !== undefined) return format;
  throw new ExactMatchError(
    'OPTION_INVALID',
    `--format must be one of ${REPORT_FORMATS.join(', ')}, or several with commas, got "${text}".`,
  );
}

function formatByEnding(path: string): ReportFormat | undefined {
  return ENDINGS.find(([ending]) => path.toLowerCase().endsWith(ending))?.[1];
}

/** The files that a path without a telling end stands for. */
function filesAt(
  path: string,
  left: readonly ReportFormat[],
  wanted: readonly ReportFormat[],
): readonly OutputFile[] {
  const inFolder = left.filter((format) => NAMES[format] !== undefined);
  const isFolder = path.endsWith('/') || (extname(path) === '' && inFolder.length > 1);
  if (isFolder && inFolder.length > 0) {
    return inFolder.map((format) => ({ path: join(path, NAMES[format] ?? ''), format }));
  }
  const [only = 'pretty'] = inFolder.length > 0 ? inFolder : left;
  if (isFolder || inFolder.length > 1 || (left.length === 0 && wanted.length > 0)) {
    throw new ExactMatchError(
      'OPTION_INVALID',
      `--output "${path}" does not tell what to write there. Name it with an ending (${ENDINGS.map(([ending]) => ending).join(' ')}), or name forms for a folder by --format, such as --format json,junit --output reports/.`,
    );
  }
  const name = NAMES[only];
  return [{ path, format: only, ...(name === undefined ? {} : { name }) }];
}

function requireDifferent(files: readonly OutputFile[]): void {
  for (const [index, { path }] of files.entries()) {
    if (!files.slice(0, index).some((file) => file.path === path)) continue;
    throw new ExactMatchError(
      'OPTION_INVALID',
      `--output "${path}" would be written twice. Give each form a file of its own, or a folder.`,
    );
  }
}

function noPlace(left: readonly ReportFormat[]): ExactMatchError {
  const machine = left.filter((format) => !READ.has(format));
  return new ExactMatchError(
    'OPTION_INVALID',
    `--format ${machine.join(',')} has no place to be written to beside the others. Give a folder (--output reports/) or a file for it (--output report.json).`,
  );
}
