import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadSpec, type Spec } from '../../src/index.ts';
import type { Json } from '../../src/json.ts';
import { ask, type PrismAnswer, type PrismQuestion, readOperation } from '../../src/mock/prism.ts';
import { slice } from '../../src/mock/slice.ts';
import { staticAnswer } from '../../src/mock/static-answer.ts';
import { type Operation, operationsOf, statusesOf } from '../../src/spec/operation.ts';

const ACCEPTS = [
  undefined,
  '*/*',
  'application/json',
  'application/*',
  'application/json;odata.metadata=minimal',
  'application/json; odata.metadata=minimal; q=0.8, text/plain;q=0.9',
  'text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8',
  'text/html',
  'text/html;level=1, application/json;q=0',
  'application/json;q=0.2, application/*;q=0.9',
  'APPLICATION/JSON',
  'application/problem+json',
  'application/json, text/plain, */*',
  'application/json;profile="a,b"',
  'json',
  '',
  ',',
];

test('answers every operation, status and example of the shipped document as Prism does', async () => {
  const spec = await loadSpec();
  for (const operation of operationsOf(spec)) {
    const prism = prismOf(spec, operation);
    const codes = [undefined, 418, ...statusesOf(operation).map(Number)];
    for (const code of codes) {
      for (const accept of code === undefined ? ACCEPTS : ACCEPTS.slice(0, 4)) {
        await compare(spec, operation, prism, { code, accept });
      }
    }
    for (const example of namesIn(operation.node.value, spec)) {
      await compare(spec, operation, prism, { example });
      await compare(spec, operation, prism, { example, accept: 'application/json' });
    }
  }
});

test('needs no Prism for an example of the shipped document', async () => {
  const spec = await loadSpec();
  for (const operation of operationsOf(spec)) {
    for (const code of [undefined, ...statusesOf(operation).map(Number)]) {
      for (const accept of [undefined, '*/*', 'application/json', 'application/json, text/plain']) {
        expect(staticAnswer(spec, operation, asked(operation, { code, accept }))).toBeDefined();
      }
    }
  }
});

const mediaTypes = fc.constantFrom(
  ...['application/json', 'text/plain', 'application/xml', '*/*', 'application/*', 'text/csv'],
  ...['application/json;odata=full', 'application/problem+json', 'Application/Json', 'weird'],
);
const value = fc.constantFrom<Json>('text', 1, { a: 1 }, null, false);
const example = fc.oneof(
  { weight: 6, arbitrary: fc.record({ value }) },
  { weight: 1, arbitrary: fc.constant({ externalValue: 'https://example.com/' }) },
  { weight: 1, arbitrary: fc.constant({ summary: 'nothing' }) },
);
const examples = fc.dictionary(fc.constantFrom('one', 'two', 'default'), example, { maxKeys: 2 });
const exampled = { example: value, examples, schema: fc.constant({ type: 'string' }) };
const response = fc.record(
  {
    description: fc.constant('A response'),
    headers: fc.dictionary(
      fc.constantFrom('ETag', 'x-count'),
      fc.record(exampled, { requiredKeys: [] }),
    ),
    content: fc.dictionary(mediaTypes, fc.record(exampled, { requiredKeys: [] }), { maxKeys: 3 }),
  },
  { requiredKeys: ['description'] },
);
const statuses = fc.constantFrom('200', '201', '2XX', '404', '4XX', 'default', '204', '302');
const responses = fc.dictionary(statuses, response, { minKeys: 1, maxKeys: 4 });
const range = fc
  .tuple(mediaTypes, fc.constantFrom('', ';q=0', ';q=0.5', '; q=0.9', ';odata=full', ';v=2;q=0.4'))
  .map((parts) => parts.join(''));
const questions = fc.record(
  {
    accept: fc.array(range, { minLength: 1, maxLength: 4 }).map((ranges) => ranges.join(', ')),
    code: fc.constantFrom(200, 201, 204, 404, 418),
    example: fc.constantFrom('one', 'two', 'default', 'three'),
  },
  { requiredKeys: [] },
);
const methods = fc.constantFrom('get', 'post', 'head');

test('answers made-up documents as Prism does', async () => {
  let decided = 0;
  await fc.assert(
    fc.asyncProperty(
      methods,
      responses,
      fc.array(questions, { minLength: 4, maxLength: 12 }),
      async (method, declared, list) => {
        const spec = await loadSpec({
          openapi: '3.1.0',
          info: { title: 'Made up', version: '1' },
          paths: { '/': { [method]: { responses: declared } } },
        });
        const [operation] = operationsOf(spec);
        if (!operation) throw new Error('The document has lost its operation');
        const prism = prismOf(spec, operation);
        for (const question of list) {
          decided += Number(await compare(spec, operation, prism, question));
        }
      },
    ),
    { numRuns: Number(process.env['EXACTMATCH_RUNS'] ?? 150) },
  );
  expect(decided).toBeGreaterThan(100);
});

type Wanted = Partial<Pick<PrismQuestion, 'accept' | 'code' | 'example'>>;

function asked({ method }: Operation, { accept, code, example }: Wanted): PrismQuestion {
  return { method, accept, code, example, isDynamic: false, seed: undefined };
}

type Prism = (question: PrismQuestion) => Promise<PrismAnswer>;

function prismOf(spec: Spec, operation: Operation): Prism {
  const reading = readOperation(slice(spec, operation, false));
  return async (question) => ask(await reading, question);
}

/** Holds an answer to Prism's; tells whether there was one. */
async function compare(spec: Spec, operation: Operation, prism: Prism, wanted: Wanted) {
  const question = asked(operation, wanted);
  const own = staticAnswer(spec, operation, question);
  if (!own) return false;
  // Prism fails on a header that it cannot read, even where nothing depends on it.
  const answer = await prism(question).catch(() => undefined);
  if (!answer) return false;
  const name = `${operation.id} ${JSON.stringify(wanted)}`;
  expect(texts(own), name).toEqual(texts(answer));
  return true;
}

/** An answer with the values of its headers as they travel. */
function texts(answer: PrismAnswer): unknown {
  if (answer.kind === 'refusal') return answer;
  const headers = Object.entries(answer.headers).map(([name, text]) => [name, String(text)]);
  return { ...answer, headers: Object.fromEntries(headers) };
}

/** The names of all examples below a value, and one that no example has. */
function namesIn(value: Json, spec: Spec): ReadonlySet<string> {
  const text = JSON.stringify(spec.root.value['components']) + JSON.stringify(value);
  const blocks = text.matchAll(/"examples":\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}/g);
  const names = [...blocks].flatMap(([, block = '']) =>
    [...block.matchAll(/"([\w-]+)":\{"(?:summary|description|value)"/g)].map(
      ([, name = '']) => name,
    ),
  );
  return new Set([...names, 'nothing']);
}
