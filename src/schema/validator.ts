import { createRequire } from 'node:module';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import { isObject, type Json, ownString } from '../json.ts';
import { addressOf, type Node } from '../spec/source.ts';
import { remembered, type Spec } from '../spec/spec.ts';
import { hasPlainNames, PLAIN_NAMES } from './beyond-ajv.ts';
import type { Discriminator } from './discriminator.ts';
import { evaluate } from './evaluate.ts';
import { formatOf } from './formats.ts';
import { type Around, keyWithin, type Links, link, NOWHERE } from './link.ts';
import { isMultipleOf } from './number.ts';
import { judging } from './reference.ts';
import { regularExpression } from './regular-expression.ts';
import { invalid } from './shape.ts';
import type { Direction, JudgeOptions } from './violation.ts';

/** A verdict and nothing else. */
export type Validate = (value: unknown) => boolean;

/** The keyword that stands for a schema compiled when a value first reaches it. */
const UNIT = 'exactmatchUnit';
/** The keyword that judges an object by the schema that its discriminator names. */
const DISPATCH = 'exactmatchDispatch';

const require = createRequire(import.meta.url);

/** The compiled schemas of a document, by direction, strictness and address. */
const validators = remembered(() => new Map<string, Validate>());
/** The same by the node itself, which those hold that judge by it again and again. */
const validatorsByNode = remembered(() => ({
  request: { lax: new WeakMap<Node, Validate>(), strict: new WeakMap<Node, Validate>() },
  response: { lax: new WeakMap<Node, Validate>(), strict: new WeakMap<Node, Validate>() },
}));
const instances = remembered(() => new Map<string, Instance>());

/**
 * The compiled validator of a schema: made at its first use, together with what judges the same
 * value; schemas of values inside it are compiled when a value reaches them.
 *
 * @throws {ExactMatchError} `SPEC_SCHEMA_INVALID`, `SPEC_REF_UNRESOLVED`, naming the place.
 */
export function validatorFor(spec: Spec, schema: Node, options: JudgeOptions): Validate {
  const quick = validatorsByNode(spec)[options.direction][options.strict ? 'strict' : 'lax'];
  const found = quick.get(schema);
  if (found) return found;
  const known = validators(spec);
  const key = keyOf(schema, options);
  let validate = known.get(key);
  if (!validate) {
    const target = judging(spec, schema);
    validate = known.get(keyOf(target, options)) ?? compile(spec, target, options);
    known.set(keyOf(target, options), validate).set(key, validate);
  }
  quick.set(schema, validate);
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

function compile(
  spec: Spec,
  schema: Node,
  options: JudgeOptions,
  around: Around = NOWHERE,
): Validate {
  const { ajv, apart } = instanceFor(spec, options);
  const links: Links = {
    reference: (target) => {
      const address = addressOf(target);
      apart.set(address, () => validatorFor(spec, target, options));
      return { [UNIT]: address };
    },
    dispatch: (discriminator, within) => {
      const key = keyWithin(discriminator.node, within);
      apart.set(key, () => dispatcher(spec, discriminator, options, within));
      return { [DISPATCH]: key };
    },
  };
  try {
    const { schema: linked, exact, formats } = link(spec, schema, options, links, around);
    if (!exact) return (value) => evaluate(spec, schema, value as Json, options).length === 0;
    addFormats(ajv, formats);
    // Ajv's own function, without its errors: they are never read.
    const validate = ajv.compile(linked as object | boolean);
    return (value) => validate(value);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw invalid(schema, 'it is nested too deeply');
  }
}

/** Judges an object by the choice that it names, which is compiled when it is first named. */
function dispatcher(
  spec: Spec,
  { property, choices, list }: Discriminator,
  options: JudgeOptions,
  around: Around,
): Validate {
  const known = validators(spec);
  const compiled = new Map<string, Validate>();
  return (value) => {
    if (!isObject(value)) return true;
    const name = ownString(value, property);
    const choice = name === undefined ? undefined : choices.get(name);
    // A parent judges alone what names none of its heirs; a list takes nothing else.
    if (name === undefined || !choice) return list === undefined;
    let validate = compiled.get(name);
    if (!validate) {
      const key = `${keyOf(choice, options)}|${keyWithin(choice, around)}`;
      validate = known.get(key) ?? compile(spec, choice, options, around);
      known.set(key, validate);
      compiled.set(name, validate);
    }
    return validate(value);
  };
}

interface Instance {
  readonly ajv: Ajv2020;
  /** What makes the validators that are compiled apart, by the value of their keyword. */
  readonly apart: Map<string, () => Validate>;
}

function instanceFor(spec: Spec, options: JudgeOptions): Instance {
  const key = `${options.direction} ${options.strict}`;
  const known = instances(spec);
  let instance = known.get(key);
  if (!instance) {
    const apart = new Map<string, () => Validate>();
    const ajv = createAjv();
    for (const keyword of [UNIT, DISPATCH]) {
      ajv.addKeyword({
        keyword,
        schemaType: 'string',
        errors: false,
        compile: (name: string) => {
          let validate: Validate | undefined;
          return (value: unknown) => {
            validate ??= apart.get(name)?.() ?? refuse;
            return validate(value);
          };
        },
      });
    }
    instance = { ajv, apart };
    known.set(key, instance);
  }
  return instance;
}

function refuse(): boolean {
  return false;
}

/** Ajv as we use it: for verdicts only, on schemas whose shape has been checked already. */
export function createAjv(code: object = {}): Ajv2020 {
  const { Ajv2020: Library } = require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
  const ajv = new Library({
    strict: false,
    validateSchema: false,
    addUsedSchema: false,
    logger: false,
    messages: false,
    code: {
      // It takes a third of the time of compiling, and the code runs no faster for it.
      optimize: false,
      regExp: Object.assign(regularExpression, { code: 'regularExpression' }),
      ...code,
    },
  });
  // Ajv divides: by it 19.99 is no multiple of 0.01, 1e21 none of 1, and 1e17 one of 3.
  return ajv
    .addKeyword({ keyword: PLAIN_NAMES, type: 'object', errors: false, validate: hasPlainNames })
    .removeKeyword('multipleOf')
    .addKeyword({
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
