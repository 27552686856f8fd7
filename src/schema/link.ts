import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { child } from '../spec/node.ts';
import { resolveReference } from '../spec/ref.ts';
import { addressOf, type Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { barredProperties, inPlace, isBarred } from './access.ts';
import { isBeyondAjv, PLAIN_NAMES } from './beyond-ajv.ts';
import { CONTROL_INFORMATION, isOData } from './control-information.ts';
import { keywordsOf } from './dialect.ts';
import { type Discriminator, discriminatorOf } from './discriminator.ts';
import { reachesDynamicReference } from './dynamic.ts';
import { conditionsOf, type Linkers, otherThanObjects } from './link-discriminator.ts';
import { linkEach, linkPlain, linkRequired, linkValues } from './link-keywords.ts';
import { judging, refers } from './reference.ts';
import type { JudgeOptions } from './violation.ts';

/** A schema that stands alone: plain JSON Schema 2020-12 for one direction, ready to be compiled. */
export interface Linked {
  readonly schema: Json;
  /** Whether Ajv judges all of it rightly; if not, `evaluate` gives the verdict. */
  readonly exact: boolean;
  /** The formats that it uses. */
  readonly formats: ReadonlySet<string>;
}

/** What stands in for schemas that are compiled apart. */
export interface Links {
  /** For a schema that judges a value inside this one. */
  readonly reference: (target: Node) => JsonObject;
  /**
   * For the choices of a discriminator that has many: one keyword that judges by the choice that the
   * value names. Without it every choice becomes a condition.
   */
  readonly dispatch?: (discriminator: Discriminator, around: Around) => JsonObject;
}

/** So many choices of a discriminator become conditions; more are compiled when a value names them. */
const FEW = 8;

interface Context {
  readonly spec: Spec;
  readonly options: JudgeOptions;
  readonly links: Links;
  readonly definitions: Map<string, { readonly name: string; schema: Json }>;
  readonly formats: Set<string>;
  exact: boolean;
  hasCondition: boolean;
  hasDispatch: boolean;
  closes: boolean;
}

/** What holds for a schema because of those that apply it to the same value. */
export interface Around {
  /** Properties that do not belong into a message of this direction. */
  readonly barred: ReadonlySet<string>;
  /** Parents whose discriminator has made its choice already. */
  readonly dispatched: ReadonlySet<string>;
}

/** What holds for a schema that judges a value on its own. */
export const NOWHERE: Around = { barred: new Set(), dispatched: new Set() };

/** Keywords whose schemas judge the same value. */
const SAME: readonly string[] = [
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'dependentSchemas',
];
/** Keywords whose schemas judge values inside it: members of an object, and others. */
const MEMBERS: readonly string[] = [
  ...['properties', 'patternProperties', 'additionalProperties', 'unevaluatedProperties'],
];
const INSIDE: readonly string[] = [
  ...['items', 'prefixItems', 'contains', 'unevaluatedItems', 'propertyNames'],
];

/**
 * Makes one schema of a schema and all that it applies to the same value, in the direction that a
 * message travels. Schemas of values inside it, where they are `$ref`s, become a `reference`.
 */
export function link(
  spec: Spec,
  schema: Node,
  options: JudgeOptions,
  links: Links,
  around: Around = NOWHERE,
): Linked {
  const formats = new Set<string>();
  const definitions = new Map();
  const context: Context = {
    ...{ spec, options, links, definitions, formats },
    ...{ exact: true, hasCondition: false, hasDispatch: false, closes: options.strict },
  };
  const linked = same(context, schema, around);
  const body = around === NOWHERE ? closed(context, schema, linked) : linked;
  // What a schema that is compiled apart has evaluated, nobody around it hears of.
  if ((context.hasCondition || context.hasDispatch) && context.closes) context.exact = false;
  if (reachesDynamicReference(spec, schema)) context.exact = false;
  const parts = [...context.definitions.values()].map((part) => [part.name, part.schema] as const);
  const { exact } = context;
  if (parts.length === 0 || !isObject(body)) return { schema: body, exact, formats };
  return { schema: { ...body, $defs: Object.fromEntries(parts) }, exact, formats };
}

/** A schema that judges the same value as the one that holds it. */
function same(context: Context, schema: Node, around: Around): Json {
  const keywords = keywordsOf(context.spec, schema);
  if (typeof keywords === 'boolean') return keywords;
  const { spec, options } = context;
  const own = barredProperties(spec, schema, options.direction);
  const barred = own.size === 0 ? around.barred : new Set([...around.barred, ...own]);
  const here = { barred, dispatched: around.dispatched };
  const linked: Record<string, Json> = {};
  if (isBeyondAjv(keywords)) context.exact = false;
  // Ajv takes what a condition evaluated for evaluated, whether the condition holds or not.
  if (keywords['if'] !== undefined) context.hasCondition = true;
  if (keywords['unevaluatedProperties'] !== undefined) {
    context.closes = true;
    linked[PLAIN_NAMES] = true;
  }
  linkPlain(keywords, linked);
  linkValues(spec, keywords, linked, context.formats);
  linkRequired(keywords, barred, linked);
  for (const keyword of MEMBERS) linkEach(schema, keyword, linked, (part) => member(context, part));
  for (const keyword of INSIDE) linkEach(schema, keyword, linked, (part) => inside(context, part));
  const discriminator = discriminatorOf(spec, schema, keywords);
  for (const keyword of SAME) {
    if (keyword === discriminator?.list) continue;
    linkEach(schema, keyword, linked, (part) => same(context, part, here));
  }
  const extra = [...references(context, schema, keywords, here)];
  if (discriminator) extra.push(...choose(context, schema, discriminator, here));
  // Ajv refuses an empty list; JSON Schema lets it forbid everything.
  if (isArray(keywords['enum']) && keywords['enum'].length === 0) extra.push({ not: {} });
  if (extra.length > 0)
    linked['allOf'] = [...(isArray(linked['allOf']) ? linked['allOf'] : []), ...extra];
  return linked;
}

/** A schema that judges a value inside; the value is a place of its own, where nothing is inherited. */
function inside(context: Context, schema: Node): Json {
  const target = judging(context.spec, schema);
  const keywords = keywordsOf(context.spec, target);
  if (typeof keywords === 'boolean') return keywords;
  const { links, spec } = context;
  // Where schemas are compiled when a value reaches them, what refers to others waits as well: else
  // one would bring along all that it leads to.
  if (target !== schema || (links.dispatch && refers(spec, schema))) return links.reference(target);
  return closed(context, schema, same(context, schema, NOWHERE));
}

/** Under `strict`, an object whose properties are named may have no others. */
function closed(context: Context, schema: Node, linked: Json): Json {
  const { options, spec } = context;
  if (!options.strict || !isObject(linked) || linked['unevaluatedProperties'] !== undefined) {
    return linked;
  }
  const isNaming = (part: Node) => child(part, 'properties') !== undefined;
  if ([...inPlace(spec, schema, ['allOf'])].some(isNaming)) {
    const closing = { ...linked, unevaluatedProperties: false, [PLAIN_NAMES]: true };
    if (!isOData(spec, schema)) return closing;
    const control = { patternProperties: { [CONTROL_INFORMATION]: true } };
    const parts = isArray(linked['allOf']) ? linked['allOf'] : [];
    return { ...closing, allOf: [...parts, control] };
  }
  // Whether what names properties applies at all depends on the value.
  const mayName = (part: Node) => isNaming(part) || child(part, 'dependentSchemas') !== undefined;
  if ([...inPlace(spec, schema)].some(mayName)) context.exact = false;
  return linked;
}

function* references(
  context: Context,
  schema: Node,
  keywords: JsonObject,
  around: Around,
): Iterable<JsonObject> {
  for (const reference of [keywords['$ref'], keywords['$dynamicRef']]) {
    if (typeof reference !== 'string') continue;
    yield define(context, resolveReference(context.spec, schema, reference), around);
  }
}

function define(context: Context, target: Node, around: Around): JsonObject {
  const key = keyWithin(target, around);
  let known = context.definitions.get(key);
  if (!known) {
    known = { name: `s${context.definitions.size}`, schema: true };
    context.definitions.set(key, known);
    known.schema = same(context, target, around);
  }
  return { $ref: `#/$defs/${known.name}` };
}

/** Names a schema together with what holds around it. */
export function keyWithin(schema: Node, { barred, dispatched }: Around): string {
  return [addressOf(schema), [...barred].sort(), [...dispatched].sort()].join('|');
}

/** What does not travel in this direction may not be there. */
function member(context: Context, schema: Node): Json {
  return !isBarred(context.spec, schema, context.options.direction) && inside(context, schema);
}

/** What a discriminator chooses; whoever has chosen already does not choose again. */
function choose(
  context: Context,
  schema: Node,
  discriminator: Discriminator,
  around: Around,
): readonly JsonObject[] {
  const address = addressOf(schema);
  if (around.dispatched.has(address)) return [];
  const next = { ...around, dispatched: new Set([...around.dispatched, address]) };
  const linkers: Linkers = {
    choice: (part) => define(context, part, next),
    alternative: (part) => same(context, part, next),
    closes: context.options.strict,
  };
  const { dispatch } = context.links;
  if (dispatch && discriminator.choices.size > FEW) {
    context.hasDispatch = true;
    return [
      ...otherThanObjects(context.spec, schema, discriminator, linkers),
      dispatch(discriminator, next),
    ];
  }
  if (!context.options.strict) context.hasCondition = true;
  return conditionsOf(context.spec, schema, discriminator, linkers);
}
