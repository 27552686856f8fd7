import type { Json } from '../json.ts';
import type { Loss } from './given-value.ts';

/**
 * What a message carries.
 *
 * `text` and `bytes` are as they travelled and are read by the media type; `value` is what somebody
 * has read already, with the first place where what they hold is no JSON. `unseen` is what nobody
 * kept: only its media type can be judged.
 */
export type Content =
  | { readonly kind: 'none' }
  | { readonly kind: 'unseen' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'value'; readonly value: Json; readonly loss?: Loss };

/** A body as it travelled. */
export type UnreadContent = Extract<Content, { readonly kind: 'text' | 'bytes' }>;

/** Header values by lower-case name; several fields of one name are joined by `, ` (RFC 9110, 5.3). */
export type HeaderValues = Readonly<Record<string, string | undefined>>;

/** A request, read and ready to be judged. */
export interface RequestMessage {
  /** In capitals. */
  readonly method: string;
  /** The path, percent-encoded as it travelled, without the query. */
  readonly path: string;
  /** The query as it travelled, without `?`; `''` when there is none. */
  readonly query: string;
  readonly headers: HeaderValues;
  readonly content: Content;
}

/** A response, read and ready to be judged. */
export interface ResponseMessage {
  readonly status: number;
  readonly headers: HeaderValues;
  readonly content: Content;
}

/** How messages are judged. */
export interface CheckOptions {
  /** Whether properties and query parameters that the document does not name are findings. */
  readonly strict?: boolean;
}

/** Tells whether nothing is known of a body, not even its media type or whether there was one. */
export function isUnknown({ headers, content }: RequestMessage | ResponseMessage): boolean {
  return content.kind === 'unseen' && headers['content-type'] === undefined;
}

/** Tells whether a message carries no body: none at all, or one of no bytes. */
export function isEmpty(content: Content): boolean {
  if (content.kind === 'text') return content.text === '';
  return content.kind === 'none' || (content.kind === 'bytes' && content.bytes.length === 0);
}
