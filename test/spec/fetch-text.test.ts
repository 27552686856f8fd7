import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { loadSpec } from '../../src/index.ts';
import { failureOf } from './failure.ts';
import { folderOf, siteOf } from './files.ts';

const DOCUMENT = `openapi: 3.1.0
paths:
  /pets:
    $ref: 'parts/pets.yaml'
`;
const PETS = 'get: { operationId: listPets }\n';

test.for([
  ['missing.yaml', 'there is no such file'],
  ['folder', 'it is a folder'],
  ['file.yaml/inside.yaml', 'ENOTDIR'],
] as const)('cannot read %s: %s', async ([name, reason]) => {
  const folder = await folderOf({ 'file.yaml': DOCUMENT, 'folder/file.yaml': '' });
  const failure = await failureOf(`${folder}/${name}`);
  expect(failure.code).toBe('SPEC_NOT_FOUND');
  expect(failure.message).toContain(`Failed to read "${folder}/${name}": ${reason}`);
  expect(failure.cause).toMatchObject({ code: expect.stringMatching(/^E/) });
});

test.for([
  ['ftp://example.com/a.yaml', 'an address of the scheme "ftp:" cannot be read.'],
  ['https://user:word@localhost:1/', 'Request cannot be constructed from a URL that includes'],
] as const)('cannot read %s', async ([url, reason]) => {
  const failure = await failureOf(url);
  expect(failure.code).toBe('SPEC_NOT_FOUND');
  expect(failure.message).toContain(`Failed to read "${url}": ${reason}`);
});

test('takes what looks like an address and is none for the path of a file', async () => {
  const failure = await failureOf('http://[');
  expect(failure.message).toMatch(/^Failed to read ".*http:\/?\/\[": there is no such file\.$/);
});

test('says what a server answers that does not have the document', async () => {
  const { url } = await siteOf({});
  const failure = await failureOf(`${url}/a.yaml`);
  expect(failure.code).toBe('SPEC_NOT_FOUND');
  expect(failure.message).toBe(`Failed to read "${url}/a.yaml": the answer is 404 Not Found.`);
});

test('says why a connection was not made', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  const failure = await failureOf(`http://127.0.0.1:${port}/a.yaml`);
  expect(failure.code).toBe('SPEC_NOT_FOUND');
  expect(failure.message).toContain('it refuses the connection: nothing listens there');
});

test('gives up a server that does not answer in time', async () => {
  const { url } = await siteOf({});
  const failure = await failureOf(`${url}/never`, { timeout: 50 });
  expect(failure.code).toBe('SPEC_NOT_FOUND');
  expect(failure.message).toBe(`Failed to read "${url}/never": it does not answer in time.`);
});

test('ends where redirects lead, and starts relative references from there', async () => {
  const { url, asked } = await siteOf({
    latest: '-> /v1/api.yaml',
    'v1/api.yaml': `${DOCUMENT}  /again:\n    $ref: ../latest#/paths/~1pets\n`,
    'v1/parts/pets.yaml': PETS,
  });
  const spec = await loadSpec(`${url}/latest`);
  expect(spec.root.source).toMatchObject({ uri: `${url}/v1/api.yaml`, file: `${url}/latest` });
  expect(asked.map(({ path }) => path)).toEqual([
    '/latest',
    '/v1/api.yaml',
    '/v1/parts/pets.yaml',
    '/latest',
    '/v1/api.yaml',
  ]);
  expect(new Set(spec.sources.values()).size, 'the document is one source').toBe(2);
});

test('fails when redirects have no end', async () => {
  const { url } = await siteOf({ a: '-> /b', b: '-> /a' });
  expect((await failureOf(`${url}/a`)).message).toContain('redirect count exceeded');
});

test('asks for JSON and YAML, with the headers that it is given', async () => {
  const { url, asked } = await siteOf({ 'a.yaml': DOCUMENT, 'parts/pets.yaml': PETS });
  await loadSpec(`${url}/a.yaml`, { headers: { authorization: 'Bearer token' } });
  expect(asked).toHaveLength(2);
  for (const { headers } of asked) {
    expect(headers.accept).toBe('application/json, application/yaml, */*');
    expect(headers.authorization).toBe('Bearer token');
  }
});

test('keeps headers from other origins than the one that the document comes from', async () => {
  const other = await siteOf({ 'pets.yaml': PETS });
  const document = DOCUMENT.replace('parts/', `${other.url}/`);
  const own = await siteOf({ 'a.yaml': document });
  await loadSpec(`${own.url}/a.yaml`, { headers: { 'x-api-key': 'secret' } });
  expect(own.asked[0]?.headers).toHaveProperty('x-api-key', 'secret');
  expect(other.asked).toHaveLength(1);
  expect(other.asked[0]?.headers).not.toHaveProperty('x-api-key');
});

test('sends headers wherever a document of this machine refers to', async () => {
  const site = await siteOf({ 'pets.yaml': PETS });
  const folder = await folderOf({ 'a.yaml': DOCUMENT.replace('parts/', `${site.url}/`) });
  await loadSpec(`${folder}/a.yaml`, { headers: { 'x-api-key': 'secret' } });
  expect(site.asked[0]?.headers).toHaveProperty('x-api-key', 'secret');
});

const LATIN_1 = Buffer.from('openapi: 3.1.0\ninfo: { title: Größe }\n', 'latin1');
const UTF_16 = Buffer.from('\uFEFFopenapi: 3.1.0\n', 'utf16le');

test.for<[title: string, bytes: Buffer, line: number, column: number]>([
  ['Latin-1', LATIN_1, 2, 18],
  ['UTF-16', UTF_16, 1, 1],
])('refuses %s, saying where it is not UTF-8', async ([, bytes, line, column]) => {
  const folder = await folderOf({ 'a.yaml': bytes });
  const { url } = await siteOf({ 'a.yaml': bytes });
  for (const target of [`${folder}/a.yaml`, `${url}/a.yaml`]) {
    const failure = await failureOf(target);
    expect(failure.code).toBe('SPEC_MALFORMED');
    expect(failure.message).toBe(
      `Failed to read "${target}", line ${line}, column ${column}: it is not UTF-8`,
    );
  }
});

test('keeps text beyond ASCII as it is', async () => {
  const title = 'Größe 日本 😀 \uFFFD';
  const folder = await folderOf({ 'a.yaml': `openapi: 3.1.0\ninfo: { title: ${title} }\n` });
  const spec = await loadSpec(`${folder}/a.yaml`);
  expect(spec.root.value['info']).toEqual({ title });
});
