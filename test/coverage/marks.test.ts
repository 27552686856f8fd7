import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMarks } from '../../src/coverage/marks.ts';
import { shapeOf } from '../../src/coverage/shape.ts';
import { isArray, isObject, type Json, type JsonObject } from '../../src/json.ts';
import { readSpec } from '../../src/spec/load.ts';
import { follow } from '../../src/spec/node.ts';

const names = fc.constantFrom('a', 'b', 'c', 'constructor', '__proto__');

/** Schemas of objects and lists, and of what both may be. */
const { schema: schemas } = fc.letrec<{ schema: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constant({}),
    fc.dictionary(names, tie('schema'), { maxKeys: 3 }).map((properties) => ({ properties })),
    tie('schema').map((items) => ({ items })),
    tie('schema').map((additionalProperties) => ({ additionalProperties })),
    fc.tuple(tie('schema'), tie('schema')).map((allOf) => ({ allOf })),
  ),
}));

const { value: values } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.integer(),
    fc.dictionary(names, tie('value'), { maxKeys: 4 }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
}));

/** The paths of a value that a schema names, found the slow way. */
function* seenPaths(all: readonly JsonObject[], value: Json, prefix: string): Iterable<string> {
  const parts = all.flatMap(partsOf);
  if (isArray(value)) {
    const items = parts.flatMap(({ items: each }) => (isObject(each) ? [each] : []));
    if (items.length > 0) for (const item of value) yield* seenPaths(items, item, `${prefix}[]`);
    return;
  }
  if (!isObject(value)) return;
  for (const [name, item] of Object.entries(value)) {
    const named = parts.flatMap(({ properties: each }) =>
      isObject(each) && Object.hasOwn(each, name) ? [each[name] as JsonObject] : [],
    );
    const others = parts.flatMap(({ additionalProperties: each }) =>
      isObject(each) ? [each] : [],
    );
    const inside = named.length > 0 ? named : others;
    if (inside.length === 0) continue;
    const path = `${prefix}${prefix === '' ? '' : '.'}${named.length > 0 ? name : '*'}`;
    yield path;
    yield* seenPaths(inside, item, path);
  }
}

function partsOf(schema: JsonObject): readonly JsonObject[] {
  const { allOf } = schema;
  return [schema, ...(isArray(allOf) ? allOf.filter(isObject).flatMap(partsOf) : [])];
}

test('marks what bodies have of a schema, in whichever order they come', async () => {
  const property = fc.asyncProperty(
    schemas,
    fc.array(values, { maxLength: 4 }),
    async (schema, bodies) => {
      const info = { title: 'T', version: '1' };
      const spec = await readSpec({
        openapi: '3.1.0',
        info,
        components: { schemas: { it: schema } },
      });
      const node = follow(spec.root, '/components/schemas/it');
      if (!node) throw new Error('the schema is gone');
      const marks = createMarks(shapeOf(spec, [node], 'response'));
      const want = new Set<string>();
      for (const body of bodies) {
        marks.add(body);
        for (const path of seenPaths([node.value as JsonObject], body, '')) want.add(path);
      }
      expect(new Set(marks.seen())).toEqual(want);
      expect(marks.seen().length + marks.unseen().length).toBe(marks.shape.properties);
    },
  );
  await fc.assert(property, { numRuns: Number(process.env['EXACTMATCH_RUNS'] ?? 200) });
});
