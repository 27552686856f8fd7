import { isArray, isObject, type Json } from '../json.ts';
import { canonical } from '../schema/equal.ts';
import { partsOf } from '../schema/members.ts';
import { typeOf } from '../schema/outcome.ts';
import { sample } from '../schema/sample.ts';
import { isConstrained, type JsonType, typesOf } from '../schema/types.ts';
import type { Direction } from '../schema/violation.ts';
import { child, children } from '../spec/node.ts';
import { addressOf, type Node } from '../spec/source.ts';
import { remembered, type Spec } from '../spec/spec.ts';

/** What is tried of any schema, and kept where the schema takes it. */
const ANY: readonly Json[] = [null, 'text', 0, 1, -1, 1.5, true, false, [], {}, ''];

/** Texts of formats that differ in what the format leaves open. */
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  'date-time': ['2024-05-01T09:30:00Z', '2024-05-01T09:30:00.517Z', '2024-05-01T11:30:00+02:00'],
  date: ['2024-02-29', '1999-12-31'],
  time: ['09:30:00Z', '09:30:00.517Z'],
  uri: ['https://example.com/a', 'http://example.com', 'urn:isbn:0451450523'],
  url: ['https://example.com/a', 'http://example.com'],
};

const SEEDS = 4;

/**
 * Values that schemas may allow, null among them; whether they do is to be asked.
 *
 * Of the types that they name: what names none promises nothing, and is taken for that of the example.
 */
export function documentValues(
  spec: Spec,
  schemas: readonly Node[],
  example: Json,
  direction: Direction,
): readonly Json[] {
  const key = [direction, kindOf(example), ...schemas.map(addressOf)].join('\n');
  const known = remembering(spec);
  let values = known.get(key);
  if (!values) {
    values = work(spec, schemas, example, direction);
    known.set(key, values);
  }
  return values;
}

const remembering = remembered(() => new Map<string, readonly Json[]>());

function work(
  spec: Spec,
  schemas: readonly Node[],
  example: Json,
  direction: Direction,
): readonly Json[] {
  const types = schemas.map((schema) => typesOf(spec, schema)).filter(isConstrained);
  const isNamed = (value: Json) =>
    types.length === 0
      ? kindOf(value) === kindOf(example)
      : types.some((all) => all.has(typeOf(value) as JsonType));
  const values = new Map<string, Json>();
  const add = (value: Json | undefined) => {
    if (value !== undefined && isNamed(value)) values.set(canonical(value), value);
  };
  for (const value of ANY) add(value);
  for (const schema of schemas) {
    for (let seed = 0; seed < SEEDS; seed += 1) add(sample(spec, schema, { direction, seed }));
    for (const part of partsOf(spec, schema)) {
      for (const value of valuesIn(part)) add(value);
      for (const alternative of alternativesOf(part)) add(sample(spec, alternative, { direction }));
    }
  }
  return [...values.values()];
}

function kindOf(value: Json): string {
  const type = typeOf(value);
  return type === 'integer' ? 'number' : type;
}

/** The values that a schema object itself names. */
function valuesIn({ value }: Node): readonly Json[] {
  if (!isObject(value)) return [];
  const { enum: list, const: only, format, minimum, maximum } = value;
  return [
    ...(isArray(list) ? list : []),
    ...[only, minimum, maximum].filter((one) => one !== undefined),
    ...(typeof format === 'string' && Object.hasOwn(FORMATS, format)
      ? (FORMATS[format] ?? [])
      : []),
  ];
}

function alternativesOf(part: Node): readonly Node[] {
  return ['oneOf', 'anyOf'].flatMap((keyword) => {
    const list = child(part, keyword);
    return list && isArray(list.value) ? [...children(list)].map(([, one]) => one) : [];
  });
}
