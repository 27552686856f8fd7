/** Headers that say how a message travels: whoever sends it sets them, never a document. */
const FRAMING: ReadonlySet<string> = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'date',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
/** @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2 */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
/** What a header value cannot hold (RFC 9110, 5.5). */
const UNSENDABLE = /[^\t\x20-\x7e\x80-\xff]/;

/** Tells whether a header says how a message travels; by lower-case name. */
export function isFraming(name: string): boolean {
  return FRAMING.has(name);
}

/** Tells whether a document's header can be sent as it is: HTTP can carry it, and it does not frame the message. */
export function isSendable(name: string, value: string): boolean {
  return !FRAMING.has(name.toLowerCase()) && TOKEN.test(name) && !UNSENDABLE.test(value);
}
