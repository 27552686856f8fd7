import type { Difference } from './difference.ts';
import type { FormEvent } from './events.ts';
import type { Graph } from './graph.ts';

/** Where a difference comes from: what a list of differences does not tell. */
export interface Trace {
  readonly old: Graph;
  readonly new: Graph;
  readonly event: FormEvent;
  /** The property that it is about, where it is about one of an object. */
  readonly member: string | undefined;
}

const traces = new WeakMap<Difference, Trace>();

/** Remembers where a difference comes from, and gives the difference. */
export function traced(difference: Difference, trace: Trace): Difference {
  traces.set(difference, trace);
  return difference;
}

/** Where a difference comes from; `undefined` when `diffSpecs` did not make it. */
export function traceOf(difference: Difference): Trace | undefined {
  return traces.get(difference);
}
