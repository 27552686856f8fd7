import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shippedSpec } from '../check/shipped.ts';
import type { KeptResult } from '../report/keep.ts';
import { readSpec } from '../spec/load.ts';
import type { Spec } from '../spec/spec.ts';
import type { RecordedLine } from './record.ts';

/** What matchers have seen of one document. */
export interface Recording {
  readonly spec: Spec;
  readonly results: readonly KeptResult[];
  /** How many responses could have been of several operations. */
  readonly unknown: number;
}

/**
 * Reads what matchers have written into a folder, document by document.
 *
 * @throws {ExactMatchError} `SPEC_*` when a document is not there any more.
 */
export async function readRecordings(folder: string): Promise<readonly Recording[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ndjson')).sort();
  const found = new Map<string, RecordedLine[]>();
  for (const name of names) {
    for (const line of linesOf(await readFile(join(folder, name), 'utf8'))) {
      const key = JSON.stringify(line.document);
      const known = found.get(key);
      if (known) known.push(line);
      else found.set(key, [line]);
    }
  }
  const recordings: Recording[] = [];
  for (const lines of found.values()) {
    const [first] = lines;
    if (first) recordings.push(await toRecording(first.document, lines, folder));
  }
  // In an order that does not depend on which worker was first.
  return recordings.sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
}

function nameOf({ spec: { root } }: Recording): string {
  return `${root.source.file} ${root.source.text().length}`;
}

async function toRecording(
  document: RecordedLine['document'],
  lines: readonly RecordedLine[],
  folder: string,
): Promise<Recording> {
  const results = lines.flatMap(({ result }) => result ?? []);
  return {
    spec: await specOf(document, folder),
    results,
    unknown: lines.length - results.length,
  };
}

async function specOf(document: RecordedLine['document'], folder: string): Promise<Spec> {
  if ('inline' in document) {
    const text = await readFile(join(folder, document.inline), 'utf8');
    return readSpec(JSON.parse(text) as object);
  }
  const shipped = shippedSpec();
  if (document.uri === shipped.root.source.uri) return shipped;
  return readSpec(document.uri);
}

/** A worker that is ended at once leaves half a line. */
function linesOf(text: string): readonly RecordedLine[] {
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as RecordedLine];
    } catch {
      return [];
    }
  });
}
