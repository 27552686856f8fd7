import { judgeRequest } from '../check/request.ts';
import { isArray, isObject, type Json } from '../json.ts';
import type { Operation, ParameterPlace } from '../spec/operation.ts';
import { append } from '../spec/pointer.ts';
import type { Spec } from '../spec/spec.ts';
import { isMapRule, rulesAt } from './body-rules.ts';
import type { Interaction, Pact, PactBody } from './interaction.ts';
import { toRequestMessage } from './message.ts';
import type { BodyRule, RuleList } from './rule.ts';
import type { PathStep } from './rule-path.ts';

/** The part of an exchange that a consumer relies on. */
export type ReliancePlace =
  | `request.${ParameterPlace}`
  | 'request.body'
  | 'response.header'
  | 'response.body';

/** One thing of an operation that an interaction of a pact sends, or reads. */
export interface Reliance {
  readonly place: ReliancePlace;
  /** As people write it: `value[].id`, `labels.*`, `X-Total`; empty for the whole of a body. */
  readonly field: string;
  /** The same for a body, step by step; for a parameter or header, its name. */
  readonly path: readonly PathStep[];
  /** The examples that the pact gives, one for each item of a list. */
  readonly values: readonly Json[];
  /** The matching rules that hold there; `undefined` where the example itself is expected. */
  readonly rules: RuleList | undefined;
  /** JSON Pointer into the pact file, to the first example. */
  readonly pointer: string;
}

/** What one interaction relies on. */
export interface InteractionReliance {
  readonly pact: Pact;
  readonly interaction: Interaction;
  /** The operation that it asks; `undefined` when the document has none. */
  readonly operation: Operation | undefined;
  readonly status: number;
  readonly reliances: readonly Reliance[];
}

/**
 * Lists what each interaction of a pact relies on: the operation and status, the parameters and
 * fields that it sends, the headers and fields that it reads.
 *
 * @throws {ExactMatchError} `SPEC_*` when the document is broken where an interaction needs it.
 */
export function listReliances(spec: Spec, pact: Pact): readonly InteractionReliance[] {
  return pact.interactions.map((interaction) => {
    const { request, response } = interaction;
    const { operation, parameters } = judgeRequest(spec, toRequestMessage(request));
    return {
      pact,
      interaction,
      operation,
      status: response.status,
      reliances: [
        ...parametersIn(interaction, parameters),
        ...fieldsIn('request.body', request.body, request.rules.body),
        ...headersIn(interaction),
        ...fieldsIn('response.body', response.body, response.rules.body),
      ],
    };
  });
}

type Values = ReturnType<typeof judgeRequest>['parameters'];

/** Those that the document declares, and what else the query has. */
function* parametersIn({ request }: Interaction, values: Values): Iterable<Reliance> {
  const { rules, pointer } = request;
  const of = (place: ParameterPlace, name: string, value: Json, at: string): Reliance => ({
    place: `request.${place}`,
    field: name,
    path: [{ kind: 'field', name }],
    values: [value],
    rules: place === 'query' ? rules.query.get(name) : undefined,
    pointer: at,
  });
  for (const place of ['path', 'query', 'header', 'cookie'] as const) {
    const inFile = place === 'path' || place === 'query' ? place : 'headers';
    for (const [name, value] of Object.entries(values[place])) {
      yield of(place, name, value, append(pointer, inFile));
    }
  }
  for (const [name, texts] of request.parameters) {
    const bare = name.replace(/\[.*$/s, '');
    if (Object.hasOwn(values.query, name) || Object.hasOwn(values.query, bare)) continue;
    yield of('query', name, texts[0] ?? null, append(pointer, 'query'));
  }
}

function* headersIn({ response }: Interaction): Iterable<Reliance> {
  for (const [name, texts] of response.headers) {
    if (name.toLowerCase() === 'content-type') continue;
    yield {
      place: 'response.header',
      field: name,
      path: [{ kind: 'field', name }],
      values: [texts.join(', ')],
      rules: response.rules.header.get(name.toLowerCase()),
      pointer: append(append(response.pointer, 'headers'), name),
    };
  }
}

/** Every field that the example of a body names; items of a list, and members of a map, are one. */
function fieldsIn(
  place: 'request.body' | 'response.body',
  body: PactBody,
  rules: readonly BodyRule[],
): Iterable<Reliance> {
  if (body.kind !== 'json') return [];
  const found = new Map<string, Reliance>();
  visit(body.value, [], [], body.pointer);
  return found.values();

  function visit(
    value: Json,
    path: readonly PathStep[],
    way: readonly string[],
    pointer: string,
  ): void {
    const field = fieldOf(path);
    const applying = rulesAt(rules, way);
    const known = found.get(field);
    if (known) found.set(field, { ...known, values: [...known.values, value] });
    else found.set(field, { place, field, path, values: [value], rules: applying, pointer });
    const isMap = isMapRule(applying);
    for (const [key, member] of isArray(value) || isObject(value) ? Object.entries(value) : []) {
      const step: PathStep = isArray(value)
        ? { kind: 'items' }
        : isMap
          ? { kind: 'any' }
          : { kind: 'field', name: key };
      visit(member, [...path, step], [...way, key], append(pointer, key));
    }
  }
}

/** A path as people write it: `value[].id`. */
function fieldOf(path: readonly PathStep[]): string {
  let text = '';
  for (const step of path) {
    const dot = text === '' ? '' : '.';
    if (step.kind === 'items') text += '[]';
    else if (step.kind === 'index') text += `[${step.index}]`;
    else if (step.kind === 'any') text += `${dot}*`;
    else if (/^[@$\w-][@$\w.-]*$/.test(step.name)) text += `${dot}${step.name}`;
    else text += `[${JSON.stringify(step.name)}]`;
  }
  return text;
}
