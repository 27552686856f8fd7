import type { Answer } from '../held-answer.ts';
import type { Entry } from '../store/store.ts';
import type { Context } from './context.ts';

/** The entity tag of an item, weak as those of OData services are. */
export function etagOf({ version }: Pick<Entry, 'version'>): string {
  return `W/"${version}"`;
}

/**
 * Tells whether an entity tag is in a list of them; `*` is any. Weak and strong ones are not told
 * apart: OData services give weak ones and take them in `If-Match`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1
 */
export function matches(list: string, etag: string): boolean {
  if (list.trim() === '*') return true;
  const opaque = (tag: string) => tag.replace(/^W\//i, '');
  return list.match(/(?:W\/)?"[^"]*"/gi)?.some((tag) => opaque(tag) === opaque(etag)) ?? false;
}

/**
 * The refusal of a request that asks for another version than there is: by `If-Match`, or, where it
 * changes something, by `If-None-Match`, whose `*` asks for nothing to be there.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1
 */
export function versionRefusal(
  { message: { headers }, operation }: Context,
  entry: Entry | undefined,
): Answer | undefined {
  const [match, other] = [headers['if-match'], headers['if-none-match']];
  if (match !== undefined && !(entry && matches(match, etagOf(entry)))) return changedMeanwhile();
  const isRefused = other !== undefined && entry !== undefined && matches(other, etagOf(entry));
  if (!isRefused || operation.method === 'GET') return undefined;
  const reason = 'There is an item, of a version that If-None-Match does not want.';
  return { kind: 'refusal', status: 412, reason };
}

/** The refusal of a change whose `If-Match` asks for another version. */
export function changedMeanwhile(): Answer {
  const reason =
    'The item is not of the version that If-Match asks for: it has been changed, or is gone.';
  return { kind: 'refusal', status: 412, reason };
}
