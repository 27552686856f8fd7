import { partsOf, schemasOfItem, schemasOfProperty } from '../../schema/members.ts';
import { typesOf } from '../../schema/types.ts';
import { child } from '../../spec/node.ts';
import { addressOf, type Node } from '../../spec/source.ts';
import { remembered, type Spec } from '../../spec/spec.ts';
import type { PropertyType, PropertyTypes } from '../odata/query.ts';

const FORMATS: Readonly<Record<string, PropertyType>> = {
  'date-time': 'date-time',
  date: 'date',
  uuid: 'guid',
  duration: 'duration',
};

const REMEMBERED = 10_000;
const cache = remembered(() => new Map<string, PropertyType>());

/** The types of the properties that a schema has, by path, as the document says them. */
export function propertyTypes(spec: Spec, schema: Node): PropertyTypes {
  const known = cache(spec);
  const address = addressOf(schema);
  return (path) => {
    const key = `${address} ${path.join('/')}`;
    const type = known.get(key) ?? typeAt(spec, schema, path);
    // Of names that clients make up, nothing is remembered; of those that the document knows, not all.
    if (type !== undefined && known.size < REMEMBERED) known.set(key, type);
    return type;
  };
}

function typeAt(spec: Spec, schema: Node, path: readonly string[]): PropertyType | undefined {
  let schemas: readonly Node[] = [schema];
  for (const name of path) {
    // The properties of a collection are those of its elements.
    const holders = name === ELEMENT ? schemas : schemas.flatMap((part) => elementsOf(spec, part));
    schemas = holders.flatMap((part) =>
      name === ELEMENT ? schemasOfItem(spec, part, 0) : schemasOfProperty(spec, part, name),
    );
    if (schemas.length === 0) return undefined;
  }
  const [first] = schemas;
  return first && typeOf(spec, first);
}

function elementsOf(spec: Spec, schema: Node): readonly Node[] {
  return typeOf(spec, schema) === 'collection' ? schemasOfItem(spec, schema, 0) : [schema];
}

/** How a path says an element of a collection. */
const ELEMENT = '*';

function typeOf(spec: Spec, schema: Node): PropertyType {
  const types = new Set(typesOf(spec, schema));
  types.delete('null');
  // A schema of numbers takes whole ones as well.
  if (types.has('number')) types.delete('integer');
  const [type, other] = types;
  if (type === undefined || other !== undefined) return 'any';
  if (type === 'array') return 'collection';
  if (type !== 'string') return type as PropertyType;
  const format = partsOf(spec, schema)
    .map((part) => child(part, 'format')?.value)
    .find((value) => typeof value === 'string' && Object.hasOwn(FORMATS, value));
  return (typeof format === 'string' && FORMATS[format]) || 'string';
}
