import { isArray, isObject, type Json } from '../json.ts';
import { CONTROL_INFORMATION, isOData } from '../schema/control-information.ts';
import { namesOf, schemasOfItem, schemasOfProperty } from '../schema/members.ts';
import { regularExpression } from '../schema/regular-expression.ts';
import type { Violation } from '../schema/violation.ts';
import { append } from '../spec/pointer.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';

/**
 * Lists the members of a value that no schema names, of all alternatives together; none of objects
 * whose schemas name nothing, or expressly take others.
 */
export function findUnnamed(spec: Spec, schema: Node, value: Json): readonly Violation[] {
  const found: Violation[] = [];
  visit(spec, [schema], value, '', found);
  return found;
}

function visit(
  spec: Spec,
  schemas: readonly Node[],
  value: Json,
  pointer: string,
  found: Violation[],
): void {
  if (isArray(value)) {
    for (const [index, item] of value.entries()) {
      const inner = schemas.flatMap((schema) => schemasOfItem(spec, schema, index));
      visit(spec, inner, item, append(pointer, index), found);
    }
  }
  if (!isObject(value)) return;
  const isKnown = knownBy(spec, schemas);
  const [rule] = schemas;
  for (const [name, member] of Object.entries(value)) {
    const own = append(pointer, name);
    if (isKnown(name) || !rule) {
      const inner = schemas.flatMap((schema) => schemasOfProperty(spec, schema, name));
      visit(spec, inner, member, own, found);
      continue;
    }
    const text = 'is unknown: none of the alternatives has it';
    found.push({ problem: 'unknown', pointer: own, rule, text, actual: member });
  }
}

function knownBy(spec: Spec, schemas: readonly Node[]): (name: string) => boolean {
  const all = schemas.map((schema) => namesOf(spec, schema));
  const saysNothing = all.every(({ names, patterns }) => names.size === 0 && patterns.length === 0);
  if (saysNothing || all.some(({ takesOthers }) => takesOthers)) return () => true;
  const isControl = schemas.some((schema) => isOData(spec, schema));
  const control = regularExpression(CONTROL_INFORMATION);
  return (name) =>
    (isControl && control.test(name)) ||
    all.some(({ names, patterns }) => names.has(name) || patterns.some((one) => one.test(name)));
}
