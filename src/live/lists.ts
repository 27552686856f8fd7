import type { Collection } from '../check/resource.ts';
import { type Operation, operationAt, parametersOf } from '../spec/operation.ts';
import { findRoute } from '../spec/route.ts';
import type { Binding } from './binding.ts';
import type { Owned } from './created.ts';
import type { Draft } from './draft.ts';
import { providerFinding } from './finding.ts';
import { itemsIn, keysIn } from './ids.ts';
import { nextLinkOf } from './next-link.ts';
import { isDraft, minimalDraft, takesOne } from './right-draft.ts';
import { type Answered, isSuccess, type Run } from './run.ts';

/** Of one list, at most so many pages are read. */
const PAGES = 8;
/** A list of fewer items without a link to more is all there is. */
const SHORT = 10;

/**
 * Reads a list: what was created must be in it, a page must not have more items than asked for, and
 * the pages must come to an end and have each item once.
 */
export async function* checkList(
  run: Run,
  collection: Collection,
  parents: Binding,
  owned: Owned | undefined,
): AsyncGenerator<void> {
  const operation = operationAt(run.spec, 'GET', collection.template);
  const draft = operation && minimalDraft(run, operation, parents);
  if (!draft || !isDraft(draft)) return;
  const whole = await walk(run, collection, draft, { owned });
  yield;
  const sized = whole.keys.length > 1 ? pageOfOne(run, draft) : undefined;
  if (!sized) return;
  const paged = await walk(run, collection, sized.draft, { size: sized.name });
  yield;
  if (!paged.isTwice) return;
  // Somebody else may have added an item in between: it must happen again.
  await walk(run, collection, sized.draft, { isJudged: true });
}

interface Walking {
  readonly owned?: Owned | undefined;
  /** The parameter that asks for one item. */
  readonly size?: string;
  /** Whether an item that is there twice is reported. */
  readonly isJudged?: boolean;
}

interface Walked {
  readonly keys: readonly string[];
  readonly isTwice: boolean;
}

async function walk(
  run: Run,
  collection: Collection,
  start: Draft,
  { owned, size, isJudged = false }: Walking,
): Promise<Walked> {
  const { operation } = start;
  const keys = new Set<string>();
  const followed = new Set<string>();
  let isTwice = false;
  let draft: Draft | undefined = start;
  for (let page = 1; draft && page <= PAGES; page += 1) {
    const current: Draft = draft;
    const answer: Answered | undefined = await run.perform({
      draft: current,
      what: page === 1 ? whatOf(size) : `page ${page}`,
      expects: 'success',
      after: page === 1 ? [] : [start],
      compare: (found) => {
        if (!isSuccess(found)) return [];
        const there = keysIn(run, collection, operation, found).map(String);
        const twice = there.find((key) => keys.has(key));
        isTwice ||= twice !== undefined || followed.has(current.query ?? '');
        for (const key of there) keys.add(key);
        followed.add(current.query ?? '');
        const link = nextLinkOf(found);
        const isEnd = link === undefined && (page > 1 || there.length < SHORT);
        return [
          ...(size === undefined || page > 1 ? [] : tooMany(run, operation, size, found)),
          ...(isJudged && isTwice ? [repeating(operation, twice)] : []),
          ...(owned && isEnd && !keys.has(String(owned.key)) ? [lost(operation, owned)] : []),
        ];
      },
    });
    const link = answer && isSuccess(answer) ? nextLinkOf(answer) : undefined;
    draft = link === undefined || isTwice ? undefined : follow(run, start, link);
  }
  return { keys: [...keys], isTwice };
}

function whatOf(size: string | undefined): string {
  return size === undefined ? 'as a list' : `with \`${size}\` as 1`;
}

/** The page that a link leads to; links to other hosts and other operations are not followed. */
function follow(run: Run, start: Draft, link: string): Draft | undefined {
  const base = run.base();
  const url = URL.parse(link, `${base}${run.pathOf(start)}`);
  if (!url || url.origin !== new URL(base).origin) {
    run.skip('pages whose link leads to another host');
    return undefined;
  }
  const route = findRoute(run.spec, 'GET', url.pathname);
  const isSame = route.kind === 'found' && route.operation === start.operation;
  return isSame ? { ...start, query: url.search.slice(1) } : undefined;
}

/** The names by which a page is given its size; others may mean something else. */
const SIZES =
  /^(?:\$?top|limit|page_?size|per_?page|max_?results|max_?items|first|count_per_page)$/i;

function pageOfOne(
  run: Run,
  draft: Draft,
): { readonly draft: Draft; readonly name: string } | undefined {
  const parameter = parametersOf(run.spec, draft.operation).find(
    ({ name, in: place }) => place === 'query' && SIZES.test(name),
  );
  if (!parameter || !takesOne(run.spec, parameter)) return undefined;
  const { name } = parameter;
  const values = { ...draft.values, query: { ...draft.values.query, [name]: 1 } };
  return { name, draft: { ...draft, values } };
}

type Findings = readonly ReturnType<typeof providerFinding>[];

function tooMany(run: Run, operation: Operation, size: string, { body }: Answered): Findings {
  const { length } = itemsIn(run, operation, body);
  if (length <= 1) return [];
  const text = `${operation.method} ${operation.path} ignores \`${size}\`: 1 item was asked for, and ${length} came.`;
  const parameter = parametersOf(run.spec, operation).find(({ name }) => name === size);
  const details = { at: size, expected: 1, actual: length };
  return [
    providerFinding('provider.parameter.ignored', text, parameter?.node ?? operation.node, details),
  ];
}

function repeating(operation: Operation, key: string | undefined): Findings[number] {
  const what =
    key === undefined ? 'a page comes again' : `the item ${JSON.stringify(key)} is on two pages`;
  const text = `The pages of ${operation.method} ${operation.path} do not come to an end, or overlap: ${what}.`;
  return providerFinding('provider.list.paging', text, operation.node, { actual: key });
}

function lost(operation: Operation, { key, request }: Owned): Findings[number] {
  const text = `${operation.method} ${operation.path} does not have the item ${JSON.stringify(key)} that ${request.operation.id} created.`;
  return providerFinding('provider.item.lost', text, operation.node, { expected: key });
}
