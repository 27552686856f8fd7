import { type CurlOptions, curlLine } from '../check/curl-line.ts';
import type { RequestMessage } from '../check/message.ts';
import { quoteWord, type ShellText } from '../check/shell-word.ts';
import type { Owned } from './created.ts';
import { type Draft, toMessage, type Writing } from './draft.ts';
import { splitMarks } from './variable.ts';

/**
 * A line for a POSIX shell that sends a request again: first what was sent before it, then the request
 * itself. Tokens are variables of the environment; what the probe created is created anew, and its id
 * kept in a variable.
 *
 * @param url the base URL with the base path in front of the document's paths.
 */
export function reproductionOf(
  writing: Writing,
  url: string,
  draft: Draft,
  after: readonly Draft[] = [],
): string | undefined {
  const parts: string[] = [];
  const made = new Set<Owned>();
  for (const [index, step] of [...after, draft].entries()) {
    for (const owned of chainOf(step)) {
      if (made.has(owned)) continue;
      made.add(owned);
      parts.push(creationLine(writing, url, owned));
    }
    const isLast = index === after.length;
    const line = lineOf(writing, url, step, isLast ? '-i' : '-s');
    if (line === undefined) return undefined;
    parts.push(isLast ? line : `${line} -o /dev/null`);
  }
  return parts.filter((part) => part !== '').join(' && ');
}

/** What a request names that the probe created, and what that lies in, from the outside in. */
function chainOf({ binding }: Draft): readonly Owned[] {
  return binding.owned.flatMap((owned) => [...chainOf(owned.request), owned]);
}

function creationLine(writing: Writing, url: string, owned: Owned): string {
  const line = lineOf(writing, url, owned.request, '-s');
  if (line === undefined) return '';
  const { variable, taken } = owned;
  const encode = 'encodeURIComponent';
  if (taken.from === 'body') {
    const path = taken.way.map((step) => `[${JSON.stringify(step)}]`).join('');
    const script = `${encode}(JSON.parse(fs.readFileSync(0,"utf8"))${path})`;
    return `${variable}=$(${line} | node -p ${quoteWord([script])})`;
  }
  if (taken.from === 'location') {
    return `${variable}=$(${line} -o /dev/null -w '%header{location}' | sed 's|.*/||')`;
  }
  // Whoever sends the request names the item.
  return `${variable}=${quoteWord([encodeURIComponent(String(owned.key))])} && ${line} -o /dev/null`;
}

function lineOf(
  writing: Writing,
  url: string,
  draft: Draft,
  show: NonNullable<CurlOptions['show']>,
): string | undefined {
  const message = toMessage(writing, draft, 'marked');
  if (!message) return undefined;
  const { query, encoded } = withoutOddSecrets(writing, message.query);
  const pairs = writing.settings.tokens.filter(({ value }) => value.includes(':'));
  const users = isBasic(message) ? new Set(pairs.map(({ variable }) => variable)) : NOBODY;
  const line = curlLine({ ...message, query }, url, { split: splitMarks, users, show });
  return [line, ...encoded].join(' ');
}

const NOBODY: ReadonlySet<string> = new Set();

function isBasic({ headers }: RequestMessage): boolean {
  return headers['authorization']?.startsWith('Basic ') === true;
}

/** Secrets that a URL must encode are given to curl apart, which encodes them. */
function withoutOddSecrets(
  { settings }: Writing,
  query: RequestMessage['query'],
): { readonly query: string; readonly encoded: readonly string[] } {
  const odd = settings.tokens.filter(({ value }) => encodeURIComponent(value) !== value);
  if (odd.length === 0) return { query, encoded: [] };
  const kept: string[] = [];
  const encoded: string[] = [];
  for (const pair of query.split('&')) {
    const text: ShellText = splitMarks(pair);
    const isOdd = text.some(
      (piece) =>
        typeof piece !== 'string' && odd.some(({ variable }) => variable === piece.variable),
    );
    if (isOdd) encoded.push(`--url-query ${quoteWord(text)}`);
    else kept.push(pair);
  }
  return { query: kept.join('&'), encoded };
}
