import type { ChangeClass } from './difference.ts';
import type { FormEvent } from './events.ts';
import { type Draft, type DraftValue, FREE } from './form.ts';
import { type Ruling, type Siblings, worse } from './ruling.ts';
import { setOf } from './scalars.ts';
import type { SchemaContext } from './schema-rules.ts';

/**
 * What a property does that is new or gone.
 *
 * A consumer sends the properties that the document names, and passes over those that it does not
 * know. Where an object was a dictionary, or closed, that is not so.
 */
export function propertyRuling(
  event: FormEvent,
  context: SchemaContext,
  siblings: Siblings,
): Ruling | undefined {
  const { kind, container } = event;
  const side = event.new ?? event.old;
  if (!side) return undefined;
  const name = side.graph.form.names.get(event.key) ?? event.key;
  if (isBarred(side.value)) return silent(event, name, siblings);
  const found =
    container === 'patternProperties'
      ? patternClass(context)
      : classOfProperty(event, context, siblings);
  const isPlain = context.sense === 'same';
  return {
    keyword: container,
    effect: kind === 'added' ? 'added' : 'removed',
    class: isPlain ? found : worse(found, 'dangerous'),
    text: kind === 'added' ? addedText(side.owner, name, context) : 'is gone',
    member: container === 'patternProperties' ? `/${name}/` : name,
  };
}

function isBarred(value: DraftValue | undefined): boolean {
  return typeof value === 'object' && value !== null && 'x-barred' in value;
}

/** One that does not travel this way; where any name may, that is news. */
function silent(event: FormEvent, name: string, siblings: Siblings): Ruling {
  const owner = (event.new ?? event.old)?.owner ?? {};
  const text =
    event.kind === 'added'
      ? 'is new, and does not travel this way'
      : 'is gone, and did not travel this way';
  const isOpen = isDictionary(owner) || isOtherwise(event, siblings);
  return {
    keyword: 'properties',
    effect: isOpen ? 'changed' : 'none',
    class: isOpen ? 'dangerous' : 'safe',
    text,
    member: name,
  };
}

function addedText(owner: Draft, name: string, { travel }: SchemaContext): string {
  const isRequired = setOf(owner['required']).has(name);
  return isRequired && travel === 'request' ? 'is new, and required' : 'is new';
}

function patternClass({ travel }: SchemaContext): ChangeClass {
  return travel === 'request' ? 'breaking' : 'dangerous';
}

function classOfProperty(
  event: FormEvent,
  { travel }: SchemaContext,
  siblings: Siblings,
): ChangeClass {
  const { kind } = event;
  const side = event.new ?? event.old;
  if (!side) return 'safe';
  const { owner, entry } = side;
  const name = side.graph.form.names.get(event.key) ?? event.key;
  const isRequired = setOf(owner['required']).has(name);
  const isAny = isDictionary(owner) || isOtherwise(event, siblings);
  const isClosed = entry.context?.isClosed === true || owner['x-others'] === 'none';
  if (kind === 'removed') {
    if (travel === 'response') return 'breaking';
    return isClosed ? 'breaking' : 'dangerous';
  }
  if (travel === 'request') {
    if (isRequired) return 'breaking';
    return isAny ? 'dangerous' : 'safe';
  }
  // What may have any name and value, may have this one.
  const isFree = 'x-dictionary' in owner && !isOtherwise(event, siblings);
  return !isClosed && (!isAny || isFree) ? 'safe' : 'dangerous';
}

/** Whether an object takes names that it does not know, and means them. */
function isDictionary(owner: Draft): boolean {
  return owner['x-others'] === 'some' || 'patternProperties' in owner || 'x-dictionary' in owner;
}

/** Whether what an object does with names that it does not know, differs as well. */
function isOtherwise({ path }: FormEvent, siblings: Siblings): boolean {
  return siblings(path.split('/').slice(0, -2).join('/')).some(
    ({ key, container }) => OTHERWISE.has(key) || container === 'patternProperties',
  );
}

/** What says of an object which names it takes that it does not name. */
const OTHERWISE: ReadonlySet<string> = new Set([
  ...['x-others', 'x-unevaluated', 'x-dictionary', FREE, 'patternProperties'],
]);
