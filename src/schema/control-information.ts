import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { namesOf } from './members.ts';

/**
 * The names of OData's control information, `@odata.count` and `items@odata.count` alike: JSON of that
 * format may carry it anywhere, and whoever reads it passes over what he does not know.
 *
 * @see https://docs.oasis-open.org/odata/odata-json-format/v4.01/odata-json-format-v4.01.html#sec_ControlInformation
 */
export const CONTROL_INFORMATION = '^[^@]*@odata\\.';

/** Tells whether a schema is of that format: it names some of the control information itself. */
export function isOData(spec: Spec, schema: Node): boolean {
  return [...namesOf(spec, schema).names].some((name) => name.startsWith('@odata.'));
}
