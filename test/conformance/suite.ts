import { readdirSync, readFileSync } from 'node:fs';
import { checkBody, loadSpec, type Spec } from '../../src/index.ts';

/** One value of the suite and whether its schema takes it. */
export interface Case {
  /** `file: group: test`, as the suite names them. */
  readonly name: string;
  readonly data: unknown;
  readonly valid: boolean;
}

/** A schema of the suite and the values that it is held to. */
export interface Group {
  readonly schema: object | boolean;
  readonly cases: readonly Case[];
}

interface Written {
  readonly description: string;
  readonly schema: object | boolean;
  readonly tests: readonly {
    readonly description: string;
    readonly data: unknown;
    readonly valid: boolean;
  }[];
}

const suite = new URL('../fixtures/json-schema-test-suite/', import.meta.url);
const read = (path: string) => JSON.parse(readFileSync(new URL(path, suite), 'utf8'));

/** The files of the suite: one a keyword. */
export const files: readonly string[] = readdirSync(new URL('tests/', suite)).sort();

/** The documents that the suite expects a server at localhost:1234 to have. */
export const remotes: Readonly<Record<string, object>> = Object.fromEntries(
  readdirSync(new URL('remotes/', suite), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .map((path) => [`http://localhost:1234/${path}`, read(`remotes/${path}`)]),
);

/** The schemas of a file with their tests. */
export function groupsOf(file: string): readonly Group[] {
  return (read(`tests/${file}`) as readonly Written[]).map(({ description, schema, tests }) => ({
    schema,
    cases: tests.map((one) => ({ ...one, name: `${file}: ${description}: ${one.description}` })),
  }));
}

/** Loads a document whose only response has a schema of the suite. */
export async function specOf(schema: object | boolean): Promise<Spec> {
  // An embedded schema's `#` is the document's; an `$id` makes it the schema's own, as in the suite.
  const own =
    typeof schema === 'boolean' || '$id' in schema
      ? schema
      : { $id: 'https://suite.example/subject', ...schema };
  const content = { 'application/json': { schema: own } };
  const paths = { '/': { get: { responses: { 200: { description: 'Ok', content } } } } };
  return loadSpec({ openapi: '3.1.0', paths }, { documents: remotes, formats: 'annotate' });
}

/** Tells whether the public check takes a value as the body of that response. */
export function takes(spec: Spec, data: unknown): boolean {
  return checkBody(spec, data, { operation: 'GET /', status: 200 }).length === 0;
}
