import { isUtf8 } from 'node:buffer';
import type { Content, HeaderValues } from '../check/message.ts';
import { redactBody, redactHeaders, redactQuery } from '../check/redact.ts';
import type { ProxiedExchange } from './exchange.ts';

interface Pair {
  readonly name: string;
  readonly value: string;
}

/**
 * What has passed as an entry of a HAR, without credentials.
 *
 * @see http://www.softwareishard.com/blog/har-12-spec/#entries
 */
export function toHarEntry(exchange: ProxiedExchange, secrets: ReadonlySet<string>): object {
  const { verdict, start, waited, milliseconds } = exchange;
  const wait = Math.round(waited);
  return {
    startedDateTime: new Date(start).toISOString(),
    time: Math.round(milliseconds),
    request: toHarRequest(exchange, secrets),
    response: toHarResponse(verdict, secrets),
    cache: {},
    timings: { send: 0, wait, receive: Math.max(0, Math.round(milliseconds) - wait) },
  };
}

function toHarRequest({ verdict, url }: ProxiedExchange, secrets: ReadonlySet<string>): object {
  const { method, query, headers, content } = verdict.request;
  const told = redactHeaders(headers, secrets);
  const safe = redactQuery(query, secrets);
  const mimeType = headers['content-type'] ?? '';
  return {
    method,
    url: query === '' ? url : url.slice(0, url.indexOf('?') + 1) + safe,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: pairsOf(told),
    queryString: [...new URLSearchParams(safe)].map(([name, value]) => ({ name, value })),
    headersSize: -1,
    bodySize: sizeOf(content),
    ...(content.kind === 'none' ? {} : { postData: { mimeType, ...textOf(content, mimeType) } }),
  };
}

function toHarResponse(
  { response }: ProxiedExchange['verdict'],
  secrets: ReadonlySet<string>,
): object {
  const { status = 0, headers = {}, content = { kind: 'none' } as const } = response ?? {};
  const mimeType = headers['content-type'] ?? '';
  const told = redactHeaders(headers, secrets);
  return {
    status,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: pairsOf(told),
    content: { size: Math.max(0, sizeOf(content)), mimeType, ...textOf(content, mimeType) },
    redirectURL: told['location'] ?? '',
    headersSize: -1,
    bodySize: -1,
  };
}

function pairsOf(headers: HeaderValues): readonly Pair[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value }],
  );
}

function sizeOf(content: Content): number {
  if (content.kind === 'none') return 0;
  return content.kind === 'bytes' ? content.bytes.length : -1;
}

/** Text as text, other bytes in base64; nothing where the body was too large to be kept. */
function textOf(content: Content, mimeType: string): object {
  if (content.kind !== 'bytes') return content.kind === 'none' ? {} : { comment: 'not kept' };
  if (!isUtf8(content.bytes)) {
    return { text: Buffer.from(content.bytes).toString('base64'), encoding: 'base64' };
  }
  return { text: redactBody(Buffer.from(content.bytes).toString(), mimeType) };
}
