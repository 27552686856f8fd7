import type { ValuePlace } from '../finding.ts';
import { isArray } from '../json.ts';
import { regularExpression } from '../schema/regular-expression.ts';
import { parseMediaType } from '../spec/media-type.ts';
import { type Draft, type DraftValue, type Form, keyOf, PARAMETERS } from './form.ts';
import { type Branch, type Graph, isBranch, targetOf } from './graph.ts';

/** One step into a value. */
export type UseStep =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'items' }
  | { readonly kind: 'any' }
  | { readonly kind: 'index'; readonly index: number };

/** Something of an operation that somebody uses. */
export interface Usage {
  readonly place: ValuePlace;
  readonly path: readonly UseStep[];
  readonly status: number;
  /** Of the body that it is about, where it is known. */
  readonly contentType: string | undefined;
}

/** What of a normal form judges something that is used. */
export interface UsedParts {
  /** The schemas of the value, and the parameter or header that it is. */
  readonly own: ReadonlySet<Branch>;
  /** The schemas of the object that it is a member of. */
  readonly owners: ReadonlySet<Branch>;
  /** The name of the member. */
  readonly member: string | undefined;
}

const NOTHING: UsedParts = { own: new Set(), owners: new Set(), member: undefined };

/** The operation of a form by its id in the old document. */
export function operationDraft({ form }: Graph, id: string): Draft | undefined {
  for (const [draft, entry] of form.entries) {
    if (entry.kind === 'operation' && entry.name === id) return draft as Draft;
  }
  return undefined;
}

/** The parts of an operation that judge what is used of it. */
export function partsUsed({ form }: Graph, operation: Draft, usage: Usage): UsedParts {
  const { place, path } = usage;
  if (place === 'response.header') return headerParts(form, operation, usage);
  if (place === 'request.body') return bodyParts(form, at(operation, 'requestBody'), usage);
  if (place === 'response.body') {
    return bodyParts(form, responseDraft(operation, usage.status), usage);
  }
  const [step] = path;
  const name = step?.kind === 'field' ? step.name : '';
  const parameter = parameterDraft(form, operation, place.replace('request.', ''), name);
  return parameter ? { own: withInner(form, parameter), owners: new Set(), member: name } : NOTHING;
}

/** The response of an operation that answers with a status; what is absent does not. */
export function responseDraft(operation: Draft, status: number): Draft | undefined {
  const responses = at(operation, 'responses');
  for (const key of [String(status), `${Math.floor(status / 100)}XX`, 'default']) {
    const found = responses && at(responses, key);
    if (found && !('x-absent' in found)) return found;
  }
  return undefined;
}

/** The media types of a body that a content type chooses; all of them where it is not known. */
export function mediaTypeDrafts(
  form: Form,
  body: Draft | undefined,
  contentType: string | undefined,
): readonly Draft[] {
  const content = body && at(body, 'content');
  const wanted = contentType === undefined ? undefined : parseMediaType(contentType)?.essence;
  return Object.entries(content ?? {}).flatMap(([key, value]) => {
    const essence = parseMediaType(form.names.get(key) ?? '')?.essence ?? '';
    const isWanted = wanted === undefined || essence === wanted || essence.includes('*');
    return isDraft(value) && isWanted ? [value] : [];
  });
}

function headerParts(form: Form, operation: Draft, { status, path }: Usage): UsedParts {
  const [step] = path;
  const name = step?.kind === 'field' ? step.name.toLowerCase() : '';
  const response = responseDraft(operation, status);
  const headers = response && at(response, 'headers');
  const header = headers && at(headers, keyOf(form, name));
  return header ? { own: withInner(form, header), owners: new Set(), member: name } : NOTHING;
}

