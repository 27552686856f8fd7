import { isObject, type Json, type JsonObject } from '../json.ts';
import { isEqual } from '../schema/equal.ts';
import { namesOf } from '../schema/members.ts';
import { append } from '../spec/pointer.ts';
import { type BodyChoice, bodyChoicesOf } from './body-choice.ts';
import type { Draft } from './draft.ts';
import { withValue } from './edit.ts';
import { providerFinding } from './finding.ts';
import { itemDraft, itemIn, staleMembers } from './item.ts';
import type { Life } from './lifecycle.ts';
import { bodyOf } from './right-draft.ts';
import { type Answered, isSuccess } from './run.ts';
import { otherValue, varied } from './vary.ts';

/** Changes one member of an item: it must be changed afterwards, and the others must not. */
export async function* checkUpdate(life: Life): AsyncGenerator<void> {
  const { run, owned, written, kept } = life;
  const draft = itemDraft(run, owned, 'PATCH');
  const choice = draft && objectChoice(life, draft);
  const name = choice && kept.find((each) => changeOf(life, choice, each) !== undefined);
  if (!draft || !choice || name === undefined) return;
  const value = changeOf(life, choice, name) ?? null;
  const change: Draft = {
    ...draft,
    body: bodyOf(choice, withValue(choice.minimal, [name], value)),
  };
  const body = choice.minimal;
  const others = kept.filter(
    (each) => each !== name && !(isObject(body) && Object.hasOwn(body, each)),
  );
  const wanted: JsonObject = {
    [name]: value,
    ...Object.fromEntries(others.map((each) => [each, written[each] ?? null])),
  };
  const what = `with another \`${name}\``;
  const answer = await run.perform({
    draft: change,
    what,
    expects: 'success',
    compare: echo(life, change, wanted),
  });
  yield;
  if (!isDone(answer)) return;
  await readBack(life, change, wanted, 'after PATCH');
  yield;
}

/**
 * Replaces an item by all that it may have, then by what it must have: it must be what was put, and
 * nothing of what it was before.
 */
export async function* checkReplacement(life: Life): AsyncGenerator<void> {
  const draft = itemDraft(life.run, life.owned, 'PUT');
  const choice = draft && objectChoice(life, draft);
  if (!draft || !choice?.schema || !isObject(choice.minimal)) return;
  const whole = await replace(life, draft, choice, {
    value: choice.full,
    what: 'with all that it may have',
    before: {},
  });
  yield;
  await replace(life, draft, choice, {
    value: choice.minimal,
    what: 'with what it must have',
    before: whole ?? only(life.written, life.names),
  });
  yield;
}

interface Replacement {
  readonly value: Json;
  readonly what: string;
  /** What the item has of which nothing may be left: no default of the service is like that. */
  readonly before: JsonObject;
}

/** Puts an item and reads it again; the texts that were put and are nobody else's, where it was taken. */
async function replace(
  life: Life,
  draft: Draft,
  choice: BodyChoice,
  { value, what, before }: Replacement,
): Promise<JsonObject | undefined> {
  const { run, owned, kept } = life;
  if (!choice.schema) return undefined;
  const own = varied(run.spec, choice.schema, withKey(life, choice, value), run.ids.salt());
  if (!isObject(own.value)) return undefined;
  const put: JsonObject = own.value;
  const replacement: Draft = { ...draft, body: bodyOf(choice, put) };
  const wanted = Object.fromEntries(
    Object.keys(put)
      .filter((name) => kept.includes(name) && name !== owned.collection.key)
      .map((name) => [name, put[name] ?? null]),
  );
  const compare = echo(life, replacement, wanted);
  const answer = await run.perform({ draft: replacement, what, expects: 'success', compare });
  if (!isDone(answer)) return undefined;
  const left = Object.keys(before).filter(
    (name) => kept.includes(name) && !Object.hasOwn(put, name),
  );
  await readBack(life, replacement, wanted, 'after PUT', (shown) =>
    left
      .filter((name) => isEqual(shown[name] ?? null, before[name] ?? null))
      .map((name) => {
        const text = `GET ${owned.collection.itemTemplate} still has \`${name}\` after a PUT without it: PUT replaces (RFC 9110, 9.3.4).`;
        const details = { at: append('', name), actual: shown[name] };
        return providerFinding('provider.item.stale', text, draft.operation.node, details);
      }),
  );
  return only(put, own.names);
}

function only(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, object[name] ?? null]));
}

/** The media type of the body that is an object: of a list of changes, nobody knows the members. */
function objectChoice({ run }: Life, { operation }: Draft): BodyChoice | undefined {
  return bodyChoicesOf(run.spec, operation).find(
    ({ minimal, contentType }) => isObject(minimal) && /json/.test(contentType),
  );
}

/** Another value for a member, where the operation takes the member. */
function changeOf(
  { run, written }: Life,
  { schema, minimal }: BodyChoice,
  name: string,
): Json | undefined {
  if (!schema || !isObject(minimal)) return undefined;
  const { names } = namesOf(run.spec, schema);
  if (names.size > 0 && !names.has(name)) return undefined;
  const object = withValue(minimal, [name], written[name] ?? null);
  if (!isObject(object)) return undefined;
  const made = otherValue(run.spec, schema, object, [name], run.ids.salt());
  // Where the schema says nothing of the member, its text can still be another one.
  return made ?? undefined;
}

/** Where the body of a PUT names the item, it names this one. */
function withKey({ owned }: Life, { schema, minimal }: BodyChoice, value: Json): Json {
  const { key } = owned.collection;
  const isNamed = schema && isObject(minimal) && Object.hasOwn(minimal, key);
  return isNamed ? withValue(value, [key], owned.key) : value;
}

function isDone(answer: Answered | undefined): boolean {
  return answer !== undefined && isSuccess(answer) && answer.status !== 202;
}

/** What the answer to a change shows must be what was changed. */
function echo(
  life: Life,
  { operation }: Draft,
  wanted: JsonObject,
): (answer: Answered) => ReturnType<typeof staleMembers> {
  return (answer) => {
    const shown = isDone(answer) ? itemIn(answer, life.owned) : undefined;
    if (!shown) return [];
    const there = Object.fromEntries(
      Object.entries(wanted).filter(([name]) => Object.hasOwn(shown, name)),
    );
    const when = `in its answer`;
    return staleMembers(life.run, life.owned, operation, { wanted: there, shown, when });
  };
}

async function readBack(
  { run, owned }: Life,
  change: Draft,
  wanted: JsonObject,
  when: string,
  more: (shown: JsonObject) => ReturnType<typeof staleMembers> = () => [],
): Promise<void> {
  const draft = itemDraft(run, owned, 'GET');
  if (!draft) return;
  await run.perform({
    draft,
    what: when,
    expects: 'success',
    after: [change],
    compare: (answer) => {
      const shown = isSuccess(answer) ? itemIn(answer, owned) : undefined;
      if (!shown) return [];
      return [
        ...staleMembers(run, owned, draft.operation, { wanted, shown, when }),
        ...more(shown),
      ];
    },
  });
}
