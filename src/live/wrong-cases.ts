import { schemaOf } from '../check/example-value.ts';
import { judgeRequest } from '../check/request.ts';
import type { Finding } from '../finding.ts';
import { isArray, type Json } from '../json.ts';
import { sample } from '../schema/sample.ts';
import { isJson, parseMediaType } from '../spec/media-type.ts';
import { objectChild } from '../spec/node.ts';
import { type Parameter, parametersOf, requestBodyOf } from '../spec/operation.ts';
import { type BodyChoice, bodyChoicesOf } from './body-choice.ts';
import { type Draft, toMessage, type Writing } from './draft.ts';
import { membersOf, nameOfWay, withoutValue, withValue } from './edit.ts';
import { MISTAKES, mistakenValues } from './mistaken.ts';
import { placesOf } from './place.ts';
import { bodyOf } from './right-draft.ts';

/** A request that is wrong in one way. */
export interface WrongDraft {
  readonly draft: Draft;
  readonly what: string;
  readonly mistake: Finding;
}

interface Candidate {
  readonly draft: Draft;
  readonly what: string;
  readonly kind: string;
}

/**
 * The requests of an operation that are wrong in one known way each; of every kind of mistake one
 * comes before any kind comes again.
 *
 * Only what our own checks refuse is used, and only where they find what was done: what they let pass
 * nobody has to refuse. `readOnly` properties are left out: OpenAPI has them ignored, not refused.
 *
 * @see https://spec.openapis.org/oas/v3.0.4#fixed-fields-for-use-with-schemas
 */
export function* wrongDrafts(writing: Writing, minimal: Draft): Iterable<WrongDraft> {
  const seen = new Set<string>();
  for (const candidate of inTurns(candidatesFor(writing, minimal))) {
    const mistake = mistakeIn(writing, candidate.draft);
    if (!mistake) continue;
    // Two texts against one pattern are one mistake.
    const key = [candidate.kind, mistake.code, mistake.at, mistake.spec.pointer].join('\n');
    if (seen.has(key)) continue;
    seen.add(key);
    yield { draft: candidate.draft, what: candidate.what, mistake };
  }
}

/** What our checks find in a request; `undefined` when it may be sent like that. */
export function mistakeIn(writing: Writing, draft: Draft): Finding | undefined {
  const message = toMessage(writing, draft);
  if (!message) return undefined;
  const { operation, findings } = judgeRequest(writing.spec, message);
  if (operation !== draft.operation) return undefined;
  const errors = findings.filter(({ severity }) => severity === 'error');
  return errors.find(({ code }) => !code.endsWith('.readOnly'));
}

function* candidatesFor(writing: Writing, minimal: Draft): Iterable<Candidate> {
  yield {
    draft: { ...minimal, credentials: 'none' },
    what: 'without credentials',
    kind: 'credentials',
  };
  yield {
    draft: { ...minimal, credentials: 'other' },
    what: 'with credentials of another kind',
    kind: 'credentials',
  };
  yield* wrongBodies(writing, minimal);
  for (const parameter of parametersOf(writing.spec, minimal.operation)) {
    yield* wrongParameters(writing, minimal, parameter);
  }
  const [choice] = minimal.body ? bodyChoicesOf(writing.spec, minimal.operation) : [];
  if (choice?.schema) yield* wrongMembers(writing, minimal, choice);
}

function* wrongBodies({ spec }: Writing, minimal: Draft): Iterable<Candidate> {
  const { body, operation } = minimal;
  if (!body) return;
  yield { draft: { ...minimal, body: undefined }, what: 'without its body', kind: 'body' };
  if (isJson(parseMediaType(body.contentType)?.essence ?? '')) {
    for (const [text, what] of [
      ['{"exactmatch":', 'with JSON that breaks off'],
      ['exactmatch', 'with a body that is no JSON'],
    ] as const) {
      const broken = { contentType: body.contentType, text };
      yield { draft: { ...minimal, body: broken }, what, kind: 'malformed' };
    }
  }
  const content = objectChild(requestBodyOf(spec, operation) ?? operation.node, 'content');
  const taken = Object.keys(content?.value ?? {});
  const other =
    ['text/plain', 'application/xml'].find((type) => !taken.includes(type)) ?? 'text/csv';
  const mislabelled = {
    contentType: other,
    text: 'value' in body ? textOf(body.value) : body.text,
  };
  const what = `as ${other}, which it does not take`;
  yield { draft: { ...minimal, body: mislabelled }, what, kind: 'mediaType' };
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What the connection itself needs is always there. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'te',
  'upgrade',
  'expect',
]);

