import { namedExamplesOf } from '../check/example-value.ts';
import { isObject, type Json } from '../json.ts';
import { isBarred } from '../schema/access.ts';
import { isValid } from '../schema/judge.ts';
import { namesOf, schemasOfProperty } from '../schema/members.ts';
import { sample } from '../schema/sample.ts';
import { isJson, parseMediaType } from '../spec/media-type.ts';
import { child, children, isObjectNode, objectChild } from '../spec/node.ts';
import { type Operation, requestBodyOf } from '../spec/operation.ts';
import type { Node } from '../spec/source.ts';
import { remembered, type Spec } from '../spec/spec.ts';
import { isWritable } from './body-text.ts';
import { membersOf, withoutValue, withValue } from './edit.ts';
import { placesOf } from './place.ts';

/** A media type that an operation takes, and values that fit it. */
export interface BodyChoice {
  readonly contentType: string;
  /** The media type object. */
  readonly mediaType: Node;
  readonly schema: Node | undefined;
  /** The examples that the document names and that are right. */
  readonly examples: readonly Json[];
  /** All that the schema names, or as much as could be found. */
  readonly full: Json;
  /** What the schema requires and no more. */
  readonly minimal: Json;
}

const REQUEST = { direction: 'request', strict: false } as const;
const choices = remembered(() => new WeakMap<Operation, readonly BodyChoice[]>());

/** The media types in which values for an operation's body can be written, JSON first. */
export function bodyChoicesOf(spec: Spec, operation: Operation): readonly BodyChoice[] {
  const known = choices(spec);
  let list = known.get(operation);
  if (!list) {
    list = listChoices(spec, operation);
    known.set(operation, list);
  }
  return list;
}

function listChoices(spec: Spec, operation: Operation): readonly BodyChoice[] {
  const requestBody = requestBodyOf(spec, operation);
  const content = requestBody && objectChild(requestBody, 'content');
  const found: BodyChoice[] = [];
  for (const [key, mediaType] of content ? children(content) : []) {
    const contentType = key === '*/*' || key === 'application/*' ? 'application/json' : key;
    const choice = isWritable(contentType) ? choiceOf(spec, contentType, mediaType) : undefined;
    if (choice) found.push(choice);
  }
  return found.sort((one, other) => rank(one) - rank(other));
}

function rank({ contentType }: BodyChoice): number {
  return isJson(parseMediaType(contentType)?.essence ?? '') ? 0 : 1;
}

function choiceOf(spec: Spec, contentType: string, mediaType: Node): BodyChoice | undefined {
  const schema = child(mediaType, 'schema');
  const isRight = (value: Json) => !schema || isValid(spec, schema, value, REQUEST);
  const examples = [...namedExamplesOf(spec, mediaType)].filter(isRight);
  const longest = [...examples].sort((one, other) => lengthOf(other) - lengthOf(one))[0];
  const start = longest ?? (schema ? sample(spec, schema, { direction: 'request' }) : undefined);
  if (start === undefined) return undefined;
  const full = schema ? filled(spec, schema, start, isRight) : start;
  const minimal = schema ? emptied(full, isRight) : start;
  return { contentType, mediaType, schema, examples, full, minimal };
}

function lengthOf(value: Json): number {
  return JSON.stringify(value).length;
}

/** A value with the members that its schema names and that it has not, where they fit. */
function filled(spec: Spec, schema: Node, value: Json, isRight: (value: Json) => boolean): Json {
  if (!isObject(value)) return value;
  let full: Json = value;
  for (const name of namesOf(spec, schema).names) {
    if (Object.hasOwn(value, name)) continue;
    const [property] = schemasOfProperty(spec, schema, name);
    if (!property || isBarred(spec, property, 'request')) continue;
    const made = sample(spec, property, { direction: 'request' });
    if (made === undefined) continue;
    const longer = withValue(full, [name], made);
    if (isRight(longer)) full = longer;
  }
  return withEntries(spec, schema, full, isRight);
}

/** A value with an entry in each empty map: of members that have no names, a schema says something too. */
function withEntries(
  spec: Spec,
  schema: Node,
  value: Json,
  isRight: (value: Json) => boolean,
): Json {
  let full = value;
  for (const { way, value: map, schemas, keywords } of placesOf(spec, schema, value)) {
    const isMap = keywords.some(({ additionalProperties: others }) => isObject(others));
    if (!isMap || !isObject(map) || Object.keys(map).length > 0) continue;
    const [entry] = schemas.flatMap((each) => schemasOfProperty(spec, each, ENTRY));
    const made = entry && sample(spec, entry, { direction: 'request' });
    const longer = made === undefined ? full : withValue(full, [...way, ENTRY], made);
    if (isRight(longer)) full = longer;
  }
  return full;
}

/** The name of an entry of a map. */
const ENTRY = 'property1';

/** A value is emptied by so many tries at most. */
const TRIES = 500;

/** A value without the members that can be missing. */
function emptied(value: Json, isRight: (value: Json) => boolean): Json {
  let least = value;
  let tries = 0;
  for (const way of membersOf(value)) {
    tries += 1;
    if (tries > TRIES) return least;
    const shorter = withoutValue(least, way);
    if (isRight(shorter)) least = shorter;
  }
  return least;
}

/** Tells whether an operation demands a body. */
export function isBodyRequired(spec: Spec, operation: Operation): boolean {
  const requestBody = requestBodyOf(spec, operation);
  return (
    requestBody !== undefined && isObjectNode(requestBody) && requestBody.value['required'] === true
  );
}
