import { separatorOf } from '../check/given-headers.ts';
import type { HeaderValues } from '../check/message.ts';
import { isObject, type JsonObject } from '../json.ts';
import { EntryError, listAt } from './reading.ts';
import { kindOf } from './shape.ts';

/**
 * The headers of a message in a HAR, by lower-case name.
 *
 * The pseudo-headers of HTTP/2 are none. Several of one name are joined, as are the lines that browsers
 * put into one. Cookies stand for their header where a capture has them alone.
 */
export function readHarHeaders(message: JsonObject, side: 'request' | 'response'): HeaderValues {
  const values = new HeaderRecord();
  const path = `${side}.headers`;
  for (const header of listAt(message, 'headers', path)) {
    if (!isObject(header)) throw new EntryError(`\`${path}\` has ${kindOf(header)} in it`);
    const { name: written, value } = header;
    if (typeof written !== 'string') throw new EntryError(`\`${path}\` has one without a name`);
    if (written.startsWith(':') || value === null || value === undefined) continue;
    if (typeof value === 'object') {
      throw new EntryError(`\`${path}\` has ${kindOf(value)} as the value of ${written}`);
    }
    const name = written.toLowerCase();
    const text = String(value).trim();
    add(values, name, text.includes('\n') ? text.replaceAll(LINES, separatorOf(name)) : text);
  }
  const cookieHeader = side === 'request' ? 'cookie' : 'set-cookie';
  if (values[cookieHeader] === undefined) {
    for (const cookie of listAt(message, 'cookies', `${side}.cookies`)) {
      const text = isObject(cookie) ? cookieText(cookie) : undefined;
      if (text !== undefined) add(values, cookieHeader, text);
    }
  }
  return values;
}

/** A record without inherited names, made faster than by `Object.create(null)`. */
class HeaderRecord {
  [name: string]: string;
}
Object.setPrototypeOf(HeaderRecord.prototype, null);
Reflect.deleteProperty(HeaderRecord.prototype, 'constructor');

const LINES = /\s*\n\s*/g;

function add(values: Record<string, string>, name: string, text: string): void {
  const known = values[name];
  values[name] = known === undefined ? text : `${known}${separatorOf(name)}${text}`;
}

function cookieText({ name, value }: JsonObject): string | undefined {
  return typeof name === 'string' && typeof value === 'string' ? `${name}=${value}` : undefined;
}
