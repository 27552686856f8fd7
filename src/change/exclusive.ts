import { isArray, type Json } from '../json.ts';
import { inPlace } from '../schema/access.ts';
import { keywordsOf } from '../schema/dialect.ts';
import { canonical } from '../schema/equal.ts';
import { typesOf } from '../schema/types.ts';
import { child } from '../spec/node.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';

/** Of so many alternatives at most it is worked out whether they exclude each other. */
const MOST = 40;

/**
 * Tells whether no value can fit two of the schemas: by their types, or by the values that they take
 * of a property that both require. `false` may be wrong, `true` never is.
 */
export function excludeEachOther(spec: Spec, schemas: readonly Node[]): boolean {
  if (schemas.length > MOST) return false;
  return schemas.every((one, index) =>
    schemas.slice(index + 1).every((other) => isDisjoint(spec, one, other)),
  );
}

/** By what each of several schemas is told from the others. */
export interface Labels {
  readonly property: string;
  /** One for each schema, in their order. */
  readonly labels: readonly string[];
}

/** The property, if there is one, whose values tell several objects from each other. */
export function labelsOf(spec: Spec, schemas: readonly Node[]): Labels | undefined {
  const [first] = schemas;
  if (!first || schemas.length > MOST) return undefined;
  for (const property of requiredIn(spec, first)) {
    const sets = schemas.map((schema) => valuesIn(spec, schema, property));
    const all = sets.flatMap((set) => [...(set ?? [])]);
    const isTelling = sets.every((set) => set !== undefined && set.size > 0);
    if (!isTelling || new Set(all).size !== all.length) continue;
    return { property, labels: sets.map((set) => [...(set ?? [])].sort().join()) };
  }
  return undefined;
}

/** The values of a property that an object certainly has, and that are certainly listed. */
function valuesIn(spec: Spec, schema: Node, property: string): ReadonlySet<string> | undefined {
  const types = [...typesOf(spec, schema)];
  if (types.some((type) => type !== 'object') || !requiredIn(spec, schema).has(property)) {
    return undefined;
  }
  return valuesOf(spec, propertiesIn(spec, schema, property));
}

function isDisjoint(spec: Spec, one: Node, other: Node): boolean {
  const types = typesOf(spec, other);
  const shared = [...typesOf(spec, one)].filter((type) => types.has(type));
  if (shared.length === 0) return true;
  if (shared.length > 1 || shared[0] !== 'object')
    return areApart(valuesOf(spec, [one]), valuesOf(spec, [other]));
  const required = requiredIn(spec, other);
  return [...requiredIn(spec, one)].some(
    (name) =>
      required.has(name) &&
      areApart(
        valuesOf(spec, propertiesIn(spec, one, name)),
        valuesOf(spec, propertiesIn(spec, other, name)),
      ),
  );
}

function areApart(
  values: ReadonlySet<string> | undefined,
  others: ReadonlySet<string> | undefined,
): boolean {
  return values !== undefined && others !== undefined && values.isDisjointFrom(others);
}

/** The values that a schema certainly lists, as texts of JSON; `undefined` when it lists none. */
function valuesOf(spec: Spec, schemas: readonly Node[]): ReadonlySet<string> | undefined {
  for (const schema of schemas) {
    for (const part of inPlace(spec, schema, ['allOf'])) {
      const keywords = keywordsOf(spec, part);
      if (typeof keywords === 'boolean') continue;
      const { enum: listed, const: constant } = keywords;
      const values: readonly Json[] | undefined =
        constant !== undefined ? [constant] : isArray(listed) ? listed : undefined;
      if (values) return new Set(values.map(canonical));
    }
  }
  return undefined;
}

/** The schemas that a schema certainly has for a property. */
function propertiesIn(spec: Spec, schema: Node, name: string): readonly Node[] {
  return [...inPlace(spec, schema, ['allOf'])].flatMap((part) => {
    const properties = child(part, 'properties');
    return (properties && child(properties, name)) ?? [];
  });
}

/** The properties that a schema certainly requires. */
function requiredIn(spec: Spec, schema: Node): ReadonlySet<string> {
  const names = new Set<string>();
  for (const part of inPlace(spec, schema, ['allOf'])) {
    const keywords = keywordsOf(spec, part);
    const required = typeof keywords === 'boolean' ? undefined : keywords['required'];
    for (const name of isArray(required) ? required : []) {
      if (typeof name === 'string') names.add(name);
    }
  }
  return names;
}
