import { schemaOf } from '../check/example-value.ts';
import type { Json } from '../json.ts';
import { isValid } from '../schema/judge.ts';
import { sample } from '../schema/sample.ts';
import { type Operation, parametersOf } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import { randomFrom, uuidFor } from './vary.ts';

/** A key that an item could have and that hardly any has; `undefined` when none is found. */
export function unknownKey(
  spec: Spec,
  operation: Operation,
  parameter: string,
  salt: string,
): Json | undefined {
  const found = parametersOf(spec, operation).find(
    ({ name, in: place }) => place === 'path' && name === parameter,
  );
  const schema = found && schemaOf(found.node);
  if (!schema) return `exactmatch-${salt}`;
  const random = randomFrom(salt);
  const number = 1_000_000_000 + Math.floor(random() * 1_000_000_000);
  const uuid = uuidFor(`key ${salt}`);
  const hex = uuid.replaceAll('-', '');
  const made = sample(spec, schema, { direction: 'request', seed: Math.floor(random() * 1_000) });
  const candidates: readonly Json[] = [
    uuid,
    number,
    `exactmatch-${salt}`,
    hex.slice(0, 24),
    hex.slice(0, 8),
  ];
  const fitting = candidates.find((key) =>
    isValid(spec, schema, key, { direction: 'request', strict: false }),
  );
  return fitting ?? made;
}
