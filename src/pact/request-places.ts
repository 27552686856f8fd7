import type { ValuePlace } from '../finding.ts';
import { isArray, isObject, type Json } from '../json.ts';
import { append, tokens } from '../spec/pointer.ts';
import { rulesAt } from './body-rules.ts';
import { edited } from './edit.ts';
import type { Generator, PactRequest } from './interaction.ts';
import { writeQuery } from './read-query.ts';
import type { RuleList } from './rule.ts';
import { readRulePath, weightOf } from './rule-path.ts';

/** A place of a request that may have another value than its example. */
export interface RequestPlace {
  readonly place: ValuePlace;
  /** A pointer into the body, or the name of a parameter or header. */
  readonly at: string;
  readonly example: Json;
  readonly rules: RuleList | undefined;
  /** What the verifier puts in place of the example. */
  readonly generators: readonly Generator[];
  /** The request with another value there. */
  readonly sent: (value: Json) => PactRequest;
}

/** Of a list, so many items are looked at: they are mostly alike. */
const ITEMS = 4;

/** Every place of a request that rules or generators can speak of. */
export function* placesOf(request: PactRequest): Iterable<RequestPlace> {
  const { rules, path, parameters, headers, body } = request;
  yield {
    place: 'request.path',
    at: '',
    example: path,
    rules: rules.path,
    generators: request.generators.filter(({ category }) => category === 'path'),
    sent: (value) => ({ ...request, path: String(value) }),
  };
  for (const [name, [example]] of parameters) {
    if (typeof example !== 'string') continue;
    const sent = (value: Json) => {
      const others = new Map(parameters).set(name, [String(value)]);
      return { ...request, parameters: others, query: writeQuery(others) };
    };
    const generators = generatorsOf(request, 'query', name);
    yield {
      place: 'request.query',
      at: name,
      example,
      rules: rules.query.get(name),
      generators,
      sent,
    };
  }
  for (const [name, texts] of headers) {
    const at = name.toLowerCase();
    if (at === 'content-type') continue;
    const sent = (value: Json) => ({
      ...request,
      headers: new Map(headers).set(name, [String(value)]),
    });
    const generators = generatorsOf(request, 'header', name);
    const example = texts.join(', ');
    yield { place: 'request.header', at, example, rules: rules.header.get(at), generators, sent };
  }
  if (body.kind === 'json') yield* placesIn(request, body, body.value, '');
}

function* placesIn(
  request: PactRequest,
  body: Extract<PactRequest['body'], { readonly kind: 'json' }>,
  value: Json,
  pointer: string,
): Iterable<RequestPlace> {
  const way = tokens(pointer) ?? [];
  const generators = request.generators.filter(({ category, expression }) => {
    const path = category === 'body' ? readRulePath(expression) : undefined;
    return path?.length === way.length && weightOf(path, way) > 0;
  });
  yield {
    place: 'request.body',
    at: pointer,
    example: value,
    rules: rulesAt(request.rules.body, way),
    generators,
    sent: (other) => ({ ...request, body: { ...body, value: edited(body.value, pointer, other) } }),
  };
  const members = isArray(value)
    ? value.slice(0, ITEMS).entries()
    : Object.entries(isObject(value) ? value : {});
  for (const [key, member] of members) {
    yield* placesIn(request, body, member, append(pointer, key));
  }
}

function generatorsOf(
  { generators }: PactRequest,
  category: 'query' | 'header',
  name: string,
): readonly Generator[] {
  const bare = (text: string) => text.replace(/\[\d+\]$/, '').toLowerCase();
  return generators.filter(
    (one) => one.category === category && bare(one.expression) === name.toLowerCase(),
  );
}
