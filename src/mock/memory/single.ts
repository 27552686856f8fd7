import type { Resource } from '../../check/resource.ts';
import { responseFor } from '../../spec/operation.ts';
import type { Answer } from '../responder.ts';
import type { Entry, Place } from '../store/store.ts';
import { assemble, isItem, membersOf, propertiesOf, shownOf, writableOf } from './assemble.ts';
import { missing } from './change.ts';
import { baseOf, type Context, objectBody, pathOf } from './context.ts';
import { changedMeanwhile, etagOf, matches } from './etag.ts';
import { uuidOf } from './fill.ts';
import { mergePatch } from './merge-patch.ts';
import { answerOf, answerWith } from './represent.ts';

type Single = Extract<Resource, { kind: 'single' }>;

/** The key of what is the only one at its path. */
const KEY = '';
const ATTEMPTS = 100;

/** Answers requests for what there is only one of below an item. */
export async function answerSingle(context: Context, single: Single): Promise<Answer> {
  const { store, operation, scope, message } = context;
  const { method, path } = operation;
  const place = { scope, collection: pathOf(path, context.parameters.path) };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const entry = await store.get(place, KEY);
    const match = message.headers['if-match'];
    if (match !== undefined && !(entry && matches(match, etagOf(entry)))) return changedMeanwhile();
    if (method === 'GET') return read(context, single, entry);
    if (method === 'POST' && entry) return taken(context);
    if (method === 'POST' || (method === 'PUT' && !entry)) {
      const made = await make(context, single, place);
      if (made) return made;
      continue;
    }
    if (!entry) return absent(context, single);
    if (method === 'DELETE') {
      if (await store.remove(place, KEY, entry.version))
        return answerWith(context, { ...shown(single, entry, path), etag: undefined });
      continue;
    }
    const value = changed(context, single, entry);
    if (!value) return { kind: 'refusal', status: 400, reason: 'The change makes it invalid.' };
    const fresh = await store.replace(place, KEY, { value, since: context.now }, entry.version);
    if (fresh) return answerWith(context, shown(single, fresh, path));
  }
  const reason = 'It was changed by others again and again. Send the request once more.';
  return { kind: 'refusal', status: 503, reason };
}

function read(
  context: Context,
  single: Single,
  entry: Entry | undefined,
): Answer | Promise<Answer> {
  if (!entry) return absent(context, single);
  const etag = etagOf(entry);
  const seen = context.message.headers['if-none-match'];
  if (seen !== undefined && matches(seen, etag)) return answerOf(context, 304, { etag });
  return answerWith(context, shown(single, entry, context.operation.path));
}

function shown({ schema }: Single, entry: Entry, template: string) {
  return { value: entry.value, etag: etagOf(entry), schema, template };
}

/** What nobody has to make is there, as the document's example has it. */
function absent(context: Context, { isMade }: Single): Answer | Promise<Answer> {
  const name = context.operation.path.slice(context.operation.path.lastIndexOf('/') + 1);
  return isMade ? missing(context, name) : context.respond();
}

function taken({ spec, operation }: Context): Answer {
  const status = responseFor(spec, operation, 409) ? 409 : 400;
  const reason = 'There is one already. Change it with PATCH, or delete it first.';
  return { kind: 'refusal', status, reason };
}

async function make(context: Context, single: Single, place: Place): Promise<Answer | undefined> {
  const { spec, store, now, operation, message } = context;
  const sent = objectBody(context);
  if (!sent) return context.respond();
  const body = writableOf(spec, single.schema, sent);
  const sequence = await store.count(context.scope, 'items');
  const id = uuidOf(`${context.seed} ${context.scope} ${sequence}`);
  const known = single.keyed ? [body, { id }] : [body];
  const value = assemble(spec, single.schema, known, { now, seed: sequence });
  if (!value) return context.respond();
  const entry = await store.insert(place, KEY, { value, since: now });
  if (!entry) return undefined;
  const base = baseOf(context);
  const location = base + message.path.slice(base.length - context.origin.length);
  return answerWith(context, { ...shown(single, entry, operation.path), headers: { location } });
}

function changed(context: Context, { schema }: Single, entry: Entry) {
  const { spec, now, operation } = context;
  const body = writableOf(spec, schema, objectBody(context) ?? {});
  const id = membersOf(entry.value, ['id']);
  if (operation.method === 'PUT') {
    const kept = membersOf(entry.value, propertiesOf(spec, schema).readOnly);
    return assemble(spec, schema, [body, kept, id], { now, seed: entry.order });
  }
  for (const keepsNull of [false, true]) {
    const patched = { ...mergePatch(entry.value, body, { keepsNull }), ...id };
    const value = shownOf(spec, schema, patched);
    if (isItem(spec, schema, value)) return value;
  }
  return undefined;
}
