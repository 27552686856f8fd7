import type { Finding } from '../finding.ts';
import { jsonErrorOffset } from '../spec/json-error.ts';
import { jsonLocator } from '../spec/json-text.ts';
import { tokens } from '../spec/pointer.ts';
import { positionAt } from '../spec/source.ts';
import { type Extent, type Frame, frameOf } from './frame.ts';
import type { MessageText } from './message-text.ts';

/** The lines of a message around what a finding is about. */
export function messageFrame(message: MessageText, finding: Finding): Frame | undefined {
  const { start, headers, body } = message;
  const head = start === undefined ? [] : [start, ...headerLines(headers), ''];
  const [, part] = finding.code.replace(/^pact\./, '').split('.');
  const isInBody = part === 'body' && finding.at !== 'content-type' && body !== undefined;
  if (isInBody) return bodyFrame(message, body, finding);
  const place = start === undefined ? undefined : headPlace(start, head, finding);
  // The empty line ends the head: nobody needs to see it.
  return place && frameOf(head.slice(0, -1), place, false);
}

function headerLines(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
}

function bodyFrame({ isJson }: MessageText, body: string, finding: Finding): Frame {
  const position = isJson
    ? jsonLocator(body)(tokens(finding.at) ?? [])
    : positionAt(body, finding.code.endsWith('.malformed') ? errorOffset(body) : 0);
  const lines = linesAround(body, position.line - 1);
  const from = position.column - 1;
  const text = lines.texts[lines.at] ?? '';
  const to = isJson ? text.replace(/[\s,{[]+$/, '').length : from + 1;
  return frameOf(lines.texts, { line: lines.at, from, to }, false);
}

function errorOffset(text: string): number {
  try {
    return Math.min(jsonErrorOffset(text), Math.max(0, text.length - 1));
  } catch {
    return 0;
  }
}

/** The lines that a frame can need, and which of them was asked for; the text may be of megabytes. */
function linesAround(
  text: string,
  line: number,
): { readonly texts: readonly string[]; readonly at: number } {
  let start = 0;
  const first = Math.max(0, line - 1);
  for (let skipped = 0; skipped < first; skipped += 1) start = text.indexOf('\n', start) + 1;
  const texts: string[] = [];
  for (let number = first; number <= line + 1 && start <= text.length; number += 1) {
    const end = text.indexOf('\n', start);
    texts.push(text.slice(start, end === -1 ? undefined : end));
    start = end === -1 ? text.length + 1 : end + 1;
  }
  return { texts, at: line - first };
}

/** Where a finding about anything but the body lies: in the first line or in a header. */
function headPlace(
  start: string,
  head: readonly string[],
  { code, at }: Finding,
): Extent | undefined {
  const [, part] = code.replace(/^pact\./, '').split('.');
  const header = headerName(code, at);
  if (header !== undefined) {
    const line = head.findIndex((text) => text.toLowerCase().startsWith(`${header}:`));
    if (line > 0) return { line, from: 0, to: (head[line] ?? '').length };
  }
  const space = start.indexOf(' ') + 1;
  const mark = start.indexOf('?');
  if (part === 'method') return { line: 0, from: 0, to: Math.max(space - 1, 1) };
  if (part === 'path') return { line: 0, from: space, to: mark === -1 ? start.length : mark };
  if (part === 'query') return queryPlace(start, mark, at);
  return { line: 0, from: 0, to: start.length };
}

function headerName(code: string, at: string): string | undefined {
  if (code === 'request.security.missing') return 'authorization';
  if (code.includes('request.cookie.')) return 'cookie';
  if (at === 'content-type' || code.includes('.header.'))
    return at.replace(/\/.*$/s, '').toLowerCase();
  return undefined;
}

function queryPlace(start: string, mark: number, at: string): Extent {
  const name = at.replace(/\/.*$/s, '');
  let from = mark + 1;
  for (const pair of mark === -1 ? [] : start.slice(mark + 1).split('&')) {
    if (decode(pair.split('=', 1)[0] ?? '') === name) {
      return { line: 0, from, to: from + pair.length };
    }
    from += pair.length + 1;
  }
  return { line: 0, from: mark === -1 ? start.indexOf(' ') + 1 : mark, to: start.length };
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}
