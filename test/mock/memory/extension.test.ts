import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startMock } from '../../../src/mock.ts';

/** A document of things, with what is written for the collection and for an action in `x-mock`. */
function document(collection: string, action = '{}'): string {
  return `openapi: 3.1.0
info: { title: Things, version: '1' }
paths:
  /things:
    x-mock: ${collection}
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
      responses:
        '201':
          description: Made
          content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
  /things/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200':
          description: One
          content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
  /things/{id}/done:
    post:
      operationId: finish
      x-mock: ${action}
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '204': { description: Done } }
  /lonely:
    get:
      responses: { '200': { description: Alone } }
components:
  schemas:
    Thing:
      type: object
      properties:
        id: { type: string }
        state: { type: string }
        at: { type: string }
        size: { type: integer }
        kind: { type: string, enum: [A, B] }
`;
}

test.for([
  ['[]', '{}', 5, 'it must be an object'],
  ['{ creat: {} }', '{}', 5, '"creat" is unknown'],
  [
    '{ create: { naem: x } }',
    '{}',
    5,
    'an item has no property "naem": it has id, state, at, size',
  ],
  ['{ create: { at: "{tomorrow}" } }', '{}', 5, '{tomorrow} means nothing: there are {now}'],
  ['{ create: { at: "{path.nobody}" } }', '{}', 5, '{path.nobody} means nothing'],
  ['{ state: status }', '{}', 5, 'an item has no property "status"'],
  ['{ after: [] }', '{}', 5, '"after" needs "state"'],
  ['{ state: state, after: [{ from: A, time: soon, to: B }] }', '{}', 5, 'not "soon"'],
  ['{ state: state, after: [{ from: A, to: B }] }', '{}', 5, '"after.0.time" is missing'],
  ['{ state: state }', '{ from: A, too: B }', 22, '"too" is unknown'],
  ['{}', '{ from: A }', 22, 'it needs "x-mock" with "state" at /things'],
  ['{ state: state }', '{ faults: { fail: often } }', 22, 'fail must be a share and statuses'],
  ['{ state: state }', '{ set: { nothing: 1 } }', 22, 'an item has no property "nothing"'],
  ['{ create: { size: big } }', '{}', 5, '"size" must be a whole number, got "big"'],
  ['{ default: { size: "{uuid}" } }', '{}', 5, '"size" must be a whole number'],
  ['{ create: { size: "{key}" } }', '{}', 5, '"size" takes no text'],
  ['{ state: kind, after: [{ from: A, time: 1s, to: C }] }', '{}', 5, '"kind" must be one of "A"'],
  ['{ state: kind }', '{ from: [A, D], to: B }', 22, 'got "D"'],
  ['{ create: { size: "{sequence}" } }', '{ faults: { throttle: 0/1s } }', 22, 'throttle must be'],
] as const)('refuses x-mock %s and %s', async ([collection, action, line, reason]) => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const file = join(folder.path, 'openapi.yaml');
  await writeFile(file, document(collection, action));
  const failure = await startMock({ spec: file, listen: false }).catch((cause: unknown) => cause);
  expect(failure).toMatchObject({ code: 'SPEC_EXTENSION_INVALID' });
  expect(String(failure)).toContain(`"x-mock" is used wrongly at ${file}:${line}:`);
  expect(String(failure)).toContain(reason);
});

test('refuses rules for what is no collection', async () => {
  const spec = {
    openapi: '3.1.0',
    paths: { '/lonely': { 'x-mock': {}, get: { responses: { 200: { description: 'Alone' } } } } },
  };
  await expect(startMock({ spec, listen: false })).rejects.toMatchObject({
    code: 'SPEC_EXTENSION_INVALID',
    message: expect.stringContaining(
      '/lonely is no collection: it needs a path of one parameter more',
    ),
  });
});

test('plays what it is told', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const file = join(folder.path, 'openapi.yaml');
  const collection =
    '{ create: { id: "t{sequence}", state: New }, state: state, after: [{ from: New, time: 1m, to: Old, set: { at: "{now}" } }, { from: Old, time: 1h, to: Gone }] }';
  await writeFile(
    file,
    document(collection, '{ from: [New, Old], to: Done, set: { at: "{key} of {path.id}" } }'),
  );
  const now = '2024-05-14T08:00:00Z';
  await using mock = await startMock({ spec: file, listen: false, now, frozen: true });
  const ask = async (path: string, method = 'GET') => {
    const content = { headers: { 'content-type': 'application/json' }, body: '{}' };
    const response = await mock.fetch(path, { method, ...(path === '/things' ? content : {}) });
    const text = await response.text();
    return [response.status, text === '' ? undefined : JSON.parse(text)];
  };
  expect(await ask('/things', 'POST')).toEqual([201, { id: 't1', state: 'New' }]);
  await mock.advance('90s');
  const old = { id: 't1', state: 'Old', at: '2024-05-14T08:01:00.000Z' };
  expect(await ask('/things/t1')).toEqual([200, old]);
  expect(await ask('/things', 'POST')).toEqual([201, { id: 't2', state: 'New' }]);
  expect((await ask('/things/t2/done', 'POST'))[0]).toBe(204);
  expect(await ask('/things/t2')).toEqual([200, { id: 't2', state: 'Done', at: 't2 of t2' }]);
  await mock.advance('2h');
  expect(await ask('/things/t1')).toEqual([200, { ...old, state: 'Gone' }]);
  const [status, body] = await ask('/things/t1/done', 'POST');
  // The document declares no 409: the reason is told all the same.
  expect(status).toBe(409);
  expect(body.detail).toContain('the item is Gone, and it must be New or Old');
});

test.for([
  ['openapi: 3.1.0', 'x-mock: {}\nopenapi: 3.1.0', 1],
  ['openapi: 3.1.0', 'x-mock: { states: { sad: { memry: {} } } }\nopenapi: 3.1.0', 1],
  ['components:', 'components:\n  x-mock: {}', 29],
  ['    Thing:', '    Thing:\n      x-mock: {}', 31],
] as const)('refuses x-mock where nothing reads it %#', async ([from, to, line]) => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const file = join(folder.path, 'openapi.yaml');
  await writeFile(file, document('{}').replace(from, to));
  await expect(startMock({ spec: file, listen: false })).rejects.toMatchObject({
    code: 'SPEC_EXTENSION_INVALID',
    message: expect.stringContaining(`${file}:${line}:`),
  });
});

test('makes nothing up at first that comes later', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const file = join(folder.path, 'openapi.yaml');
  const own = (name: string) => `        ${name}: { type: string, readOnly: true }\n`;
  const text = document('{ create: { id: a } }', '{ set: { done: yes } }');
  await writeFile(file, text + own('done') + own('ever'));
  await using mock = await startMock({ spec: file, listen: false });
  const headers = { 'content-type': 'application/json' };
  const made = await mock.fetch('/things', { method: 'POST', headers, body: '{}' });
  expect(await made.json()).toEqual({ id: 'a', ever: expect.any(String) });
  await mock.fetch('/things/a/done', { method: 'POST' });
  expect(await (await mock.fetch('/things/a')).json()).toMatchObject({ done: 'yes' });
});
