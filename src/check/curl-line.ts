import { isUtf8 } from 'node:buffer';
import type { Content, RequestMessage } from './message.ts';
import { quoteWord, type ShellText } from './shell-word.ts';

/** How a request is told as a line of a shell. */
export interface CurlOptions {
  /** Splits a text at what is a variable of the shell in it. Default: nothing is. */
  readonly split?: (text: string) => ShellText;
  /** The variables that hold `user:password`, which `curl` encodes for HTTP Basic. */
  readonly users?: ReadonlySet<string>;
  /** How the answer is shown. Default: `-i`, with its headers. */
  readonly show?: '-i' | '-s';
}

/** What `curl` reads as a pattern for several URLs. */
const GLOB = /[[\]{}]/;
/** What `curl` would take out of a path. */
const DOTS = /\/\.\.?(?:\/|$)/;
const NO_USERS: ReadonlySet<string> = new Set();

/**
 * The line of a POSIX shell that sends a request with `curl`, to a server at that base URL.
 *
 * Bodies travel byte by byte: `@`, quotes and line ends mean nothing in them.
 */
export function curlLine(
  { method, path, query, headers, content }: RequestMessage,
  baseUrl: string,
  { split = (text) => [text], users = NO_USERS, show = '-i' }: CurlOptions = {},
): string {
  const url = baseUrl + path + (query === '' ? '' : `?${query}`);
  const body = bodyOf(content);
  // With -X HEAD, curl waits for a body; with -d and no -X, it sends a POST.
  const isSaid = method !== 'HEAD' && (method !== 'GET' || body !== undefined);
  const parts = ['curl', method === 'HEAD' && show === '-i' ? '-I' : show];
  if (method === 'HEAD' && show === '-s') parts.push('-I');
  if (isSaid) parts.push('-X', quoteWord([method]));
  if (GLOB.test(url)) parts.push('-g');
  if (DOTS.test(path)) parts.push('--path-as-is');
  parts.push(quoteWord(split(url)));
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) parts.push(...headerWords(name, split(value), users));
  }
  if (body === undefined) return parts.join(' ');
  if (headers['content-type'] === undefined) parts.push('-H', "'content-type:'");
  if (body.kind === 'bytes') return `${body.source} | ${parts.join(' ')} --data-binary @-`;
  parts.push(body.text.startsWith('@') ? '--data-raw' : '-d', quoteWord(split(body.text)));
  return parts.join(' ');
}

function headerWords(
  name: string,
  value: ShellText,
  users: ReadonlySet<string>,
): readonly string[] {
  const user = value.find((piece) => typeof piece !== 'string' && users.has(piece.variable));
  if (name === 'authorization' && user) return ['-u', quoteWord([user])];
  // With a colon and nothing behind it, curl would leave the header away.
  if (value.every((piece) => piece === '')) return ['-H', quoteWord([`${name};`])];
  return ['-H', quoteWord([`${name}: `, ...value])];
}

type Body =
  | { readonly kind: 'text'; readonly text: string }
  /** What no argument can hold; `source` is a command that writes it. */
  | { readonly kind: 'bytes'; readonly source: string };

function bodyOf(content: Content): Body | undefined {
  if (content.kind === 'none' || content.kind === 'unseen') return undefined;
  if (content.kind === 'value') return { kind: 'text', text: JSON.stringify(content.value) };
  const bytes = content.kind === 'bytes' ? content.bytes : Buffer.from(content.text);
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes) || bytes.includes(0)) return { kind: 'bytes', source: printed(bytes) };
  return { kind: 'text', text: Buffer.from(bytes).toString() };
}

/** `%b` knows octal escapes: a zero and at most three digits. */
function printed(bytes: Uint8Array): string {
  const escaped = [...bytes].map((byte) => {
    const text = String.fromCharCode(byte);
    return /[\w ,.:;=/-]/.test(text) ? text : `\\0${byte.toString(8).padStart(3, '0')}`;
  });
  return `printf %b '${escaped.join('')}'`;
}
