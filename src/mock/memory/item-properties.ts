import { isObject, type Json } from '../../json.ts';
import { barredProperties } from '../../schema/access.ts';
import { namesOf, partsOf, schemasOfProperty } from '../../schema/members.ts';
import { child } from '../../spec/node.ts';
import type { Node } from '../../spec/source.ts';
import { remembered, type Spec } from '../../spec/spec.ts';
import { type Order, toOrder } from './order.ts';

/** What is known of the properties of an item's schema. */
export interface Properties {
  readonly names: ReadonlySet<string>;
  readonly order: Order;
  readonly required: readonly string[];
  /** Those that the service alone sets. */
  readonly readOnly: ReadonlySet<string>;
  /** Those that no answer may have. */
  readonly writeOnly: ReadonlySet<string>;
  /** What an item must have, and what the service sets: it is made where nobody gives it. */
  readonly made: readonly string[];
  /** Annotations that are the same for each item: `@odata.type`. */
  readonly constants: Readonly<Record<string, Json>>;
}

const propertiesBySchema = remembered(() => new WeakMap<object, Properties>());

/** What is known of the properties of a schema, worked out once. */
export function propertiesOf(spec: Spec, schema: Node): Properties {
  const cache = propertiesBySchema(spec);
  if (!isObject(schema.value)) return work(spec, schema);
  let properties = cache.get(schema.value);
  if (!properties) {
    properties = work(spec, schema);
    cache.set(schema.value, properties);
  }
  return properties;
}

function work(spec: Spec, schema: Node): Properties {
  const known = [...namesOf(spec, schema).names];
  const isNote = (name: string) => name.startsWith('@');
  // Annotations come first, as OData services write them.
  const names = new Set([...known.filter(isNote), ...known.filter((name) => !isNote(name))]);
  const required = new Set<string>();
  for (const part of partsOf(spec, schema)) {
    const list = child(part, 'required')?.value;
    if (Array.isArray(list) && !part.pointer.match(/\/(?:any|one)Of\/\d+/)) {
      for (const name of list) required.add(String(name));
    }
  }
  const constants: Record<string, Json> = {};
  for (const name of names) {
    if (!name.startsWith('@odata.')) continue;
    const constant = schemasOfProperty(spec, schema, name)
      .map((property) => child(property, 'const'))
      .find((found) => found !== undefined);
    if (constant) constants[name] = constant.value;
  }
  const readOnly = barredProperties(spec, schema, 'request');
  const writeOnly = barredProperties(spec, schema, 'response');
  const made = [...new Set([...required, ...readOnly])].filter((name) => !writeOnly.has(name));
  const order = toOrder([...names].filter((name) => !writeOnly.has(name)));
  return { names, order, required: [...required], readOnly, writeOnly, made, constants };
}
