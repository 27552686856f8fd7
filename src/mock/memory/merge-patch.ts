import { isObject, type Json, type JsonObject } from '../../json.ts';

/**
 * An object after a JSON Merge Patch; null removes a member, or stays as null where that is asked for.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7396
 */
export function mergePatch(
  target: JsonObject,
  patch: JsonObject,
  { keepsNull }: { readonly keepsNull: boolean },
): Record<string, Json> {
  const merged: Record<string, Json> = { ...target };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null && !keepsNull) {
      delete merged[name];
      continue;
    }
    const old = Object.hasOwn(merged, name) ? merged[name] : undefined;
    const result = isObject(value)
      ? mergePatch(isObject(old) ? old : {}, value, { keepsNull })
      : value;
    // An own member, whatever its name.
    Object.defineProperty(merged, name, { ...OWN, value: result });
  }
  return merged;
}

const OWN = { enumerable: true, configurable: true, writable: true } as const;
