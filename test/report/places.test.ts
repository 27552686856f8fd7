import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  type PlainRequest,
  type PlainResponse,
  toRequestMessage,
  toResponseMessage,
} from '../../src/check/exchange.ts';
import { judgeExchange } from '../../src/check/judge-exchange.ts';
import { createCollector } from '../../src/report/collector.ts';
import type { Frame } from '../../src/report/frame.ts';
import type { Problem } from '../../src/report/report.ts';
import { readSpec } from '../../src/spec/load.ts';

const json = { 'content-type': 'application/json' };
const parameter = (name: string, place: string) => ({
  ...{ name, in: place, required: true, schema: { type: 'integer' } },
});
const document = {
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  paths: {
    '/pets/{id}': {
      put: {
        operationId: 'put',
        parameters: [
          parameter('id', 'path'),
          parameter('top', 'query'),
          parameter('x-a', 'header'),
        ],
        requestBody: {
          content: {
            'application/json': { schema: { properties: { tags: { items: { type: 'string' } } } } },
            'application/x-www-form-urlencoded': {
              schema: { properties: { age: { type: 'integer' }, password: { type: 'string' } } },
            },
            'image/png': { schema: { type: 'string', format: 'binary', maxLength: 3 } },
          },
        },
        responses: { 200: { description: '', headers: { etag: { required: true, schema: {} } } } },
      },
    },
  },
};

async function problemsOf(
  request: PlainRequest,
  response: PlainResponse,
  given: object | string = document,
) {
  const spec = await readSpec(given);
  const exchange = judgeExchange(spec, {
    request: await toRequestMessage(request),
    response: (await toResponseMessage(response)).message,
  });
  const collector = createCollector({ spec, version: '0', command: 'check', targets: [] });
  const findings = [...exchange.requestFindings, ...exchange.responseFindings];
  collector.add({ subject: 'put', operation: 'put', origin: 'x', findings, exchange });
  return collector.report().subjects.flatMap(({ problems }) => problems);
}

function markedIn(frame: Frame | undefined): string | undefined {
  return frame?.lines[frame.marked]?.slice(frame.from, frame.to);
}

function marks(problems: readonly Problem[]): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    problems.map(({ finding: { code, at }, occurrences: [seen] }) => [
      `${code} ${at}`,
      markedIn(seen?.frame),
    ]),
  );
}

const right = { method: 'PUT', url: '/pets/5?top=1', headers: { ...json, 'x-a': '1' }, body: '{}' };
const fine = { status: 200, headers: { etag: '1' } };

test.for([
  [{ ...right, url: '/pets/five?top=1' }, fine, { 'request.path.type id': '/pets/five' }],
  [{ ...right, url: '/pets/5?a=b&top=x&c=d' }, fine, { 'request.query.type top': 'top=x' }],
  [{ ...right, url: '/pets/5' }, fine, { 'request.query.required top': '/pets/5' }],
  [{ ...right, headers: { ...json, 'x-a': 'q' } }, fine, { 'request.header.type x-a': 'x-a: q' }],
  [{ ...right, headers: json }, fine, { 'request.header.required x-a': 'PUT /pets/5?top=1' }],
  [right, { status: 200 }, { 'response.header.required etag': '200' }],
  [right, { status: 500 }, { 'response.status.undeclared ': '500' }],
  [{ ...right, method: 'GET' }, fine, { 'request.method.unknown ': 'GET' }],
  [{ ...right, body: '{"tags":["a",\n7]}' }, fine, { 'request.body.type /tags/1': '7' }],
  [{ ...right, body: '{"tags":\n[,]}' }, fine, { 'request.body.malformed ': ',' }],
  [
    { ...right, headers: { 'content-type': 'text/csv', 'x-a': '1' } },
    fine,
    { 'request.body.mediaType content-type': 'content-type: text/csv' },
  ],
] as const)('marks in %j what is wrong', async ([request, response, want]) => {
  expect(marks(await problemsOf(request, response))).toEqual(want);
});

test('shows forms without secrets, and of bytes how many there are', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded', 'x-a': '1' };
  const [wrong] = await problemsOf({ ...right, headers: form, body: 'age=old&password=abc' }, fine);
  expect(wrong?.occurrences[0]?.exchange?.request.body).toBe('age=old&password=REDACTED');
  const png = { 'content-type': 'image/png', 'x-a': '1' };
  const [long] = await problemsOf({ ...right, headers: png, body: Buffer.alloc(9) }, fine);
  expect(long?.occurrences[0]?.exchange?.request.body).toBe('[9 bytes]');
});

test('finds a place in a large body, and shows three lines of it', async () => {
  const tags = Array.from({ length: 20_000 }, (_, index) => `tag ${index}`);
  const body = JSON.stringify({ tags: [...tags, 7, 'last'] });
  const [wrong] = await problemsOf({ ...right, body }, fine);
  expect(wrong?.occurrences[0]?.frame?.lines.map((line) => line.trim())).toEqual([
    '"tag 19999",',
    '7,',
    '"last"',
  ]);
  expect(wrong?.occurrences[0]?.exchange?.request.body?.length).toBeLessThan(10_000);
});

test('cuts a document that is one line around the rule', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const file = join(folder.path, 'openapi.json');
  await writeFile(file, JSON.stringify(document));
  const [wrong] = await problemsOf({ ...right, url: '/pets/five?top=1' }, fine, file);
  expect(markedIn(wrong?.rule)).toBe('"type":"integer"');
  expect(wrong?.rule?.lines[0]?.length).toBeLessThan(210);
});

test.for([
  ['{ type: string, minLength: 3, maxLength: 9 }', 'minLength: 3'],
  ["{ pattern: '^[a,}]{2}$', type: string }", "pattern: '^[a,}]{2}$'"],
  ['{ enum: [abc, def], description: "one, or {the} other" }', 'enum: [abc, def]'],
  ['{ type: string, enum: [abc] }', 'enum: [abc]'],
])('marks of several rules in one line the one that is broken: %s', async ([schema, marked]) => {
  const yaml = `
openapi: 3.1.0
info: { title: Texts, version: "1" }
paths:
  /text:
    post:
      operationId: put
      requestBody:
        content:
          application/json:
            schema: ${schema}
      responses: { 204: { description: Taken } }
`;
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const file = join(folder.path, 'text.yaml');
  await writeFile(file, yaml);
  const request = { method: 'POST', url: '/text', headers: json, body: '"x"' };
  const [problem] = await problemsOf(request, { status: 204 }, file);
  expect(markedIn(problem?.rule)).toBe(marked);
});
