import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeRequest } from '../check/request.ts';
import type { KeptResult } from '../report/keep.ts';
import type { Operation } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import type { Satisfaction } from './matchers.ts';

/** Writes down what a matcher has seen. */
export type Recorder = (seen: Satisfaction, origin: string) => Promise<void>;

/** One thing that a matcher has seen, as a line of a file of JSON lines. */
export interface RecordedLine {
  /** The URI of the document, or the name of the file beside this one that holds it. */
  readonly document: { readonly uri: string } | { readonly inline: string };
  /** What was found; left out where nobody can tell which operation answered. */
  readonly result?: KeptResult;
}

/**
 * Makes what writes down what matchers see, into a file of its own in a folder; several workers
 * write into the same folder. A folder that is gone is of no matter: the tests go on.
 */
export function createRecorder(folder: string): Recorder {
  const file = join(folder, `${randomUUID()}.ndjson`);
  const written = new Set<string>();
  return async (seen, origin) => {
    const line: RecordedLine = {
      document: documentOf(seen.spec, folder, written),
      ...(await resultOf(seen, origin)),
    };
    try {
      appendFileSync(file, `${JSON.stringify(line)}\n`);
    } catch {
      // Nobody waits for it any more.
    }
  };
}

function documentOf(
  { root: { source } }: Spec,
  folder: string,
  written: Set<string>,
): RecordedLine['document'] {
  if (source.file !== '(inline)') return { uri: source.uri };
  const text = source.text();
  const inline = `${createHash('sha256').update(text).digest('hex').slice(0, 32)}.json`;
  if (!written.has(inline)) {
    written.add(inline);
    try {
      writeFileSync(join(folder, inline), text, { flag: 'wx' });
    } catch {
      // Another worker has written the same.
    }
  }
  return { inline };
}

async function resultOf(
  { spec, verdict, result }: Satisfaction,
  origin: string,
): Promise<Pick<RecordedLine, 'result'>> {
  const [operation, ...others] = verdict.operations;
  if (!operation || others.length > 0) return {};
  // Loaded here: without a reporter, tests start without it.
  const { keepResult } = await import('../report/keep.ts');
  const { message, findings, body } = verdict;
  const request = requestOf(verdict, operation);
  // A template in place of a URL would pass for parameters.
  const { parameters } = judgeRequest(spec, verdict.url === undefined ? UNKNOWN : request);
  const exchange = {
    ...{ request, response: message, operation, parameters, body: undefined },
    ...{ responseBody: body, requestFindings: [], responseFindings: findings },
  };
  const subject = `${operation.id} ${message.status}`;
  const isFailed = !result.pass;
  const exercised = { operation, parameters, status: message.status, responseBody: body, isFailed };
  const checked = { subject, operation: operation.id, origin, findings, exchange };
  return { result: keepResult(spec, checked, exercised) };
}

/** A request that is of no operation. */
const UNKNOWN = {
  method: '?',
  path: '',
  query: '',
  headers: {},
  content: { kind: 'none' },
} as const;

/** As much of the request as its response tells. */
function requestOf({ method, url }: Satisfaction['verdict'], operation: Operation) {
  const target = URL.parse(url ?? operation.path, 'http://localhost');
  return {
    method: method ?? operation.method,
    path: url === undefined ? operation.path : (target?.pathname ?? url),
    query: target?.search.slice(1) ?? '',
    headers: {},
    content: { kind: 'none' },
  } as const;
}
