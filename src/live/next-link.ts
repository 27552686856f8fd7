import { isObject, type Json, own } from '../json.ts';
import type { Answered } from './run.ts';

/** The properties in which lists say where their next page is; the last ones one level down. */
const NAMES = ['@odata.nextLink', 'nextLink', 'next_link', 'next', 'nextPage', 'next_page'];
const GROUPS = ['links', '_links', 'paging', 'pagination', 'meta'];

/**
 * The link from a page of a list to the next one: of the header `Link`, or of the properties that are
 * used for it; `undefined` when there is none.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8288#section-3
 */
export function nextLinkOf({ response, body }: Answered): string | undefined {
  const header = response.headers['link'] ?? '';
  for (const [, target, parameters = ''] of header.matchAll(/<([^>]*)>([^<]*)/g)) {
    if (/;\s*rel="?(?:[^"]*\s)?next(?:\s[^"]*)?"?(?:[;,\s]|$)/i.test(parameters)) return target;
  }
  if (!isObject(body)) return undefined;
  for (const owner of [body, ...GROUPS.map((name) => own(body, name))]) {
    const found = isObject(owner) ? NAMES.map((name) => linkIn(own(owner, name))) : [];
    const link = found.find((each) => each !== undefined);
    if (link !== undefined) return link;
  }
  return undefined;
}

/** A URL or a query; a number or a bare token is none. */
function linkIn(value: Json | undefined): string | undefined {
  const text = isObject(value) ? own(value, 'href') : value;
  return typeof text === 'string' && /^(?:https?:\/\/|\/|\?)/.test(text) ? text : undefined;
}
