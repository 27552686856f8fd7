import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evaluate } from '../../src/schema/evaluate.ts';
import { isValid } from '../../src/schema/judge.ts';
import { readSpec } from '../../src/spec/load.ts';
import { follow } from '../../src/spec/node.ts';

interface Group {
  readonly description: string;
  readonly schema: object | boolean;
  readonly tests: readonly {
    readonly description: string;
    readonly data: never;
    readonly valid: boolean;
  }[];
}

const suite = new URL('../fixtures/json-schema-test-suite/', import.meta.url);
const files = readdirSync(new URL('tests/', suite)).sort();
const read = (path: string) => JSON.parse(readFileSync(new URL(path, suite), 'utf8'));

/** The documents that the suite expects a server at localhost:1234 to have. */
const documents = Object.fromEntries(
  readdirSync(new URL('remotes/', suite), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .map((path) => [`http://localhost:1234/${path}`, read(`remotes/${path}`)]),
);

/**
 * What we judge otherwise, each with its reason. OpenAPI has a say in all of them: it fixes the
 * vocabularies of its dialect, and it lets tools look for identifiers in the whole of a document.
 */
const DIFFERENT = new Map([
  [
    'vocabulary.json: schema that uses custom metaschema with with no validation vocabulary: no validation: invalid number, but it still validates',
    'the vocabularies of a custom meta-schema are not read: every keyword counts',
  ],
  [
    'unknownKeyword.json: $id inside an unknown keyword is not a real identifier: type matches second anyOf, which has a real schema in it',
    'an $id below an unknown keyword counts; the suite itself has dropped this test since',
  ],
  [
    'unknownKeyword.json: $id inside an unknown keyword is not a real identifier: type matches non-schema in first anyOf',
    'an $id below an unknown keyword counts; the suite itself has dropped this test since',
  ],
]);

test.for(files)('%s is judged as the suite demands', async (file) => {
  const wrong: string[] = [];
  for (const [index, group] of (read(`tests/${file}`) as Group[]).entries()) {
    // An embedded schema's `#` is the document's; an `$id` makes it the schema's own, as in the suite.
    const schema =
      typeof group.schema === 'boolean' || '$id' in group.schema
        ? group.schema
        : { $id: `https://suite.example/${file}/${index}`, ...group.schema };
    const document = { openapi: '3.1.0', components: { schemas: { Subject: schema } } };
    const spec = await readSpec(document, { documents, formats: 'annotate' });
    const subject = follow(spec.root, '/components/schemas/Subject');
    if (!subject) throw new Error('The document has lost its schema');
    const options = { direction: 'response', strict: false } as const;
    for (const { description, data, valid } of group.tests) {
      const name = `${file}: ${group.description}: ${description}`;
      const verdict = isValid(spec, subject, data, options);
      const reasons = evaluate(spec, subject, data, options);
      if (verdict !== valid) wrong.push(name);
      // The two engines never disagree: what is refused has a reason, and the other way round.
      expect(reasons.length === 0, name).toBe(verdict);
    }
  }
  expect(wrong).toEqual([...DIFFERENT.keys()].filter((name) => name.startsWith(`${file}:`)));
});
