import { createRequire } from 'node:module';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import type { Json } from '../json.ts';
import { addressOf, type Node } from '../spec/source.ts';
import { remembered, type Spec } from '../spec/spec.ts';
import { evaluate } from './evaluate.ts';
import { formatOf } from './formats.ts';
import { link } from './link.ts';
import { isMultipleOf } from './number.ts';
import { judging } from './reference.ts';
import { regularExpression } from './regular-expression.ts';
import { invalid } from './shape.ts';
import type { Direction, JudgeOptions } from './violation.ts';

/** A verdict and nothing else. */
export type Validate = (value: unknown) => boolean;

/** The keyword that stands for a schema compiled when a value first reaches it. */
const UNIT = 'exactmatchUnit';

const require = createRequire(import.meta.url);

/** The compiled schemas of a document, by direction, strictness and address. */
const validators = remembered(() => new Map<string, Validate>());
const instances = remembered(() => new Map<string, Ajv2020>());

/**
 * The compiled validator of a schema: made at its first use, together with what judges the same
 * value; schemas of values inside it are compiled when a value reaches them.
 *
 * @throws {ExactMatchError} `SPEC_SCHEMA_INVALID`, `SPEC_REF_UNRESOLVED`, naming the place.
 */
export function validatorFor(spec: Spec, schema: Node, options: JudgeOptions): Validate {
  const known = validators(spec);
  const key = keyOf(schema, options);
  let validate = known.get(key);
  if (!validate) {
    const target = judging(spec, schema);
    validate = known.get(keyOf(target, options)) ?? compile(spec, target, options);
    known.set(keyOf(target, options), validate).set(key, validate);
  }
  return validate;
}

/** Gives a document validators that were compiled before, by the pointer of their schema. */
export function registerValidators(
  spec: Spec,
  direction: Direction,
  compiled: Readonly<Record<string, Validate>>,
): void {
  const known = validators(spec);
  for (const [pointer, validate] of Object.entries(compiled)) {
    const address = `${spec.root.source.uri}#${pointer}`;
    known.set(`${direction} ${address}`, validate);
  }
}

function keyOf(schema: Node, { direction, strict }: JudgeOptions): string {
  return `${direction}${strict ? '!' : ''} ${addressOf(schema)}`;
}

function compile(spec: Spec, schema: Node, options: JudgeOptions): Validate {
  const units = new Map<string, Node>();
  const refer = (target: Node) => {
    const address = addressOf(target);
    units.set(address, target);
    return { [UNIT]: address };
  };
  try {
    const { schema: linked, exact, formats } = link(spec, schema, options, refer);
    if (!exact) return (value) => evaluate(spec, schema, value as Json, options).length === 0;
    const ajv = instanceFor(spec, options, units);
    addFormats(ajv, formats);
    // Ajv's own function, without its errors: they are never read.
    const validate = ajv.compile(linked as object | boolean);
    return (value) => validate(value);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw invalid(schema, 'it is nested too deeply');
  }
}

function instanceFor(spec: Spec, options: JudgeOptions, units: ReadonlyMap<string, Node>): Ajv2020 {
  const key = `${options.direction} ${options.strict}`;
  const known = instances(spec);
  const all = unitsOf(spec);
  for (const [address, node] of units) all.set(address, node);
  let ajv = known.get(key);
  if (!ajv) {
    ajv = createAjv();
    ajv.addKeyword({
      keyword: UNIT,
      schemaType: 'string',
      errors: false,
      compile: (address: string) => {
        let validate: Validate | undefined;
        return (value: unknown) => {
          const unit = all.get(address);
          validate ??= unit ? validatorFor(spec, unit, options) : () => false;
          return validate(value);
        };
      },
    });
    known.set(key, ajv);
  }
  return ajv;
}

const unitsOf = remembered(() => new Map<string, Node>());

/** Ajv as we use it: for verdicts only, on schemas whose shape has been checked already. */
export function createAjv(code: object = {}): Ajv2020 {
  const { Ajv2020: Library } = require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
  const ajv = new Library({
    strict: false,
    validateSchema: false,
    addUsedSchema: false,
    logger: false,
    messages: false,
    code: { regExp: Object.assign(regularExpression, { code: 'regularExpression' }), ...code },
  });
  // Ajv divides: by it 19.99 is no multiple of 0.01, 1e21 none of 1, and 1e17 one of 3.
  return ajv.removeKeyword('multipleOf').addKeyword({
    keyword: 'multipleOf',
    type: 'number',
    schemaType: 'number',
    errors: false,
    compile: (divisor: number) => (value: number) => isMultipleOf(value, divisor),
  });
}

/** Teaches Ajv the formats that a schema uses. */
export function addFormats(ajv: Ajv2020, names: Iterable<string>): void {
  for (const name of names) {
    const format = formatOf(name);
    if (format?.type === 'number') ajv.addFormat(name, { type: 'number', validate: format.holds });
    else if (format) ajv.addFormat(name, { type: 'string', validate: format.holds });
  }
}
