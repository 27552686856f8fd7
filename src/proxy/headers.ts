import type { IncomingMessage } from 'node:http';

/** Headers that are of one connection, and never forwarded (RFC 9110, 7.6.1). */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'proxy-authorization'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade', 'expect'],
]);

/**
 * The header fields of a message that go on to the other side, as `rawHeaders` has them: names as they
 * were written, one after the other with their values, doubles kept.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1
 */
export function forwardedHeaders({ rawHeaders, headers }: IncomingMessage): readonly string[] {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const forwarded: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const key = name.toLowerCase();
    if (HOP_BY_HOP.has(key) || named.includes(key)) continue;
    forwarded.push(name, rawHeaders[index + 1] ?? '');
  }
  return forwarded;
}

/** The same fields with another value for `Host`. */
export function withHost(fields: readonly string[], host: string): readonly string[] {
  const changed: string[] = ['Host', host];
  for (let index = 0; index < fields.length; index += 2) {
    const name = fields[index] ?? '';
    if (name.toLowerCase() !== 'host') changed.push(name, fields[index + 1] ?? '');
  }
  return changed;
}
