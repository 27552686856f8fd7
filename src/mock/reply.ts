import type { Finding } from '../finding.ts';
import type { Operation } from '../spec/operation.ts';

/** Header values by lower-case name. */
export type ReplyHeaders = Readonly<Record<string, string>>;

/** What the mock answers. */
export interface Reply {
  readonly status: number;
  /** Without those of the correlation; see {@link headersOf}. */
  readonly headers: ReplyHeaders;
  /** As it travels; `''` for none. */
  readonly body: string | Uint8Array;
  /** The operation that was asked, if the request matched one. */
  readonly operation: Operation | undefined;
  /** What the request breaks. */
  readonly findings: readonly Finding[];
  /** What it travels with besides its headers; `undefined` for a preflight, which is no answer of the API. */
  readonly correlation: Correlation | undefined;
  /** What goes wrong on the way to the client. */
  readonly fault?: ReplyFault | undefined;
}

/** What goes wrong with a reply on its way. */
export interface ReplyFault {
  /** Whether the connection is reset instead of answered. */
  readonly isReset: boolean;
  /** Bytes a second of the body; `undefined` for no limit. */
  readonly rate: number | undefined;
}

/** Who sends a request, and how the mock is called there. */
export interface Caller {
  /** What stands before the path: `http://127.0.0.1:4010`. */
  readonly origin: string;
  /** Whether the request comes from this machine. */
  readonly isLocal: boolean;
}

/** What tells a request from all others. */
export interface Correlation {
  /** Fresh for every request. */
  readonly requestId: string;
  /** The client's own, echoed. */
  readonly clientRequestId: string | undefined;
  /** When the request came, in milliseconds since 1970. */
  readonly time: number;
}

/** The headers that a reply travels with: names and values by turns. */
export function headerList({ headers, correlation }: Reply): string[] {
  const list: string[] = [];
  for (const name in headers) {
    // An example of the document has no place where the true one is.
    if (correlation && (name === 'request-id' || name === 'client-request-id')) continue;
    list.push(name, headers[name] ?? '');
  }
  if (!correlation) return list;
  const { requestId, clientRequestId } = correlation;
  list.push('request-id', requestId);
  if (clientRequestId !== undefined) list.push('client-request-id', clientRequestId);
  return list;
}

/** The headers that a reply travels with, by lower-case name. */
export function headersOf(reply: Reply): ReplyHeaders {
  const list = headerList(reply);
  const headers: Record<string, string> = {};
  for (let index = 0; index < list.length; index += 2) {
    headers[list[index] ?? ''] = list[index + 1] ?? '';
  }
  return headers;
}
