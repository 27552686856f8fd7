import { isArray, isObject, type Json } from '../json.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import type { JudgeOptions, Violation } from './violation.ts';

/** What a schema says of a value: what it breaks, and which parts of it were looked at. */
export interface Outcome {
  readonly violations: Violation[];
  /** Names of properties that some subschema evaluated (JSON Schema core, 7.7.1: annotations). */
  readonly properties: Set<string>;
  /** Indices of items that some subschema evaluated. */
  readonly items: Set<number>;
  /** What the schemas here name: names of properties, and patterns in words. */
  readonly known: Set<string>;
  /** Whether any schema here names properties: only then can `strict` call others unknown. */
  namesProperties: boolean;
}

/** What holds for a schema because of the schemas that led to it. */
export interface Frame {
  /** Absolute URIs of the schema resources passed through, outermost first. */
  readonly scope: readonly string[];
  /** Properties that do not belong into a message of this direction. */
  readonly barred: ReadonlySet<string>;
  /** Parents whose discriminator has made its choice already. */
  readonly dispatched: ReadonlySet<string>;
  /** The schemas that are being applied to this very value: one that returns would never end. */
  readonly applying: ReadonlySet<string>;
  /** How many values this one lies within. */
  readonly depth: number;
}

/** The judge, as the keywords see it. */
export interface Judge {
  readonly spec: Spec;
  readonly options: JudgeOptions;
  /** Judges the same value by another schema. */
  readonly apply: (schema: Node, value: Json, pointer: string, frame: Frame) => Outcome;
  /** Judges a value inside this one. */
  readonly descend: (schema: Node, value: Json, pointer: string, frame: Frame) => Outcome;
}

/** One schema object on its way through the keywords. */
export interface Step<V extends Json = Json> {
  readonly judge: Judge;
  readonly schema: Node;
  readonly value: V;
  readonly pointer: string;
  readonly frame: Frame;
  readonly outcome: Outcome;
}

/** An outcome that nothing has been said in. */
export function emptyOutcome(): Outcome {
  return {
    violations: [],
    properties: new Set(),
    items: new Set(),
    known: new Set(),
    namesProperties: false,
  };
}

/** Adds what a subschema said of the same value. */
export function merge(into: Outcome, from: Outcome): void {
  into.violations.push(...from.violations);
  mergeEvaluated(into, from);
}

/** Adds which parts a subschema looked at, and none of its violations. */
export function mergeEvaluated(into: Outcome, from: Outcome): void {
  for (const name of from.properties) into.properties.add(name);
  for (const index of from.items) into.items.add(index);
  for (const name of from.known) into.known.add(name);
  into.namesProperties ||= from.namesProperties;
}

/** The JSON type of a value, with `integer` for whole numbers. */
export function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  if (isObject(value)) return 'object';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}