function* wrongParameters(
  { spec }: Writing,
  minimal: Draft,
  parameter: Parameter,
): Iterable<Candidate> {
  const { name, in: place, required, node } = parameter;
  if (place === 'header' && OF_CONNECTION.has(name.toLowerCase())) return;
  const schema = schemaOf(node);
  if (required && place !== 'path') {
    const { [name]: _, ...rest } = minimal.values[place];
    const values = { ...minimal.values, [place]: rest };
    const headers = place === 'header' ? { headers: { [name.toLowerCase()]: undefined } } : {};
    yield {
      draft: { ...minimal, values, ...headers },
      what: `without \`${name}\``,
      kind: 'required',
    };
  }
  const known = place === 'path' ? minimal.binding.values[name] : minimal.values[place][name];
  const usual = known ?? (schema && sample(spec, schema, { direction: 'request' }));
  if (!schema || usual === undefined) return;
  for (const at of placesOf(spec, schema, usual)) {
    for (const mistaken of mistakenValues(at)) {
      const value = withValue(usual, at.way, mistaken.value);
      // Many take an empty text for none, and none is right.
      if (!required && isEmpty(value)) continue;
      const draft = withParameter(minimal, parameter, value);
      yield { draft, what: `with \`${name}\` ${mistaken.what}`, kind: mistaken.kind };
    }
  }
}

function isEmpty(value: Json): boolean {
  return value === '' || (isArray(value) && value.every((item) => item === ''));
}

function withParameter(draft: Draft, { name, in: place }: Parameter, value: Json): Draft {
  if (place !== 'path') {
    return {
      ...draft,
      values: { ...draft.values, [place]: { ...draft.values[place], [name]: value } },
    };
  }
  const { values, origins, owned } = draft.binding;
  const binding = {
    values: { ...values, [name]: value },
    origins: { ...origins, [name]: 'guessed' as const },
    owned: owned.filter((item) => item.parameter !== name),
  };
  return { ...draft, binding };
}

function* wrongMembers({ spec }: Writing, minimal: Draft, choice: BodyChoice): Iterable<Candidate> {
  const { schema, full } = choice;
  if (!schema) return;
  const changed = (value: Json) => ({ ...minimal, body: bodyOf(choice, value) });
  for (const way of membersOf(full)) {
    const draft = changed(withoutValue(full, way));
    yield { draft, what: `without \`${nameOfWay(way)}\``, kind: 'required' };
  }
  for (const place of placesOf(spec, schema, full)) {
    const name = place.way.length === 0 ? 'its body' : `\`${nameOfWay(place.way)}\``;
    for (const { value, what, kind } of mistakenValues(place)) {
      yield {
        draft: changed(withValue(full, place.way, value)),
        what: `with ${name} ${what}`,
        kind,
      };
    }
  }
}

/** The kinds of mistakes in the order in which one of each is made. */
const ORDER: readonly string[] = [
  'credentials',
  'body',
  'required',
  'malformed',
  'mediaType',
  ...MISTAKES,
];

/** The first of each kind, then the second of each kind, and so on. */
function inTurns(candidates: Iterable<Candidate>): readonly Candidate[] {
  const counts = new Map<string, number>();
  const ranked = [...candidates].map((candidate) => {
    const turn = counts.get(candidate.kind) ?? 0;
    counts.set(candidate.kind, turn + 1);
    return { candidate, rank: turn * ORDER.length + ORDER.indexOf(candidate.kind) };
  });
  return ranked.sort((one, other) => one.rank - other.rank).map(({ candidate }) => candidate);
}
