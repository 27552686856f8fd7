import { isArray } from '../json.ts';
import { tokens } from '../spec/pointer.ts';
import type { DifferenceUse } from './difference.ts';
import type { Draft, DraftValue, Entry, Form } from './form.ts';

/** An object or list of a normal form. */
export type Branch = Draft | DraftValue[];

/** Where an object or list stands. */
export interface Place {
  readonly parent: Branch;
  readonly key: string;
}

/** A normal form in which the way up is known as well. */
export interface Graph {
  readonly form: Form;
  readonly places: ReadonlyMap<Branch, Place>;
  /** The references to each component. */
  readonly references: ReadonlyMap<Branch, readonly Draft[]>;
  /** The uses that were asked for. */
  readonly uses: Map<Branch, readonly DifferenceUse[]>;
}

/** Finds the way up from every part of a normal form. */
export function graphOf(form: Form): Graph {
  const places = new Map<Branch, Place>();
  const references = new Map<Branch, Draft[]>();
  const waiting: Branch[] = [form.document];
  for (let branch = waiting.pop(); branch; branch = waiting.pop()) {
    for (const [key, value] of Object.entries(branch)) {
      if (!isBranch(value)) continue;
      places.set(value, { parent: branch, key });
      waiting.push(value);
    }
    if (isArray(branch)) continue;
    const target = targetOf(form, branch);
    if (target) references.set(target, [...(references.get(target) ?? []), branch]);
  }
  return { form, places, references, uses: new Map() };
}

/** What a JSON Pointer of the form, from `#`, leads to. */
export function branchAt(form: Form, pointer: string): Branch | undefined {
  let branch: Branch = form.document;
  for (const token of tokens(pointer.replace(/^#/, '').replace(/^\/$/, '')) ?? []) {
    const next: DraftValue | undefined = isArray(branch) ? branch[Number(token)] : branch[token];
    if (!isBranch(next)) return undefined;
    branch = next;
  }
  return branch;
}

/** The component that a reference leads to; `undefined` when it is none. */
export function targetOf(form: Form, branch: Draft): Draft | undefined {
  const reference = branch['$ref'];
  const target = typeof reference === 'string' ? branchAt(form, reference) : undefined;
  return target && !isArray(target) ? target : undefined;
}

/** Tells whether a value of the form has members. */
export function isBranch(value: DraftValue | undefined): value is Branch {
  return typeof value === 'object' && value !== null;
}

/** What is known of a part of the form, if it is one that stands for something. */
export function entryOf({ form }: Graph, branch: Branch): Entry | undefined {
  return form.entries.get(branch);
}

/** So many fields of one part of an operation are told. */
const FIELDS = 3;
/** So many steps up are taken. */
const STEPS = 5_000;

/** The places in messages that a part of the form is used at, each part of an operation a few times. */
export function usesOf(graph: Graph, branch: Branch): readonly DifferenceUse[] {
  const known = graph.uses.get(branch);
  if (known) return known;
  const found = new Map<string, DifferenceUse>();
  const counts = new Map<string, number>();
  const seen = new Map<Branch, number>();
  const waiting: Start[] = [{ branch, field: '', above: [] }];
  for (let step = 0; step < STEPS; step += 1) {
    const next = waiting.shift();
    if (!next) break;
    const times = seen.get(next.branch) ?? 0;
    if (times >= FIELDS) continue;
    seen.set(next.branch, times + 1);
    const top = climb(graph, next);
    if (top.use) {
      const part = `${top.use.operation}\n${top.use.part}`;
      const count = counts.get(part) ?? 0;
      counts.set(part, count + 1);
      if (count < FIELDS) found.set(`${part}\n${top.use.field}`, top.use);
    }
    for (const reference of graph.references.get(top.branch) ?? []) {
      waiting.push({ ...top, branch: reference });
    }
  }
  const uses = [...found.values()];
  graph.uses.set(branch, uses);
  return uses;
}

/** A part on the way up, and what lies below it. */
interface Start {
  readonly branch: Branch;
  readonly field: string;
  /** The parts of the message that were passed, the lowest first. */
  readonly above: readonly Entry[];
}

interface Top extends Start {
  readonly use?: DifferenceUse;
}

/** Climbs to the component, or to the operation, of several the outermost, that a part stands in. */
function climb(graph: Graph, start: Start): Top {
  let { branch, field } = start;
  const above = [...start.above];
  let operation: Entry | undefined;
  for (let place = graph.places.get(branch); place; place = graph.places.get(branch)) {
    const entry = entryOf(graph, branch);
    if (entry?.kind === 'operation') {
      if (operation) above.push(operation);
      operation = entry;
    }
    if (entry?.place) above.push(entry);
    if (graph.references.has(branch)) break;
    if (!operation) field = stepOf(graph, place) + field;
    branch = place.parent;
  }
  return { branch, field, above, ...(operation ? { use: useOf(operation, above, field) } : {}) };
}

function useOf({ name }: Entry, above: readonly Entry[], field: string): DifferenceUse {
  return {
    operation: name,
    place: above[0]?.place ?? 'operation',
    part: above
      .toReversed()
      .map(partName)
      .filter((part) => part !== '')
      .join(', '),
    field: field.replace(/^\./, ''),
  };
}

function partName({ kind, name }: Entry): string {
  switch (kind) {
    case 'parameter':
      return `parameter ${name}`;
    case 'header':
      return `header ${name}`;
    case 'requestBody':
      return 'request';
    case 'response':
      return `response ${name}`;
    case 'mediaType':
      return name;
    case 'operation':
      return `callback ${name}`;
    default:
      return '';
  }
}

const LISTS: ReadonlySet<string> = new Set(['items', 'contains', 'unevaluatedItems']);
const OTHERS: ReadonlySet<string> = new Set(['additionalProperties', 'unevaluatedProperties']);

/** The part of a field's name that a step up adds before it. */
function stepOf({ form, places }: Graph, { parent, key }: Place): string {
  if (LISTS.has(key)) return '[]';
  if (OTHERS.has(key)) return '.*';
  const container = places.get(parent)?.key;
  const name = form.names.get(key) ?? key;
  if (container === 'properties') return `.${name}`;
  if (container === 'patternProperties') return '.*';
  return container === 'dependentSchemas' && name.startsWith('item ') ? `[${name.slice(5)}]` : '';
}
