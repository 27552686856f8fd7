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
