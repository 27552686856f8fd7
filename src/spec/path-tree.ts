import { matchSegment, type TemplateSegment } from './template.ts';

/** Path templates by segment, so that finding one costs the same however many there are. */
export interface PathTree<T> {
  /** What was inserted with the template that ends here. */
  readonly items: T[];
  /** By literal segment, decoded. */
  literals: Map<string, PathTree<T>> | undefined;
  /** For segments of text and parameters. */
  mixed: MixedBranches<T> | undefined;
  /** For segments that are one parameter. */
  parameter: PathTree<T> | undefined;
}

interface MixedBranches<T> {
  /** By the text before the first parameter; in each list the most literal text comes first. */
  readonly byPrefix: Map<string, MixedBranch<T>[]>;
  /** The different lengths of those texts. */
  readonly lengths: number[];
  count: number;
}

interface MixedBranch<T> {
  readonly literals: readonly string[];
  /** How much of it is literal. */
  readonly weight: number;
  /** Its place in the document, which decides between equals. */
  readonly order: number;
  readonly tree: PathTree<T>;
}

/** The segments of a path, as they travelled and decoded. */
export interface PathSegments {
  readonly raw: readonly string[];
  readonly text: readonly string[];
}

/** An empty tree. */
export function pathTree<T>(): PathTree<T> {
  return { items: [], literals: undefined, mixed: undefined, parameter: undefined };
}

/** Adds an item under a template; templates that differ only in names of parameters share a place. */
export function insert<T>(
  tree: PathTree<T>,
  template: readonly TemplateSegment[],
  item: T,
): PathTree<T> {
  let branch = tree;
  for (const segment of template) branch = grow(branch, segment);
  branch.items.push(item);
  return branch;
}

function grow<T>(branch: PathTree<T>, { literals, names }: TemplateSegment): PathTree<T> {
  const [prefix = ''] = literals;
  if (names.length === 0) {
    branch.literals ??= new Map();
    const known = branch.literals.get(prefix);
    if (known) return known;
    const added = pathTree<T>();
    branch.literals.set(prefix, added);
    return added;
  }
  if (names.length === 1 && prefix === '' && literals[1] === '') {
    branch.parameter ??= pathTree();
    return branch.parameter;
  }
  branch.mixed ??= { byPrefix: new Map(), lengths: [], count: 0 };
  return growMixed(branch.mixed, prefix, literals);
}

function growMixed<T>(
  mixed: MixedBranches<T>,
  prefix: string,
  literals: readonly string[],
): PathTree<T> {
  const list = mixed.byPrefix.get(prefix) ?? [];
  mixed.byPrefix.set(prefix, list);
  if (!mixed.lengths.includes(prefix.length)) mixed.lengths.push(prefix.length);
  const known = list.find((branch) => isSame(branch.literals, literals));
  if (known) return known.tree;
  const weight = literals.reduce((sum, literal) => sum + literal.length, 0);
  const added = { literals, weight, order: mixed.count, tree: pathTree<T>() };
  mixed.count += 1;
  const index = list.findIndex((branch) => branch.weight < weight);
  list.splice(index === -1 ? list.length : index, 0, added);
  return added.tree;
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((text, index) => text === others[index]);
}

/**
 * Visits every branch that the segments lead to, the most concrete first, until a visit says `true`.
 *
 * While a branch is visited, `values` holds the raw values of the parameters on the way to it; after
 * a visit that said `true` it keeps them.
 */
export function descend<T>(
  branch: PathTree<T>,
  path: PathSegments,
  depth: number,
  values: string[],
  visit: (branch: PathTree<T>, depth: number) => boolean,
): boolean {
  if (visit(branch, depth)) return true;
  const text = path.text[depth];
  const raw = path.raw[depth];
  if (text === undefined || raw === undefined) return false;
  const literal = branch.literals?.get(text);
  if (literal && descend(literal, path, depth + 1, values, visit)) return true;
  const known = values.length;
  for (const { literals, tree } of branch.mixed ? candidates(branch.mixed, text) : NONE) {
    const found = matchSegment(literals, text, raw);
    if (!found) continue;
    values.push(...found);
    if (descend(tree as PathTree<T>, path, depth + 1, values, visit)) return true;
    values.length = known;
  }
  if (!branch.parameter || text === '') return false;
  values.push(raw);
  if (descend(branch.parameter, path, depth + 1, values, visit)) return true;
  values.length = known;
  return false;
}

const NONE: readonly never[] = [];

function candidates<T>(mixed: MixedBranches<T>, text: string): readonly MixedBranch<T>[] {
  let found: readonly MixedBranch<T>[] = NONE;
  for (const length of mixed.lengths) {
    const list = mixed.byPrefix.get(text.slice(0, length));
    // A text shorter than the length asks again for a prefix that it was asked for already.
    if (!list || text.length < length) continue;
    found = found.length === 0 ? list : [...found, ...list].sort(byLiteralText);
  }
  return found;
}

function byLiteralText(one: MixedBranch<unknown>, other: MixedBranch<unknown>): number {
  return other.weight - one.weight || one.order - other.order;
}
