import type { Json, JsonObject } from '../json.ts';
import { isValid } from '../schema/judge.ts';
import type { Direction } from '../schema/violation.ts';
import { child } from '../spec/node.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { decodeContent } from './body.ts';
import { mediaTypeFor } from './body-media-type.ts';

const EMPTY = { kind: 'text', text: '' } as const;

/**
 * What an empty body is, where its `Content-Type` is given and no bytes at all are a value that its
 * schema takes: an empty text, a form without fields. Else `undefined`: the body is missing.
 */
export function emptyValue(
  spec: Spec,
  owner: Node<JsonObject>,
  contentType: string | undefined,
  direction: Direction,
): Json | undefined {
  const entry = contentType === undefined ? undefined : mediaTypeFor(owner, contentType, EMPTY);
  if (!entry) return undefined;
  const decoded = decodeContent(spec, entry, contentType, EMPTY, direction);
  if (decoded.kind !== 'value') return undefined;
  const schema = child(entry.node, 'schema');
  const isTaken = !schema || isValid(spec, schema, decoded.value, { direction, strict: false });
  return isTaken ? decoded.value : undefined;
}
