import { typesOf } from '../../schema/types.ts';
import { child, children, objectChild } from '../../spec/node.ts';
import { type Operation, parametersOf, responseFor } from '../../spec/operation.ts';
import type { Node } from '../../spec/source.ts';
import { remembered, type Spec } from '../../spec/spec.ts';
import type { ReplyHeaders } from '../reply.ts';
import type { Context } from './context.ts';
import { pageUrl } from './page-link.ts';

/** Some of what was found, and what the answer says of it beside its body. */
interface PlainPage<T> {
  readonly items: readonly T[];
  readonly headers: ReplyHeaders;
}

const SIZES = ['limit', 'per_page', 'perPage', 'page_size', 'pageSize'];

/** The parameters by which the lists of an operation are paged, where it has no options of OData. */
interface Pager {
  readonly size: Counter | undefined;
  readonly page: Counter | undefined;
  readonly offset: Counter | undefined;
}

interface Counter {
  readonly name: string;
  readonly least: unknown;
  readonly usual: unknown;
}

const pagers = remembered(() => new WeakMap<Operation, Pager>());

function pagerOf(spec: Spec, operation: Operation): Pager {
  const known = pagers(spec);
  let pager = known.get(operation);
  if (!pager) {
    const counters = countersOf(spec, operation);
    const find = (...names: string[]) => counters.find(({ name }) => names.includes(name));
    pager = { size: find(...SIZES), page: find('page'), offset: find('offset') };
    known.set(operation, pager);
  }
  return pager;
}

/** The whole numbers in the query of an operation; none where it has a page size of OData. */
function countersOf(spec: Spec, operation: Operation): readonly Counter[] {
  const parameters = parametersOf(spec, operation).filter((parameter) => parameter.in === 'query');
  if (parameters.some(({ name }) => name === '$top' || name === '$skip')) return [];
  return parameters.flatMap(({ name, node }) => {
    const schema = child(node, 'schema');
    if (!schema || !isWhole(spec, schema)) return [];
    const [least, usual] = [child(schema, 'minimum')?.value, child(schema, 'default')?.value];
    return [{ name, least, usual }];
  });
}

function isWhole(spec: Spec, schema: Node): boolean {
  const types = typesOf(spec, schema);
  return types.has('integer') && !types.has('string');
}

/**
 * One page by the parameters that everyday APIs declare: `limit`, `per_page` or `page_size` with `page`
 * or `offset`. The header `Link` leads to the others, and a header for the total is true. `undefined`
 * where the document declares none of them, or nobody says how long a page is.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8288
 */
export function plainPage<T>(context: Context, items: readonly T[]): PlainPage<T> | undefined {
  const { size, page, offset } = pagerOf(context.spec, context.operation);
  if (!size && !offset) return undefined;
  const step = page ?? offset;
  const given = numberOf(context, size);
  // Without a way to the rest, only who asks for less gets less.
  const usual = step && size && typeof size.usual === 'number' ? size.usual : undefined;
  const length = given ?? usual ?? Number.POSITIVE_INFINITY;
  const first = page && (page.least === 0 || page.usual === 0) ? 0 : 1;
  const turn = Math.max(numberOf(context, page) ?? first, first) - first;
  const start = page && length < Number.POSITIVE_INFINITY ? turn * length : 0;
  const from = start + Math.max(numberOf(context, offset) ?? 0, 0);
  const cut = items.slice(from, from + length);
  const total = totalHeaders(context, items.length);
  if (!step || length < 1 || length === Number.POSITIVE_INFINITY)
    return { items: cut, headers: total };
  const last = Math.max(Math.ceil(items.length / length) - 1, 0);
  const now = page ? turn : Math.floor(from / length);
  const link = (rel: string, number: number) => {
    const value = page ? number + first : number * length;
    return `<${pageUrl(context, { [step.name]: value })}>; rel="${rel}"`;
  };
  const links = [
    ...(now > 0 ? [link('prev', now - 1)] : []),
    ...(now < last ? [link('next', now + 1), link('last', last)] : []),
    ...(now > 0 ? [link('first', 0)] : []),
  ];
  return { items: cut, headers: links.length > 0 ? { ...total, link: links.join(', ') } : total };
}

function numberOf({ parameters }: Context, counter: Counter | undefined): number | undefined {
  const value = counter && parameters.query[counter.name];
  return typeof value === 'number' ? value : undefined;
}

const TOTAL = /^(?:x-)?(?:pagination-)?total(?:[-_]?(?:count|items|results))?$/i;

/** What a declared header says of how many there are. */
function totalHeaders({ spec, operation }: Context, total: number): ReplyHeaders {
  const response = responseFor(spec, operation, 200);
  const declared = response && objectChild(response, 'headers');
  const named = declared ? [...children(declared)].filter(([name]) => TOTAL.test(name)) : [];
  return Object.fromEntries(named.map(([name]) => [name.toLowerCase(), String(total)]));
}
