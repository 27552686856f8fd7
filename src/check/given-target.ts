import { describeGiven, unreadable } from './unreadable.ts';

/** The path and query of a request. */
export interface Target {
  readonly path: string;
  readonly query: string;
}

/** What a response answers, as far as it says so. */
export interface Asked {
  /** In capitals. */
  readonly method: string | undefined;
  /** Absolute, or a path with its query. */
  readonly url: string | undefined;
}

/**
 * The path and query of an absolute URL, or of a path that begins with `/`; as they travel.
 *
 * @throws {ExactMatchError} `MESSAGE_UNREADABLE` when it is neither.
 */
export function readTarget(url: unknown): Target {
  const text = url instanceof URL ? url.href : url;
  if (typeof text !== 'string') throw noUrl(text);
  if (text.startsWith('/')) return split(text);
  const absolute = /^https?:\/\//i.test(text) ? URL.parse(text) : null;
  if (!absolute) throw noUrl(text);
  return { path: absolute.pathname, query: absolute.search.slice(1) };
}

/**
 * A method in capitals.
 *
 * @throws {ExactMatchError} `MESSAGE_UNREADABLE` when it is none.
 */
export function readMethod(method: unknown): string {
  if (typeof method === 'string' && /^[!#$%&'*+.^`|~\w-]+$/.test(method))
    return method.toUpperCase();
  throw unreadable('request', `its method is ${describeGiven(method)}`, 'Give one such as "GET".');
}

/** What a response says that it answers; what it leaves empty is unknown. */
export function readAsked(method: unknown, url: unknown): Asked {
  const address = url instanceof URL ? url.href : url;
  return {
    method: typeof method === 'string' && method !== '' ? method.toUpperCase() : undefined,
    url: typeof address === 'string' && address !== '' ? address : undefined,
  };
}

/** The member of a member of something unknown; `undefined` where there is none, or `null`. */
export function member(value: unknown, ...names: readonly string[]): unknown {
  let found = value;
  for (const name of names) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[name];
  }
  return found ?? undefined;
}

function split(text: string): Target {
  const [target = ''] = text.split('#', 1);
  const mark = target.indexOf('?');
  return mark === -1
    ? { path: target, query: '' }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

function noUrl(given: unknown): Error {
  return unreadable(
    'request',
    `its url is ${describeGiven(given)}`,
    'Give an absolute http(s) URL, or a path that begins with "/".',
  );
}
