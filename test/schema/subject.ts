import { evaluate } from '../../src/schema/evaluate.ts';
import { isValid } from '../../src/schema/judge.ts';
import type { JudgeOptions, Violation } from '../../src/schema/violation.ts';
import { readSpec } from '../../src/spec/load.ts';
import { follow } from '../../src/spec/node.ts';
import type { Node } from '../../src/spec/source.ts';
import type { Spec } from '../../src/spec/spec.ts';

/** A schema inside a document of its own. */
export interface Subject {
  readonly spec: Spec;
  readonly schema: Node;
}

const RESPONSE: JudgeOptions = { direction: 'response', strict: false };

/** Puts a schema into a document; its `#` is the schema itself, as where it stands alone. */
export async function subjectOf(schema: object | boolean, openapi = '3.1.0'): Promise<Subject> {
  const isAlone = openapi.startsWith('3.1') && typeof schema === 'object';
  const own = isAlone ? { $id: 'https://subject.example/', ...schema } : schema;
  return subjectWith(own, {}, openapi);
}

/** Puts a schema into a document beside others that it refers to. */
export async function subjectWith(
  schema: object | boolean,
  schemas: object,
  openapi = '3.1.0',
): Promise<Subject> {
  const spec = await readSpec({
    openapi,
    components: { schemas: { ...schemas, Subject: schema } },
  });
  const node = follow(spec.root, '/components/schemas/Subject');
  if (!node) throw new Error('The document has lost its schema');
  return { spec, schema: node };
}

/** The verdict of the compiled validator. */
export function holds({ spec, schema }: Subject, value: unknown, options = RESPONSE): boolean {
  return isValid(spec, schema, value as never, options);
}

/** The reasons of the evaluator. */
export function reasons(
  { spec, schema }: Subject,
  value: unknown,
  options = RESPONSE,
): readonly Violation[] {
  return evaluate(spec, schema, value as never, options);
}
