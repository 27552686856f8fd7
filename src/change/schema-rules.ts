import { isArray } from '../json.ts';
import type { ChangeClass, Effect, Travel } from './difference.ts';
import type { EventSide, FormEvent } from './events.ts';
import type { Context, Draft } from './form.ts';
import { FREE, keyOf } from './form.ts';
import { propertyRuling } from './property-rules.ts';
import { BREAKING } from './rule.ts';
import { classOf, inverse, type Ruling, type Siblings, type Weight, worse } from './ruling.ts';
import { keywordEffect } from './scalar-rules.ts';
import { setOf, speaksOf } from './scalars.ts';
import { keywordOf } from './words.ts';

/** How a schema is meant on both sides of an event. */
export interface SchemaContext {
  readonly travel: Travel;
  readonly sense: Context['sense'];
}

/** What an event in a schema does; nothing when another event tells it. */
export function schemaRulings(event: FormEvent, siblings: Siblings): readonly Ruling[] {
  const context = contextOf(event);
  if (!context) return [];
  if (event.kind === 'modified' && event.key === 'required') {
    return requiredRulings(event, context, siblings);
  }
  if (event.kind === 'modified') return listOf(memberRuling(event, context, siblings));
  if (event.container === 'properties' || event.container === 'patternProperties') {
    return listOf(propertyRuling(event, context, siblings));
  }
  return listOf(partRuling(event, context));
}

function listOf(ruling: Ruling | undefined): readonly Ruling[] {
  return ruling ? [ruling] : [];
}

function contextOf({ old, new: next }: FormEvent): SchemaContext | undefined {
  const [one, other] = [old?.entry.context, next?.entry.context];
  const context = other ?? one;
  if (!context) return undefined;
  const isSame = !one || !other || one.sense === other.sense;
  return { travel: context.travel, sense: isSame ? context.sense : 'mixed' };
}

/** The class of an effect in a schema that may stand in a `not`, or where any change is one. */
function classIn({ travel, sense }: SchemaContext, effect: Effect, weight: Weight): ChangeClass {
  const plain = classOf(sense === 'inverse' ? inverse(effect) : effect, travel, weight);
  return sense === 'mixed' && effect !== 'none' ? worse(plain, 'dangerous') : plain;
}

function memberRuling(
  event: FormEvent,
  context: SchemaContext,
  siblings: Siblings,
): Ruling | undefined {
  const { key, old, new: next } = event;
  if (!old || !next) return undefined;
  if (key === 'x-barred') return barredRuling(event, context);
  if (key === FREE || isTwin(event, siblings) || isIdle(event, siblings)) return undefined;
  const { effect, weight, text } = keywordEffect(key, old.value, next.value, old.owner, next.owner);
  const isNullOnly = key === 'type' && effect === 'wider' && isOnlyNullMore(old, next);
  const mild: Weight =
    isNullOnly && isOptional(old) ? { request: 'breaking', response: 'dangerous' } : weight;
  return { keyword: keywordOf(key), effect, class: classIn(context, effect, mild), text };
}

const TWINS: Readonly<Record<string, string>> = {
  exclusiveMinimum: 'minimum',
  exclusiveMaximum: 'maximum',
};

/** Of a limit and its exclusive form one tells what became of both. */
function isTwin({ key, path }: FormEvent, siblings: Siblings): boolean {
  const twin = TWINS[key];
  return twin !== undefined && siblings(path).some((other) => other.key === twin);
}

/** Where the types differ, what spoke of those that are gone, or speaks of new ones, is no news. */
function isIdle({ key, path, old, new: next }: FormEvent, siblings: Siblings): boolean {
  if (key === 'type' || !siblings(path).some((other) => other.key === 'type')) return false;
  const types = setOf(old?.owner['type']).intersection(setOf(next?.owner['type']));
  const keyword = key === 'format' ? 'pattern' : key;
  const isTyped = old?.owner['type'] !== undefined && next?.owner['type'] !== undefined;
  return isTyped && (types.size === 0 ? key !== 'enum' : !speaksOf(keyword, types));
}

function isOnlyNullMore(old: EventSide, next: EventSide): boolean {
  const more = setOf(next.value).difference(setOf(old.value));
  return more.size === 1 && more.has('null');
}

/** Whether a schema is that of a property which may be missing anyway. */
function isOptional({ graph, owner }: EventSide): boolean {
  const place = graph.places.get(owner);
  const holder = place && graph.places.get(place.parent);
  if (!place || holder?.key !== 'properties' || isArray(holder.parent)) return false;
  const name = graph.form.names.get(place.key) ?? '';
  return !setOf(holder.parent['required']).has(name);
}

