/** A request as it travels; header names are in lower case. */
export interface Sent {
  readonly method: string;
  /** The path and the query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One of the reasons that Prism gives for a rejection. */
export interface PrismViolation {
  readonly path: readonly string[];
  readonly code: string;
  readonly message: string;
}

/** What Prism made of a request. */
export type PrismVerdict =
  | { readonly kind: 'accepted' }
  | {
      readonly kind: 'rejected';
      readonly status: number;
      readonly violations: readonly PrismViolation[];
    }
  /** An exception inside Prism, which its server does not catch. */
  | { readonly kind: 'crashed'; readonly reason: string }
  /** No answer at all. */
  | { readonly kind: 'silent' };
