import { isArray, isObject, type Json } from '../../json.ts';
import { follow } from '../../spec/node.ts';
import { append } from '../../spec/pointer.ts';
import type { Spec } from '../../spec/spec.ts';
import { wrong } from './extension-mistake.ts';

const NAME = 'x-mock';
/** Where it is read: beside `paths`, in path items, and in their operations. */
const PLACE = /^$|^\/(?:paths|components\/pathItems)\/[^/]+(?:\/[^/]+)?$/;
/** What holds data, in which a member of that name means nothing. */
const DATA: ReadonlySet<string> = new Set(['example', 'examples', 'default', 'const', 'enum']);

/**
 * Sees to it that the document has `x-mock` only where it is read; `isUsed` tells that it is somewhere.
 *
 * @throws {ExactMatchError} `SPEC_EXTENSION_INVALID`
 */
export function checkPlaces(spec: Spec, isUsed: boolean): void {
  const { root } = spec;
  const { uri, text } = root.source;
  // Most documents have none of it: the text of a file tells at once, and an object has no text yet.
  if (!isUsed && !(uri.startsWith('file:') && text().includes(NAME))) return;
  const pointer = findMisplaced(root.value, '');
  if (pointer === undefined) return;
  const reason =
    'nothing reads it there: it stands in a path item, in an operation or, for states, beside the paths';
  throw wrong(follow(root, pointer) ?? root, reason);
}

function findMisplaced(value: Json, pointer: string): string | undefined {
  if (isArray(value)) {
    for (const [index, item] of value.entries()) {
      const found = findMisplaced(item, append(pointer, index));
      if (found !== undefined) return found;
    }
  }
  if (!isObject(value)) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const at = append(pointer, name);
    if (name === NAME && !PLACE.test(pointer) && !pointer.endsWith('/properties')) return at;
    if (name.startsWith('x-') || DATA.has(name)) continue;
    const found = findMisplaced(member, at);
    if (found !== undefined) return found;
  }
  return undefined;
}
