import type { SpecLocation } from '../finding.ts';

/** Tells whether a place in a document lies in another one. */
export function isWithin(inner: SpecLocation, outer: SpecLocation): boolean {
  if (inner.file !== outer.file) return false;
  return inner.pointer === outer.pointer || inner.pointer.startsWith(`${outer.pointer}/`);
}