/** A property that has become read-only, or write-only, or is that no more. */
function barredRuling({ new: next }: FormEvent, { travel, sense }: SchemaContext): Ruling {
  const isBarred = next?.value === true;
  const keyword = travel === 'request' ? 'readOnly' : 'writeOnly';
  const effect: Effect = isBarred ? 'narrower' : 'wider';
  const classes: Readonly<Record<Travel, ChangeClass>> = isBarred
    ? { request: 'breaking', response: 'breaking' }
    : { request: 'safe', response: 'dangerous' };
  const found = classes[travel];
  const texts: Readonly<Record<Travel, string>> = isBarred
    ? { request: 'must not be sent any more', response: 'does not come any more' }
    : { request: 'may be sent now', response: 'comes now' };
  const text = `${texts[travel]} (\`${keyword}\`)`;
  return { keyword, effect, class: sense === 'same' ? found : worse(found, 'dangerous'), text };
}

/** Names that are required, but for those whose property is told of itself. */
function requiredRulings(
  { path, old, new: next }: FormEvent,
  context: SchemaContext,
  siblings: Siblings,
): readonly Ruling[] {
  const [before, after] = [setOf(old?.value), setOf(next?.value)];
  const isTold = (side: EventSide | undefined, name: string) => {
    const key = side ? keyOf(side.graph.form, name) : name;
    return siblings(`${path}/properties/${key}`).some(({ kind }) => kind !== 'modified');
  };
  const isRequest = context.travel === 'request';
  const ruling = (effect: Effect, member: string, text: string): Ruling => ({
    keyword: 'required',
    effect,
    class: classIn(context, effect, BREAKING),
    text,
    member,
  });
  return [
    ...[...after.difference(before)]
      .filter((name) => !isTold(next, name))
      .map((name) =>
        ruling('narrower', name, isRequest ? 'must be sent now' : 'is always there now'),
      ),
    ...[...before.difference(after)]
      .filter((name) => !isTold(old, name))
      .map((name) =>
        ruling('wider', name, isRequest ? 'need not be sent now' : 'may be missing now'),
      ),
  ];
}

/** Keywords whose mark tells whether they are there. */
const MARKED: ReadonlySet<string> = new Set([
  ...['additionalProperties', 'unevaluatedProperties', 'items', 'unevaluatedItems'],
]);
const SCHEMA_WORDS: Readonly<Record<string, readonly [added: Effect, removed: Effect]>> = {
  anyOf: ['narrower', 'wider'],
  oneOf: ['narrower', 'wider'],
  allOf: ['narrower', 'wider'],
  not: ['narrower', 'wider'],
  if: ['changed', 'changed'],
  // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
  then: ['narrower', 'wider'],
  else: ['narrower', 'wider'],
  contains: ['narrower', 'wider'],
  propertyNames: ['narrower', 'wider'],
  contentSchema: ['narrower', 'wider'],
  patternProperties: ['changed', 'changed'],
  dependentSchemas: ['narrower', 'wider'],
};

/** A schema, or a list or map of them, that is new or gone. */
function partRuling(event: FormEvent, context: SchemaContext): Ruling | undefined {
  const { kind, key, container } = event;
  const side = event.new ?? event.old;
  const name = side?.graph.form.names.get(key) ?? '';
  if (container === 'dependentSchemas' && isTold(name, side?.owner)) return undefined;
  const keyword = container === '' ? key : container;
  if (MARKED.has(keyword) || keyword === 'properties') return undefined;
  const [added, removed] = SCHEMA_WORDS[keyword] ?? ['changed', 'changed'];
  const isForm = container === 'dependentSchemas' && name.startsWith('form ');
  const isMember = container === 'anyOf' || container === 'oneOf' || isForm;
  const plain = kind === 'added' ? added : removed;
  const effect = isMember ? inverse(plain) : plain;
  const isOverlapping = keyword === 'oneOf' && side?.owner['x-exclusive'] === false;
  const within: SchemaContext = isOverlapping ? { ...context, sense: 'mixed' } : context;
  return {
    keyword,
    effect,
    class: classIn(within, effect, BREAKING),
    text: isForm ? formText(name, kind === 'added') : partText(keyword, isMember, kind === 'added'),
  };
}

/** What a discriminator or a list of items chooses is counted beside it. */
function isTold(name: string, owner: Draft | undefined): boolean {
  return name.startsWith('item ') || (name.startsWith('kind ') && owner?.['x-kinds'] !== undefined);
}

function formText(name: string, isAdded: boolean): string {
  const form = `the form ${name.slice(5)}`;
  return isAdded ? `may be of ${form} now` : `is no longer of ${form}`;
}

function partText(keyword: string, isMember: boolean, isAdded: boolean): string {
  if (isMember) {
    return isAdded
      ? `may be of one form more (\`${keyword}\`)`
      : `may be of one form less (\`${keyword}\`)`;
  }
  return isAdded ? `has to satisfy \`${keyword}\` now` : `has to satisfy \`${keyword}\` no longer`;
}
