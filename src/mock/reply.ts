import type { Finding } from '../finding.ts';
import type { Operation } from '../spec/operation.ts';

/** Header values by lower-case name. */
export type ReplyHeaders = Readonly<Record<string, string>>;

/** What the mock answers. */
export interface Reply {
  readonly status: number;
  readonly headers: ReplyHeaders;
  /** As it travels; `''` for none. */
  readonly body: string | Uint8Array;
  /** The operation that was asked, if the request matched one. */
  readonly operation: Operation | undefined;
  /** What the request breaks. */
  readonly findings: readonly Finding[];
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

/** What is told of a request besides itself. */
export interface Correlation {
  /** Fresh for every request. */
  readonly requestId: string;
  /** The client's own, echoed. */
  readonly clientRequestId: string | undefined;
  /** When the request came. */
  readonly date: Date;
}
