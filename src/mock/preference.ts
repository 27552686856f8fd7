import type { RequestMessage } from '../check/message.ts';

/** What a client asks the mock for: by `Prefer`, or by query parameters where it cannot send headers. */
export interface Preference {
  /** The status to answer with. */
  readonly code: number | undefined;
  /** The name of the example to answer with. */
  readonly example: string | undefined;
  /** Whether to answer with made data rather than the first example. */
  readonly dynamic: boolean | undefined;
  /** What made data start from. */
  readonly seed: string | undefined;
  /** A value that cannot be understood; `undefined` when all can. */
  readonly mistake: string | undefined;
}

const NOTHING: Preference = {
  code: undefined,
  example: undefined,
  dynamic: undefined,
  seed: undefined,
  mistake: undefined,
};

/** One preference: a token, and a value that may be quoted. */
const PREFERENCE = /([^\s=;,"]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/g;

/**
 * Reads `Prefer: code=404, example=expired, dynamic=true`; without that header `?__code=404` and so on.
 * Other preferences, such as `return=minimal`, mean nothing here.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7240
 */
export function readPreference({ headers, query }: RequestMessage): Preference {
  const { prefer } = headers;
  if (prefer !== undefined) return toPreference(preferencesOf(prefer));
  if (!query.includes('__')) return NOTHING;
  const parameters = new URLSearchParams(query);
  return toPreference((name) => parameters.get(`__${name}`) ?? undefined);
}

/** The preferences of a header, by name; one without a value is `''`. */
export function preferencesOf(prefer: string): (name: string) => string | undefined {
  const found = new Map<string, string>();
  for (const [, name = '', quoted, plain] of prefer.matchAll(PREFERENCE)) {
    const key = name.toLowerCase();
    // RFC 7240, 2: of several preferences of one name, the first counts.
    if (!found.has(key)) found.set(key, quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '');
  }
  return (name) => found.get(name);
}

function toPreference(read: (name: string) => string | undefined): Preference {
  const code = read('code');
  const dynamic = read('dynamic');
  const mistakes: string[] = [];
  if (code !== undefined && !/^[1-5]\d\d$/.test(code)) {
    mistakes.push(`code must be a status from 100 to 599, got "${code}"`);
  }
  if (dynamic !== undefined && dynamic !== 'true' && dynamic !== 'false') {
    mistakes.push(`dynamic must be true or false, got "${dynamic}"`);
  }
  return {
    code: code === undefined ? undefined : Number(code),
    example: read('example'),
    dynamic: dynamic === undefined ? undefined : dynamic === 'true',
    seed: read('seed'),
    mistake: mistakes.length > 0 ? mistakes.join('; ') : undefined,
  };
}
