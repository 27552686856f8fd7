import { lengthOfMark } from './head.ts';
import { ValueScanner } from './scan-value.ts';

/** What a JSON file holds, by what it begins with. */
export type HeadKind =
  | 'har'
  /** An array of exchanges. */
  | 'array'
  /** One exchange a line. */
  | 'lines'
  /** One exchange, over several lines. */
  | 'whole'
  | 'pact'
  /** An OpenAPI document. */
  | 'document'
  /** Something else: the body of a message, if anything. */
  | 'body';

/** What was seen of a file. */
export interface HeadReading {
  readonly kind: HeadKind;
  /** The names of its members, as far as they were seen. */
  readonly names: readonly string[];
}

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const OPEN_OBJECT = 123;
const NEWLINE = 10;

/** Tells by its first bytes what a file holds; only its members' names are looked at. */
export function readHead(head: Buffer): HeadReading {
  const bytes = head.subarray(lengthOfMark(head));
  const start = skipSpace(bytes, 0);
  if (bytes[start] === OPEN_ARRAY) {
    const { names } = membersAt(bytes, skipSpace(bytes, start + 1));
    return { kind: names.includes('request') ? 'array' : 'body', names };
  }
  const { names, end } = membersAt(bytes, start);
  const has = (name: string) => names.includes(name);
  if (has('log')) return { kind: 'har', names };
  const isPact = has('interactions') || (has('consumer') && (has('provider') || has('messages')));
  if (isPact) return { kind: 'pact', names };
  if (has('openapi') || has('swagger')) return { kind: 'document', names };
  if (!has('request')) return { kind: 'body', names };
  const newline = bytes.indexOf(NEWLINE, start);
  const isBroken = newline !== -1 && newline < (end ?? bytes.length);
  return { kind: isBroken ? 'whole' : 'lines', names };
}

interface Members {
  readonly names: readonly string[];
  /** Where the object ends, if it does within these bytes. */
  readonly end?: number;
}

/** The names of an object's members, as far as they can be seen. */
function membersAt(bytes: Buffer, start: number): Members {
  const names: string[] = [];
  if (bytes[start] !== OPEN_OBJECT) return { names };
  let at = skipSpace(bytes, start + 1);
  while (bytes[at] === QUOTE) {
    const nameEnd = new ValueScanner().scan(bytes, at);
    if (nameEnd === -1) return { names };
    const name = bytes.toString('utf8', at + 1, nameEnd - 1);
    at = skipSpace(bytes, nameEnd);
    if (bytes[at] !== COLON) return { names };
    names.push(name);
    at = new ValueScanner().scan(bytes, skipSpace(bytes, at + 1));
    if (at === -1) return { names };
    at = skipSpace(bytes, at);
    if (bytes[at] === COMMA) at = skipSpace(bytes, at + 1);
  }
  return at < bytes.length ? { names, end: at + 1 } : { names };
}

function skipSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] ?? 0) <= 32) at += 1;
  return at;
}
