import { partsOf, schemasOfProperty } from '../../schema/members.ts';
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

const cache = remembered(() => new Map<string, PropertyType | undefined>());

/** The types of the properties that a schema has, by path, as the document says them. */
export function propertyTypes(spec: Spec, schema: Node): PropertyTypes {
  const known = cache(spec);
  const address = addressOf(schema);
  return (path) => {
    const key = `${address} ${path.join('/')}`;
    if (!known.has(key)) known.set(key, typeAt(spec, schema, path));
    return known.get(key);
  };
}

function typeAt(spec: Spec, schema: Node, path: readonly string[]): PropertyType | undefined {
  let schemas: readonly Node[] = [schema];
  for (const name of path) {
    schemas = schemas.flatMap((part) => schemasOfProperty(spec, part, name));
    if (schemas.length === 0) return undefined;
  }
  const [first] = schemas;
  return first && typeOf(spec, first);
}

function typeOf(spec: Spec, schema: Node): PropertyType {
  const types = new Set(typesOf(spec, schema));
  types.delete('null');
  if (types.has('integer') || types.has('number')) {
    types.delete('integer');
    types.add('number');
  }
  const [type, other] = types;
  if (type === undefined || other !== undefined) return 'any';
  if (type === 'array') return 'collection';
  if (type !== 'string') return type as PropertyType;
  const format = partsOf(spec, schema)
    .map((part) => child(part, 'format')?.value)
    .find((value) => typeof value === 'string' && Object.hasOwn(FORMATS, value));
  return (typeof format === 'string' && FORMATS[format]) || 'string';
}
