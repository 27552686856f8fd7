import type { Collection } from '../../check/resource.ts';
import { isArray } from '../../json.ts';
import { follow } from '../../spec/node.ts';
import { type Operation, parametersOf } from '../../spec/operation.ts';
import { remembered, type Spec } from '../../spec/spec.ts';
import type { Answer } from '../held-answer.ts';
import { type ListQuery, readQuery } from '../odata/query.ts';
import type { Context } from './context.ts';
import { navigationOf } from './expand.ts';
import { propertiesOf } from './item-properties.ts';
import { SKIP_TOKEN } from './page.ts';
import { propertyTypes } from './property-types.ts';

/** What OData calls system query options, and this mock knows. */
const KNOWN: ReadonlySet<string> = new Set(
  '$filter $search $orderby $skip $top $count $select $expand'.split(' '),
);

/** A query that was understood. */
export interface Reading {
  readonly kind: 'query';
  readonly query: ListQuery;
}

/** The query options that the document declares for the operation, read; or why they cannot be. */
export function queryOf(
  context: Context,
  collection: Collection,
): Reading | Extract<Answer, { kind: 'refusal' }> {
  const { spec, operation, message, now } = context;
  if (message.query === '') return plainQuery(spec, collection);
  const texts: Record<`$${string}`, string | undefined> = {};
  const given = new URLSearchParams(message.query);
  for (const { name, in: place } of parametersOf(spec, operation)) {
    if (place !== 'query' || !KNOWN.has(name)) continue;
    texts[name as `$${string}`] = given.get(name) ?? undefined;
  }
  // The mock's own links carry it, where a document has no `$skip`.
  texts.$skip ??= given.get(SKIP_TOKEN) ?? undefined;
  const reading = readQuery(texts, propertyTypes(spec, collection.schema), {
    now: () => new Date(now),
    navigation: [...navigationOf(spec, collection).keys()],
    expandable: texts.$expand === undefined ? [] : inlineOf(spec, operation, collection),
  });
  if (reading.kind === 'query') return reading;
  const { option, position, reason } = reading;
  const text = `${option} cannot be understood at position ${position}: ${reason}`;
  return { kind: 'refusal', status: 400, reason: text };
}

const plainQueries = remembered(() => new Map<string, Reading>());

/** What is asked for where nothing is. */
function plainQuery(spec: Spec, collection: Collection): Reading {
  const known = plainQueries(spec);
  let reading = known.get(collection.itemTemplate);
  if (!reading) {
    const navigation = [...navigationOf(spec, collection).keys()];
    const read = readQuery({}, () => undefined, { navigation });
    if (read.kind !== 'query') throw new Error('A query without options has no mistakes');
    reading = read;
    known.set(collection.itemTemplate, reading);
  }
  return reading;
}

/** The properties of an item that the document lists for `$expand`: what a client has written of them. */
function inlineOf(spec: Spec, operation: Operation, { schema }: Collection): readonly string[] {
  const { names } = propertiesOf(spec, schema);
  const parameter = parametersOf(spec, operation).find(({ name }) => name === '$expand');
  const listed = parameter && follow(parameter.node, '/schema/items/enum')?.value;
  return isArray(listed) ? listed.map(String).filter((name) => names.has(name)) : [];
}
