import { ExactMatchError } from '../errors.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { barredProperties } from '../schema/access.ts';
import { keywordsOf } from '../schema/dialect.ts';
import { canonical } from '../schema/equal.ts';
import { child, children } from '../spec/node.ts';
import { resolveReference } from '../spec/ref.ts';
import { addressOf, type Node } from '../spec/source.ts';
import { combine } from './combine.ts';
import { type Context, componentKeyOf, type Draft, type Form, FREE } from './form.ts';
import { writeKeywords } from './keywords.ts';
import { settle } from './scalars.ts';
import { isAnnotation, writeAnnotations } from './words.ts';

/** Writes the schemas of one document. */
export interface SchemaWriter {
  readonly form: Form;
  /** Schemas that are referred to and wait to be written. */
  readonly waiting: (() => void)[];
  /** The components that stand in the form, by their key. */
  readonly components: Draft;
}

/**
 * A schema in its normal form.
 *
 * What is referred to becomes a component, one for each way that it travels; what stands in an
 * `allOf` is brought into one schema where that means the same; `allOf` of one is that one.
 */
export function writeSchema(writer: SchemaWriter, schema: Node, context: Context): Draft {
  const { form } = writer;
  const parts = conjunctsOf(form, schema);
  const target = aliased(parts);
  if (target) {
    const draft: Draft = { $ref: referTo(writer, target, context) };
    return enter(writer, draft, schema, context, annotate(draft, parts));
  }
  // What takes others in may meet itself among them: as a component it is written once.
  if (parts.some(({ kind }) => kind === 'reference')) {
    return enter(writer, { $ref: referTo(writer, schema, context) }, schema, context);
  }
  return writeParts(writer, schema, parts, context);
}

/** One of several schemas that a value must satisfy together. */
type Conjunct =
  | { readonly kind: 'keywords'; readonly node: Node; readonly keywords: JsonObject | boolean }
  | { readonly kind: 'reference'; readonly target: Node }
  /** One that cannot be read, or refers to itself. */
  | { readonly kind: 'broken'; readonly node: Node };

function conjunctsOf(form: Form, schema: Node): readonly Conjunct[] {
  const { spec, seen } = form;
  seen.add(addressOf(schema));
  try {
    const keywords = keywordsOf(spec, schema);
    if (typeof keywords === 'boolean') return [{ kind: 'keywords', node: schema, keywords }];
    const { $ref, allOf, ...own } = keywords;
    const found: Conjunct[] = [{ kind: 'keywords', node: schema, keywords: own }];
    for (const reference of [$ref, own['$dynamicRef']]) {
      if (typeof reference !== 'string') continue;
      found.push({ kind: 'reference', target: resolveReference(spec, schema, reference) });
    }
    const list = allOf === undefined ? undefined : child(schema, 'allOf');
    for (const [, item] of list ? children(list) : []) found.push(...conjunctsOf(form, item));
    return found;
  } catch (cause) {
    if (!(cause instanceof ExactMatchError)) throw cause;
    return [{ kind: 'broken', node: schema }];
  }
}

/** The one schema that says all, when the others only tell about it. */
function aliased(parts: readonly Conjunct[]): Node | undefined {
  const [first, ...others] = parts.filter(
    (part) => part.kind !== 'keywords' || !isSilent(part.keywords),
  );
  return first?.kind === 'reference' && others.length === 0 ? first.target : undefined;
}

function isSilent(keywords: JsonObject | boolean): boolean {
  return keywords === true || (keywords !== false && Object.keys(keywords).every(isAnnotation));
}

/** The reference to the component of a schema, which is written later. */
function referTo(writer: SchemaWriter, target: Node, context: Context): string {
  const { form, components, waiting } = writer;
  const schema = endOfAliases(form, target);
  const key = componentKeyOf(
    form,
    `${labelOf(form, schema)} ${contextText(form, schema, context)}`,
  );
  if (!Object.hasOwn(components, key)) {
    const draft: Draft = {};
    components[key] = draft;
    waiting.push(() => {
      const written = writeParts(writer, schema, conjunctsOf(form, schema), context);
      const entry = form.entries.get(written);
      Object.assign(draft, written);
      if (entry) form.entries.set(draft, entry);
    });
  }
  return `#/components/schemas/${key}`;
}

function endOfAliases(form: Form, target: Node): Node {
  const seen = new Set<string>();
  let schema = target;
  while (!seen.has(addressOf(schema))) {
    seen.add(addressOf(schema));
    const next = aliased(conjunctsOf(form, schema));
    if (!next) break;
    schema = next;
  }
  return schema;
}

