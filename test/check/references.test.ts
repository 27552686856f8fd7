import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkRequest, checkResponse, loadSpec, type Spec } from '../../src/index.ts';

/** Writes files into a folder that is removed after the test, and loads the first of them. */
async function load(files: Readonly<Record<string, string>>): Promise<[Spec, folder: string]> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'exactmatch-')));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const [first = ''] = Object.keys(files);
  return [await loadSpec(join(folder, first)), folder];
}

const FILES = {
  'openapi.yaml': `openapi: 3.1.1
paths:
  /pets/{id}:
    $ref: pets.yaml
`,
  'pets.yaml': `parameters:
  - $ref: 'parts.json#/id'
get:
  operationId: getPet
  responses:
    '200': { $ref: 'parts.json#/answer' }
put:
  requestBody: { $ref: 'parts.json#/body' }
`,
  'parts.json': `{
  "id": { "name": "id", "in": "path", "required": true, "schema": { "type": "integer" } },
  "answer": {
    "headers": { "X-Rate": { "$ref": "#/rate" } },
    "content": { "application/json": { "schema": { "$ref": "pet.yaml" } } }
  },
  "rate": { "required": true },
  "body": { "content": { "application/json": { "schema": { "$ref": "./pet.yaml#" } } } }
}
`,
  'pet.yaml': `type: object
required: [name]
properties:
  name:
    type: string
  friend:
    $ref: pet.yaml
`,
};

test('judges by rules of other files, and names their place', async () => {
  const [spec, folder] = await load(FILES);
  const body = { name: 'a', friend: { name: 'b', friend: { name: 5 } } };
  const findings = await checkResponse(spec, { status: 200, body }, { operation: 'getPet' });
  expect(findings).toMatchObject([
    {
      code: 'response.header.required',
      at: 'x-rate',
      spec: { file: join(folder, 'parts.json'), line: 7, column: 13, pointer: '/rate/required' },
    },
    {
      code: 'response.body.type',
      at: '/friend/friend/name',
      message: '`friend.friend.name` must be a string, got 5.',
      spec: {
        file: join(folder, 'pet.yaml'),
        line: 5,
        column: 5,
        pointer: '/properties/name/type',
      },
    },
  ]);
  const request = { method: 'PUT', url: '/pets/x', body: {} };
  expect(await checkRequest(spec, request)).toMatchObject([
    { code: 'request.path.type', spec: { file: join(folder, 'parts.json'), line: 2 } },
    { code: 'request.body.required', at: '/name', spec: { file: join(folder, 'pet.yaml') } },
  ]);
});

test('names the file of a schema that cannot be compiled', async () => {
  const [spec, folder] = await load({ ...FILES, 'pet.yaml': 'type: object\nrequired: name\n' });
  const checked = checkResponse(spec, { status: 200, body: {} }, { operation: 'getPet' });
  await expect(checked).rejects.toMatchObject({
    code: 'SPEC_SCHEMA_INVALID',
    message: expect.stringContaining(`${join(folder, 'pet.yaml')}:2:1 (/required)`),
  });
});
