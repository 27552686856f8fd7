import { isObject } from '../../json.ts';
import { objectChild } from '../../spec/node.ts';
import type { Operation } from '../../spec/operation.ts';
import { readTexts } from '../settings.ts';
import type { FaultTexts } from './rules.ts';

const known = new WeakMap<Operation, FaultTexts | null>();

/** The faults that the document gives an operation in `x-mock`, if it does. */
export function operationFaults(operation: Operation): FaultTexts | undefined {
  let faults = known.get(operation);
  if (faults === undefined) {
    const given = objectChild(operation.node, 'x-mock')?.value['faults'];
    faults = isObject(given) ? readTexts(given) : null;
    known.set(operation, faults);
  }
  return faults ?? undefined;
}
