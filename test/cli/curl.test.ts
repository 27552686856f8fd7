import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { curlOf } from '../../src/cli/curl.ts';
import { loadSpec } from '../../src/index.ts';
import { startMock } from '../../src/mock.ts';

const responses = { 200: { description: 'Ok' } };
const info = { title: 'Pets', version: '1' };

async function lineFor(paths: object): Promise<string | undefined> {
  return curlOf(await loadSpec({ openapi: '3.1.1', info, paths }), 'http://host/v1');
}

function body(example: unknown): object {
  return { requestBody: { content: { 'application/json': { example } } }, responses };
}

test.for<[paths: object, line: string | undefined]>([
  [{ '/a': { get: { responses } } }, 'curl -i http://host/v1/a'],
  [{ '/a': { delete: { responses } } }, 'curl -i -X DELETE http://host/v1/a'],
  [{ '/a': { head: { responses } } }, 'curl -I http://host/v1/a'],
  [
    { '/a': { post: body({ name: "it's" }) } },
    `curl -i -X POST http://host/v1/a -H 'content-type: application/json' -d '{"name":"it'\\''s"}'`,
  ],
  [
    { '/a': { get: body([1]) } },
    "curl -i -X GET http://host/v1/a -H 'content-type: application/json' -d '[1]'",
  ],
  // What creates something is shown first, and what takes a body.
  [
    { '/a': { get: {}, post: {} }, '/b': { put: body(1), post: body(2) } },
    "curl -i -X POST http://host/v1/b -H 'content-type: application/json' -d 2",
  ],
  [
    { '/a': { get: {}, post: { requestBody: { required: true, content: {} } } } },
    'curl -i http://host/v1/a',
  ],
  [{}, undefined],
])('writes a line for %j', async ([paths, line]) => {
  expect(await lineFor(paths)).toBe(line);
});

const parameters = [
  { name: 'q', in: 'query', required: true, example: "a b&c='d'$(e)", schema: { type: 'string' } },
  {
    name: 'X-Text',
    in: 'header',
    required: true,
    example: 'x; "y" $HOME',
    schema: { type: 'string' },
  },
];

test.for<[method: string, operation: object]>([
  ['get', { parameters, responses }],
  ['get', { ...body({ name: 'a' }), parameters }],
  ['head', { parameters, responses }],
  ['put', { ...body({ text: 'it\'s\n"quoted" \\ `id`' }), parameters }],
])('a mock answers the line of a %s with success', async ([method, operation]) => {
  const spec = await loadSpec({
    openapi: '3.1.1',
    info,
    paths: { "/it's": { [method]: operation } },
  });
  await using mock = await startMock({ spec });
  const line = curlOf(spec, mock.baseUrl) ?? '';
  const { stdout } = await promisify(execFile)('sh', ['-c', line.replace('curl', 'curl -s -m 9')]);
  expect(stdout).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});