function parameterDraft(
  form: Form,
  operation: Draft,
  place: string,
  name: string,
): Draft | undefined {
  const responses = at(operation, 'responses');
  const map = responses && at(responses, PARAMETERS);
  for (const parameter of Object.values((map && at(map, 'headers')) ?? {})) {
    if (!isDraft(parameter) || parameter['in'] !== place) continue;
    const known = [form.entries.get(parameter)?.name, parameter['name']];
    if (known.some((one) => typeof one === 'string' && isSame(one, name, place))) return parameter;
  }
  return undefined;
}

function isSame(one: string, other: string, place: string): boolean {
  return place === 'header' ? one.toLowerCase() === other.toLowerCase() : one === other;
}

function bodyParts(form: Form, body: Draft | undefined, usage: Usage): UsedParts {
  let own = new Set<Branch>();
  for (const mediaType of mediaTypeDrafts(form, body, usage.contentType)) {
    for (const part of inPlace(form, mediaType['schema'])) own.add(part);
  }
  let owners = new Set<Branch>();
  let member: string | undefined;
  for (const step of usage.path) {
    owners = own;
    member = step.kind === 'field' ? step.name : undefined;
    own = new Set([...owners].flatMap((part) => [...stepInto(form, part as Draft, step)]));
  }
  return { own, owners, member };
}

/** A schema and all that judge the same value. */
function inPlace(form: Form, schema: DraftValue | undefined): ReadonlySet<Draft> {
  const found = new Set<Draft>();
  const waiting: (DraftValue | undefined)[] = [schema];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (!isDraft(next) || found.has(next)) continue;
    found.add(next);
    waiting.push(targetOf(form, next));
    for (const key of ['allOf', 'anyOf', 'oneOf']) {
      const list = next[key];
      if (isArray(list)) waiting.push(...list);
    }
    for (const key of ['not', 'if', 'then', 'else']) waiting.push(next[key]);
    const dependents = next['dependentSchemas'];
    for (const [key, value] of isDraft(dependents) ? Object.entries(dependents) : []) {
      if (!form.names.get(key)?.startsWith('item ')) waiting.push(value);
    }
  }
  return found;
}

function* stepInto(form: Form, schema: Draft, step: UseStep): Iterable<Draft> {
  if (step.kind === 'items' || step.kind === 'index') {
    for (const key of ['items', 'contains', 'unevaluatedItems']) yield* inPlace(form, schema[key]);
    const places = schema['dependentSchemas'];
    for (const [key, value] of isDraft(places) ? Object.entries(places) : []) {
      if (form.names.get(key)?.startsWith('item ')) yield* inPlace(form, value);
    }
    return;
  }
  const patterns = at(schema, 'patternProperties') ?? {};
  const others = [schema['additionalProperties'], schema['unevaluatedProperties']];
  if (step.kind === 'any') {
    for (const value of [...Object.values(patterns), ...others]) yield* inPlace(form, value);
    return;
  }
  const named = at(schema, 'properties')?.[keyOf(form, step.name)];
  const matching = Object.entries(patterns).flatMap(([key, value]) =>
    regularExpression(form.names.get(key) ?? '').test(step.name) ? [value] : [],
  );
  const known = [...(named === undefined ? [] : [named]), ...matching];
  for (const value of known.length > 0 ? known : others) yield* inPlace(form, value);
}

/** A parameter or header with the schemas of its value and of what is in it. */
function withInner(form: Form, part: Draft): ReadonlySet<Branch> {
  const found = new Set<Branch>([part]);
  for (const schema of inPlace(form, part['schema'])) {
    found.add(schema);
    for (const step of [{ kind: 'items' }, { kind: 'any' }] as const) {
      for (const inner of stepInto(form, schema, step)) found.add(inner);
    }
    for (const property of Object.values(at(schema, 'properties') ?? {})) {
      for (const inner of inPlace(form, property)) found.add(inner);
    }
  }
  return found;
}

function at(draft: Draft, key: string): Draft | undefined {
  const value = draft[key];
  return isDraft(value) ? value : undefined;
}

function isDraft(value: DraftValue | undefined): value is Draft {
  return isBranch(value) && !isArray(value);
}
