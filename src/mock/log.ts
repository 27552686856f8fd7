import type { RequestMessage } from '../check/message.ts';
import type { Finding } from '../finding.ts';
import type { Reply } from './reply.ts';

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

/** Query parameters that carry credentials: SAS signatures, keys and tokens. */
const SECRET =
  /^(?:sig|signature|token|access_token|id_token|code|key|api_?key|password|secret|client_secret)$/i;

/** Makes the log entry of a reply; the values of query parameters that look secret are left out. */
export function toLogEntry(
  { method, path, query }: Pick<RequestMessage, 'method' | 'path' | 'query'>,
  { operation, status, findings }: Reply,
  milliseconds: number,
): LogEntry {
  return {
    time: new Date().toISOString(),
    method,
    path: query === '' ? path : `${path}?${redact(query)}`,
    operation: operation?.id,
    status,
    milliseconds: Math.round(milliseconds * 100) / 100,
    findings,
  };
}

/** Writes a log entry: one line of JSON, or a line for people with the findings below it, indented. */
export function formatLogEntry(entry: LogEntry, format: LogFormat): string {
  if (format === 'json') return JSON.stringify(entry);
  const { method, path, operation, status, milliseconds, findings } = entry;
  const count =
    findings.length === 0 ? '' : ` ${findings.length} finding${findings.length === 1 ? '' : 's'}`;
  const head = `${method} ${path} ${operation ?? '-'} ${status} ${milliseconds} ms${count}`;
  const lines = findings.map(
    ({ code, message, spec }) =>
      `  ${message}\n    ${code}, ${spec.file}:${spec.line}:${spec.column}`,
  );
  return [head, ...lines].join('\n');
}

function redact(query: string): string {
  return query
    .split('&')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1);
      return SECRET.test(name) ? `${name}=[redacted]` : pair;
    })
    .join('&');
}