/** The same for the same schema of two versions of a document. */
function labelOf({ spec }: Form, { source, pointer }: Node): string {
  return source === spec.root.source ? pointer : `${source.uri.replace(/^.*\//s, '')}#${pointer}`;
}

function contextText({ spec }: Form, schema: Node, context: Context): string {
  const { travel, sense, isClosed, barred } = context;
  const text = `${travel} ${sense} ${isClosed}`;
  if (!barred) return text;
  const own = barredProperties(spec, schema, travel);
  return own.symmetricDifference(barred).size === 0 ? text : `${text} ${[...barred].sort().join()}`;
}

function writeParts(
  writer: SchemaWriter,
  schema: Node,
  parts: readonly Conjunct[],
  context: Context,
): Draft {
  const { form } = writer;
  const { spec } = form;
  const all = [...expanded(form, parts, new Set([addressOf(schema)]))];
  const isBroken = all.some(({ kind }) => kind === 'broken');
  const barred =
    context.barred ?? (isBroken ? NONE : barredProperties(spec, schema, context.travel));
  const isClosed = context.isClosed || all.some((part) => part.kind === 'keywords' && closes(part));
  const inner: Context = { ...context, barred, isClosed };
  const members = new Map<string, Node>();
  const draft: Draft = { properties: {} };
  const apart: Draft[] = [];
  for (const part of all) {
    const written = writeConjunct(writer, part, inner);
    const isOwn = part.kind === 'keywords' && part.node === schema;
    const own = form.entries.get(written)?.members ?? new Map<string, Node>();
    if (combine(form, draft, written, isOwn))
      for (const [key, node] of own) keep(members, key, node);
    else if (!apart.some((other) => combine(form, other, written, false))) apart.push(written);
  }
  settle(draft);
  for (const other of apart) settle(other);
  if (apart.length > 0) draft['allOf'] = apart;
  if (Object.keys(draft['properties'] ?? {}).length === 0) draft[FREE] = true;
  return enter(writer, draft, schema, inner, keepAll(members, annotate(draft, parts)));
}

const NONE: ReadonlySet<string> = new Set();

function closes({ keywords }: Conjunct & { kind: 'keywords' }): boolean {
  if (typeof keywords === 'boolean') return false;
  const { unevaluatedProperties, unevaluatedItems } = keywords;
  return isClosing(unevaluatedProperties) || isClosing(unevaluatedItems);
}

function isClosing(value: Json | undefined): boolean {
  return value !== undefined && value !== true;
}

/** All parts, with what they refer to in its place; one that leads back to itself is broken. */
function* expanded(
  form: Form,
  parts: readonly Conjunct[],
  through: ReadonlySet<string>,
): Iterable<Exclude<Conjunct, { kind: 'reference' }>> {
  for (const part of parts) {
    if (part.kind !== 'reference') {
      yield part;
      continue;
    }
    const { target } = part;
    const address = addressOf(target);
    if (through.has(address)) yield { kind: 'broken', node: target };
    else yield* expanded(form, conjunctsOf(form, target), new Set([...through, address]));
  }
}

function writeConjunct(
  writer: SchemaWriter,
  part: Exclude<Conjunct, { kind: 'reference' }>,
  context: Context,
): Draft {
  const { node } = part;
  if (part.kind === 'broken') {
    return enter(writer, { properties: {}, 'x-broken': canonical(node.value) }, node, context);
  }
  const { keywords } = part;
  if (!isObject(keywords)) {
    const draft: Draft = { properties: {}, ...(keywords ? {} : { 'x-never': true }) };
    return enter(writer, draft, node, context);
  }
  const write = (inner: Node, of: Context) => writeSchema(writer, inner, of);
  const { draft, members } = writeKeywords({ form: writer.form, write }, node, keywords, context);
  return enter(writer, draft, node, context, members);
}

function annotate(draft: Draft, parts: readonly Conjunct[]): Map<string, Node> {
  const members = new Map<string, Node>();
  for (const part of parts) {
    if (part.kind !== 'keywords' || !isObject(part.keywords)) continue;
    keepAll(members, writeAnnotations(draft, part.node, part.keywords));
  }
  return members;
}

function enter(
  { form }: SchemaWriter,
  draft: Draft,
  node: Node,
  context: Context,
  members: ReadonlyMap<string, Node> = new Map(),
): Draft {
  form.entries.set(draft, { kind: 'schema', node, members, name: '', context });
  return draft;
}

function keep(members: Map<string, Node>, key: string, node: Node): void {
  if (!members.has(key)) members.set(key, node);
}

function keepAll(members: Map<string, Node>, others: ReadonlyMap<string, Node>): Map<string, Node> {
  for (const [key, node] of others) keep(members, key, node);
  return members;
}
