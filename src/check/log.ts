import type { Finding } from '../finding.ts';
import type { Operation } from '../spec/operation.ts';
import type { RequestMessage } from './message.ts';
import { redactFinding, redactQuery } from './redact.ts';

/** One request and its reply, as the log tells of it; it holds neither tokens nor bodies. */
export interface LogEntry {
  readonly time: string;
  readonly method: string;
  readonly path: string;
  /** The `operationId`; `undefined` when no operation matched. */
  readonly operation: string | undefined;
  readonly status: number;
  readonly milliseconds: number;
  readonly findings: readonly Finding[];
}

/** How log entries are written. */
export type LogFormat = 'pretty' | 'json';

/** What is told of an answer. */
export interface Answered {
  readonly operation: Operation | undefined;
  readonly status: number;
  readonly findings: readonly Finding[];
}

/** Makes the log entry of a reply; the values of query parameters that look secret are left out. */
export function toLogEntry(
  { method, path, query }: Pick<RequestMessage, 'method' | 'path' | 'query'>,
  { operation, status, findings }: Answered,
  milliseconds: number,
  secrets: ReadonlySet<string>,
): LogEntry {
  return {
    time: new Date().toISOString(),
    method,
    path: query === '' ? path : `${path}?${redactQuery(query, secrets)}`,
    operation: operation?.id,
    status,
    milliseconds: Math.round(milliseconds * 100) / 100,
    findings: findings.map((finding) => redactFinding(finding, secrets)),
  };
}

/** Writes a log entry: one line of JSON, or a line for people with the findings below it, indented. */
export function formatLogEntry(entry: LogEntry, format: LogFormat): string {
  if (format === 'json') return JSON.stringify(entry);
  const { method, path, operation, status, milliseconds, findings } = entry;
  const count =
    findings.length === 0 ? '' : ` ${findings.length} finding${findings.length === 1 ? '' : 's'}`;
  const head = `${method} ${path} ${operation ?? '-'} ${status} ${milliseconds} ms${count}`;
  const lines = findings.flatMap(({ code, message: text, spec }) => [
    `  ${text.replaceAll('\n', '\\n')}`,
    `    ${code}, ${spec.file}:${spec.line}:${spec.column}`,
  ]);
  // One request is one entry: what a client sends must not look like another.
  return [head, ...lines].map(visible).join('\n');
}

/** A text with its control characters written out. */
function visible(text: string): string {
  return text.replaceAll(
    CONTROL,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
