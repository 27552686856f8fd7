import { declares } from '../../check/declared.ts';
import { readJson } from '../../check/json-text.ts';
import type { Resource } from '../../check/resource.ts';
import { isObject, type JsonObject } from '../../json.ts';
import { operationAt, responseFor } from '../../spec/operation.ts';
import type { Answer } from '../held-answer.ts';
import { itemOf, toStored } from '../store/item.ts';
import { chain, type Entry, type Maybe, type Place } from '../store/store.ts';
import { uuidOf } from '../uuid.ts';
import { assemble, isItem, membersOf, shownOf, writableOf } from './assemble.ts';
import { attempt } from './attempt.ts';
import { missing } from './change.ts';
import { baseOf, type Context, objectBody, pathOf } from './context.ts';
import { etagOf, matches, versionRefusal } from './etag.ts';
import { answerIn, formOf } from './form.ts';
import { propertiesOf } from './item-properties.ts';
import { mergePatch } from './merge-patch.ts';
import { answerWith } from './represent.ts';

type Single = Extract<Resource, { kind: 'single' }>;

/** The key of what is the only one at its path. */
const KEY = '';

/** Answers requests for what there is only one of below an item. */
export function answerSingle(context: Context, single: Single): Maybe<Answer> {
  const { store, operation, scope } = context;
  const place = { scope, collection: pathOf(operation.path, context.parameters.path) };
  return attempt(() =>
    chain(
      store.get(place, KEY),
      (entry) => versionRefusal(context, entry) ?? answerAt(context, single, place, entry),
    ),
  );
}

function answerAt(
  context: Context,
  single: Single,
  place: Place,
  entry: Entry | undefined,
): Maybe<Answer | undefined> {
  const { store, operation, now } = context;
  const { method, path } = operation;
  if (method === 'GET') return read(context, single, entry);
  if (method === 'POST' && entry) return taken(context);
  if (method === 'POST' || (method === 'PUT' && !entry)) return make(context, single, place);
  if (!entry) return method === 'PATCH' ? begin(context, single, place) : absent(context, single);
  if (method === 'DELETE') {
    return chain(store.remove(place, KEY, entry.version), (isRemoved) =>
      isRemoved
        ? answerWith(context, { ...shown(single, entry, path), etag: undefined })
        : undefined,
    );
  }
  const value = changed(context, single, { item: itemOf(entry), order: entry.order });
  if (!value) return { kind: 'refusal', status: 400, reason: 'The change makes it invalid.' };
  return chain(
    store.replace(place, KEY, toStored(value, now), entry.version),
    (fresh) => fresh && answerWith(context, shown(single, fresh, path)),
  );
}

function read(context: Context, single: Single, entry: Entry | undefined): Maybe<Answer> {
  if (!entry) return absent(context, single);
  const etag = etagOf(entry);
  const seen = context.message.headers['if-none-match'];
  if (seen !== undefined && matches(seen, etag))
    return answerIn(formOf(context.spec, context.operation, 304), { etag });
  return answerWith(context, shown(single, entry, context.operation.path));
}

function shown({ schema }: Single, entry: Entry, template: string) {
  return { text: entry.text, etag: etagOf(entry), schema, template };
}

/** What nobody has to make is there, as the document's example has it. */
function absent(context: Context, { isMade }: Single): Maybe<Answer> {
  const name = context.operation.path.slice(context.operation.path.lastIndexOf('/') + 1);
  return isMade ? missing(context, name) : context.respond();
}

function taken({ spec, operation }: Context): Answer {
  const status = responseFor(spec, operation, 409) ? 409 : 400;
  const reason = 'There is one already. Change it with PATCH, or delete it first.';
  return { kind: 'refusal', status, reason };
}

function make(context: Context, single: Single, place: Place): Maybe<Answer | undefined> {
  const { spec, store, now, operation, message, scope } = context;
  const sent = objectBody(context) ?? (message.content.kind === 'none' ? {} : undefined);
  if (!sent) return context.respond();
  const body = writableOf(spec, single.schema, sent);
  return chain(store.count(scope, 'items'), (sequence) => {
    const id = uuidOf(`${context.seed} ${scope} ${sequence}`);
    const known = single.keyed ? [body, { id }] : [body];
    const value = assemble(spec, single.schema, known, { now, seed: sequence });
    if (!value) return context.respond();
    return chain(store.insert(place, KEY, toStored(value, now)), (entry) => {
      if (!entry) return undefined;
      const base = baseOf(context);
      const location = base + message.path.slice(base.length - context.origin.length);
      const status = declares(operation, '201') ? 201 : undefined;
      return answerWith(context, { ...shown(single, entry, operation.path), location, status });
    });
  });
}

/** The first change of what nobody has to make: of what the document's example has. */
function begin(context: Context, single: Single, place: Place): Maybe<Answer | undefined> {
  const { spec, store, now, operation } = context;
  const get = operationAt(spec, 'GET', operation.path);
  if (single.isMade || !get) return absent(context, single);
  return chain(context.exampleOf(get), (answer) => {
    const example = answer.kind === 'answer' ? readJson(answer.body) : undefined;
    const item = example?.kind === 'value' && isObject(example.value) ? example.value : undefined;
    const value = item && changed(context, single, { item, order: 0 });
    if (!value) return context.respond();
    return chain(
      store.insert(place, KEY, toStored(value, now)),
      (entry) => entry && answerWith(context, shown(single, entry, operation.path)),
    );
  });
}

interface Before {
  readonly item: JsonObject;
  readonly order: number;
}

function changed(
  context: Context,
  { schema }: Single,
  { item, order }: Before,
): JsonObject | undefined {
  const { spec, now, operation } = context;
  const body = writableOf(spec, schema, objectBody(context) ?? {});
  const id = membersOf(item, ['id']);
  if (operation.method === 'PUT') {
    const kept = membersOf(item, propertiesOf(spec, schema).readOnly);
    return assemble(spec, schema, [body, kept, id], { now, seed: order });
  }
  for (const keepsNull of [false, true]) {
    const patched = { ...mergePatch(item, body, { keepsNull }), ...id };
    const value = shownOf(spec, schema, patched);
    if (isItem(spec, schema, value)) return value;
  }
  return undefined;
}
