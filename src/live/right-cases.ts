import { exampleOf, namedExamplesOf, schemaOf } from '../check/example-value.ts';
import { collectionAt, resourceOf } from '../check/resource.ts';
import type { Json } from '../json.ts';
import { isValid } from '../schema/judge.ts';
import type { Parameter } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import { type BodyChoice, bodyChoicesOf, isBodyRequired } from './body-choice.ts';
import { boundaryValues, type PlacedValue } from './boundary.ts';
import type { Draft } from './draft.ts';
import { atEdge, describeEdges, type Edges } from './edges.ts';
import { membersOf, withoutValue, withValue } from './edit.ts';
import { type Place, placesOf } from './place.ts';
import { bodyOf, isExemplary, optionalParameters } from './right-draft.ts';
import { randomFrom, varied } from './vary.ts';

/** A right request, and what is special about it. */
export interface RightDraft {
  readonly draft: Draft;
  readonly what: string;
  /** The place that is special. */
  readonly at?: string;
  /** The places that are special together. */
  readonly edges?: Edges;
}

/** So many bodies are put together by chance. */
const BY_CHANCE = 2;
/** Of one parameter, so many values are tried. */
const OF_PARAMETER = 8;
/** So many bodies with values at their edges are made. */
const OF_EDGES = 8;

const REQUEST = { direction: 'request', strict: false } as const;

/**
 * The right requests of an operation besides the minimal one: with the document's examples, with each
 * optional parameter, with all properties, at the edges of what is allowed, and by chance.
 *
 * @param salt gives texts that make bodies unlike those of other requests.
 */
export function* rightDrafts(
  spec: Spec,
  minimal: Draft,
  salt: () => string,
  seed: number,
): Iterable<RightDraft> {
  const { operation } = minimal;
  const [first, ...others] = minimal.body ? bodyChoicesOf(spec, operation) : [];
  if (first) yield* exampleBodies(minimal, first);
  if (first && !isBodyRequired(spec, operation)) {
    yield { draft: { ...minimal, body: undefined }, what: 'without a body, which it may do' };
  }
  for (const choice of others) {
    const draft = { ...minimal, body: bodyOf(choice, choice.minimal) };
    yield { draft, what: `as ${choice.contentType}` };
  }
  for (const parameter of optionalParameters(spec, operation)) {
    yield* withParameter(spec, minimal, parameter);
  }
  if (first?.schema) yield* madeBodies(spec, minimal, first, { salt, seed });
}

function* exampleBodies(minimal: Draft, choice: BodyChoice): Iterable<RightDraft> {
  for (const [index, example] of choice.examples.entries()) {
    const what = `with example ${index + 1} of the document`;
    yield { draft: { ...minimal, body: bodyOf(choice, example) }, what };
  }
}

/** A value of a parameter at a time: what several mean together, no document says. */
function* withParameter(spec: Spec, minimal: Draft, parameter: Parameter): Iterable<RightDraft> {
  const { name, in: place, node } = parameter;
  if (place === 'path') return;
  let count = 0;
  for (const { value, what } of valuesOf(spec, parameter)) {
    count += 1;
    if (count > OF_PARAMETER) return;
    const values = { ...minimal.values, [place]: { ...minimal.values[place], [name]: value } };
    yield { draft: { ...minimal, values }, what: `with \`${name}\` ${what}`, at: name };
  }
  void node;
}

function* valuesOf(spec: Spec, parameter: Parameter): Iterable<PlacedValue> {
  const { node } = parameter;
  const schema = schemaOf(node);
  const isRight = (value: Json) => !schema || isValid(spec, schema, value, REQUEST);
  const usual = exampleOf(spec, node, (value) => value !== '');
  for (const example of namedExamplesOf(spec, node)) {
    if (isRight(example)) yield { value: example, what: 'as in the document' };
  }
  // Where the document shows what a text looks like, another one may mean nothing.
  if (usual === undefined || isExemplary(spec, parameter)) return;
  yield { value: usual, what: `as ${JSON.stringify(usual)}` };
  if (!schema) return;
  for (const place of placesOf(spec, schema, usual)) {
    for (const { value, what } of boundaryValues(place)) {
      const whole = withValue(usual, place.way, value);
      if (isRight(whole)) yield { value: whole, what };
    }
  }
}

function* madeBodies(
  spec: Spec,
  minimal: Draft,
  choice: BodyChoice,
  { salt, seed }: { readonly salt: () => string; readonly seed: number },
): Iterable<RightDraft> {
  const { schema } = choice;
  if (!schema) return;
  const isCreation = collectionAt(spec, minimal.operation.path) !== undefined;
  const made = (value: Json, what: string, at?: string): RightDraft => {
    const own = isCreation ? varied(spec, schema, value, salt()).value : value;
    const draft = { ...minimal, body: bodyOf(choice, own) };
    return { draft, what, ...(at === undefined ? {} : { at }) };
  };
  // Of what is done rather than kept, a text may mean something: the document's own is best.
  const kind = resourceOf(spec, minimal.operation)?.kind;
  const isKept = kind !== undefined && kind !== 'action';
  const isFree = ({ value }: Place) =>
    isKept || choice.examples.length === 0 || typeof value !== 'string';
  yield made(choice.full, 'with all that it may have');
  const isRight = (value: Json) => isValid(spec, schema, value, REQUEST);
  const places = placesOf(spec, schema, choice.full).filter(isFree);
  for (let edge = 0; edge < OF_EDGES; edge += 1) {
    const { value, names } = atEdge(choice.full, places, edge, isRight);
    if (names.length === 0) break;
    const draft = { ...minimal, body: bodyOf(choice, value) };
    yield { draft, ...describeEdges({ ways: names, usual: choice.full }) };
  }
  for (let chance = 0; chance < BY_CHANCE; chance += 1) {
    const random = randomFrom(`${minimal.operation.id} ${seed} ${chance}`);
    yield made(byChance(choice.full, places, random, isRight), 'with properties by chance');
  }
}

function byChance(
  full: Json,
  places: readonly Place[],
  random: () => number,
  isRight: (value: Json) => boolean,
): Json {
  let value = full;
  for (const place of places) {
    const edges = boundaryValues(place);
    const chosen = edges[Math.floor(random() * edges.length * 2)];
    const changed = chosen ? withValue(value, place.way, chosen.value) : value;
    if (isRight(changed)) value = changed;
  }
  for (const way of membersOf(value)) {
    const shorter = random() < 0.4 ? withoutValue(value, way) : value;
    if (isRight(shorter)) value = shorter;
  }
  return value;
}
