import { exampleOf, namedExamplesOf, schemaOf } from '../check/example-value.ts';
import { isArray, isObject, type Json } from '../json.ts';
import { isValid } from '../schema/judge.ts';
import { type Operation, type Parameter, parametersOf, requestBodyOf } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import type { Binding } from './binding.ts';
import { type BodyChoice, bodyChoicesOf, isBodyRequired } from './body-choice.ts';
import type { Draft, DraftBody } from './draft.ts';
import type { Settings } from './settings.ts';
import { uuidFor } from './vary.ts';

/** Why a request cannot be made up: what is left out is counted by it. */
export interface Unmakeable {
  readonly reason: string;
}

/** Parameters by which a request depends on what is there: they are judged on purpose, not by chance. */
const CONDITIONS: ReadonlySet<string> = new Set([
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'if-range',
  'range',
]);
/** A value that must never be sent twice with something else. */
const ONCE = /idempotency/i;
/** What asks a service to do something else than the method says. */
const OVERRIDE = /method-?override/i;

/** A right request with all that the document requires and no more; or why there is none. */
export function minimalDraft(
  { spec, settings }: { readonly spec: Spec; readonly settings: Settings },
  operation: Operation,
  binding: Binding,
  salt = '',
): Draft | Unmakeable {
  const values: Record<'query' | 'header' | 'cookie', Record<string, Json>> = {
    query: {},
    header: {},
    cookie: {},
  };
  for (const parameter of parametersOf(spec, operation)) {
    const { name, in: place, required } = parameter;
    if (place === 'path' || !required) continue;
    if (place === 'header' && settings.headers[name.toLowerCase()] !== undefined) continue;
    const value = requiredValue(spec, parameter, salt);
    if (value === undefined)
      return { reason: 'no value was found that a required parameter takes' };
    values[place][name] = value;
  }
  const requestBody = requestBodyOf(spec, operation);
  const [choice] = requestBody ? bodyChoicesOf(spec, operation) : [];
  if (!choice && isBodyRequired(spec, operation))
    return { reason: 'no body was found that the operation takes' };
  const body = choice ? bodyOf(choice, choice.minimal) : undefined;
  return { operation, values, binding, body, credentials: 'given' };
}

/** Tells whether a request could be made up. */
export function isDraft(draft: Draft | Unmakeable): draft is Draft {
  return 'operation' in draft;
}

/** A value as the body of a request. */
export function bodyOf({ contentType, mediaType }: BodyChoice, value: Json): DraftBody {
  return { contentType, value, mediaType };
}

function requiredValue(spec: Spec, parameter: Parameter, salt: string): Json | undefined {
  const { name, node } = parameter;
  if (name.toLowerCase() === 'if-match') return '*';
  const schema = schemaOf(node);
  const unique = uuidFor(`${name} ${salt}`);
  const isFree = !schema || isValid(spec, schema, unique, { direction: 'request', strict: false });
  if (ONCE.test(name) && isFree) return unique;
  return exampleOf(spec, node, (value) => value !== '');
}

/** The parameters that a request may have or not, and that mean the same whatever is there. */
export function optionalParameters(spec: Spec, operation: Operation): readonly Parameter[] {
  return parametersOf(spec, operation).filter(({ name, in: place, required }) => {
    if (place === 'path' || required || OVERRIDE.test(name)) return false;
    return place !== 'header' || !CONDITIONS.has(name.toLowerCase());
  });
}

/** Tells whether a parameter's texts are free, and the document shows what they look like. */
export function isExemplary(spec: Spec, { node }: Parameter): boolean {
  const [first] = namedExamplesOf(spec, node);
  const schema = schemaOf(node);
  const { example, examples } = schema && isObject(schema.value) ? schema.value : {};
  const inner = first ?? example ?? (isArray(examples) ? examples[0] : undefined);
  const [item] = isArray(inner) ? inner : [inner];
  return typeof item === 'string' || isObject(item);
}

/** Tells whether a parameter takes 1 for the size of a page. */
export function takesOne(spec: Spec, { node }: Parameter): boolean {
  const schema = schemaOf(node);
  return schema !== undefined && isValid(spec, schema, 1, { direction: 'request', strict: false });
}
