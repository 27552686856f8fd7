import { beforeEach, expect, test } from 'vitest';
import { checkResponse, loadSpec } from '../../../src/index.ts';
import { type Pets, startPets } from './pets.ts';

let pets: Pets;
beforeEach(async () => {
  pets = await startPets({ now: '2024-05-14T08:00:00Z', frozen: true });
});

/** Asks, holds the answer to the document, and gives status and body. */
async function ask(...args: Parameters<Pets['ask']>): Promise<readonly [number, unknown]> {
  const response = await pets.ask(...args);
  const [method] = args;
  expect(await checkResponse(pets.spec, response, { method })).toEqual([]);
  const text = await response.text();
  return [response.status, text === '' ? undefined : JSON.parse(text)];
}

const rex = { id: 1, createdAt: '2024-05-14T08:00:00.000Z', name: 'Rex' };

test('remembers what is created, and lists it in order', async () => {
  expect(await ask('GET', '/pets')).toEqual([200, []]);
  expect(await ask('POST', '/v2/pets', { name: 'Rex' })).toEqual([201, rex]);
  const [, tom] = await ask('POST', '/pets', { name: 'Tom', tag: 'cat' });
  expect(tom).toEqual({ ...rex, id: 2, name: 'Tom', tag: 'cat' });
  expect(await ask('GET', '/pets/1')).toEqual([200, rex]);
  expect(await ask('GET', '/pets')).toEqual([200, [rex, tom]]);
});

test('never gives back what is write-only', async () => {
  expect(await ask('POST', '/pets', { name: 'Rex', pin: '1234' })).toEqual([201, rex]);
  expect(await ask('PATCH', '/pets/1', { pin: '5678' })).toEqual([200, rex]);
  expect(JSON.stringify(await pets.mock.state())).not.toContain('1234');
});

test('merges, replaces and deletes', async () => {
  const home = { town: 'Bern', code: '3000' };
  await ask('POST', '/pets', { name: 'Rex', tag: 'dog', home });
  const [, patched] = await ask('PATCH', '/pets/1', { tag: null, home: { town: 'Basel' } });
  expect(patched).toEqual({ ...rex, home: { town: 'Basel', code: '3000' } });
  const [, same] = await ask('PATCH', '/pets/1', { id: 7 });
  expect(same).toEqual(patched);
  expect(await ask('PUT', '/pets/1', { name: 'Max' })).toEqual([200, { ...rex, name: 'Max' }]);
  expect(await ask('DELETE', '/pets/1')).toEqual([204, undefined]);
  for (const [method, body] of [
    ['GET', undefined],
    ['DELETE', undefined],
    ['PATCH', {}],
    ['PUT', { name: 'Max' }],
  ] as const) {
    expect((await ask(method, '/pets/1', body))[0], method).toBe(404);
  }
});

test('regression: no client changes what the service alone sets', async () => {
  const own = { id: 77, createdAt: '1999-01-01T00:00:00Z' };
  expect(await ask('POST', '/pets', { name: 'Rex', ...own })).toEqual([201, rex]);
  expect(await ask('PATCH', '/pets/1', own)).toEqual([200, rex]);
  expect(await ask('PUT', '/pets/1', { name: 'Rex', ...own })).toEqual([200, rex]);
});

test('says what does not exist, in the form of the document', async () => {
  expect(await ask('GET', '/pets/7')).toEqual([404, { message: 'There is no pet "7".' }]);
  expect(await ask('POST', '/pets/7/feed')).toEqual([404, { message: 'There is no pet "7".' }]);
  expect(await ask('GET', '/pets/7/toys')).toEqual([404, { message: 'There is no pet "7".' }]);
});

test('refuses a change that makes an item invalid', async () => {
  await ask('POST', '/pets', { name: 'Rex' });
  const [status] = await ask('PATCH', '/pets/1', { name: 5 });
  expect(status).toBe(400);
  expect(await ask('GET', '/pets/1')).toEqual([200, rex]);
});

test('answers an action with the item where the document says so', async () => {
  await ask('POST', '/pets', { name: 'Rex' });
  expect(await ask('POST', '/pets/1/feed')).toEqual([200, rex]);
});

test('keeps collections of different items apart, and deletes them with their item', async () => {
  await ask('POST', '/pets', { name: 'Rex' });
  await ask('POST', '/pets', { name: 'Tom' });
  const [status, created] = await ask('POST', '/pets/1/toys', { name: 'ball', price: 5 });
  expect([status, created]).toMatchObject([201, { name: 'ball' }]);
  expect(await ask('GET', '/pets/1/toys')).toEqual([
    200,
    { items: [{ name: 'ball', price: 5 }], total: 1 },
  ]);
  expect(await ask('GET', '/pets/2/toys')).toEqual([200, { items: [], total: 0 }]);
  expect((await ask('POST', '/pets/1/toys', { name: 'ball' }))[0]).toBe(409);
  await ask('DELETE', '/pets/1');
  expect((await ask('GET', '/pets/1/toys/ball'))[0]).toBe(404);
  expect(Object.keys(await pets.mock.state())).toEqual(['/pets']);
});

test('makes by PUT what the document says is made so', async () => {
  await ask('POST', '/pets', { name: 'Rex' });
  expect((await ask('PUT', '/pets/1/toys/a%2Fb', { name: 'a/b', price: 1 }))[0]).toBe(201);
  expect(await ask('GET', '/pets/1/toys/a%2Fb')).toEqual([200, { name: 'a/b', price: 1 }]);
  expect((await ask('PUT', '/pets/1/toys/a%2Fb', { name: 'a/b' }))[0]).toBe(200);
  expect(await ask('GET', '/pets/1/toys/a%2Fb')).toEqual([200, { name: 'a/b' }]);
});

test('answers from examples what nobody can fill, until it is seeded', async () => {
  expect(await ask('GET', '/breeds')).toEqual([200, [{ code: 'pug' }]]);
  expect((await ask('GET', '/breeds/any'))[0]).toBe(200);
  await pets.mock.setState({ '/breeds': [{ code: 'lab' }] });
  expect(await ask('GET', '/breeds')).toEqual([200, [{ code: 'lab' }]]);
  expect((await ask('GET', '/breeds/any'))[0]).toBe(404);
});

test('gives versions, and holds changes to them', async () => {
  const made = await pets.ask('POST', '/pets', { name: 'Rex' });
  const etag = made.headers.get('etag') ?? '';
  expect(made.headers.get('location')).toBe('http://mock.invalid/pets/1');
  const read = (headers: Record<string, string>) => pets.ask('GET', '/pets/1', undefined, headers);
  expect((await read({ 'if-none-match': etag })).status).toBe(304);
  expect((await read({ 'if-none-match': '"other", *' })).status).toBe(200);
  expect((await read({ 'if-none-match': '*' })).status).toBe(304);
  const patch = (match: string) =>
    pets.ask('PATCH', '/pets/1', { tag: 'x' }, { 'if-match': match });
  expect((await patch('"other"')).status).toBe(412);
  expect((await patch(etag)).status).toBe(200);
  expect((await patch(etag)).status).toBe(412);
  expect((await patch('*')).status).toBe(200);
  const gone = await pets.ask('DELETE', '/pets/1', undefined, { 'if-match': etag });
  expect(gone.status).toBe(412);
});

test('of many changes at once, none is lost', async () => {
  await pets.ask('POST', '/pets', { name: 'Rex' });
  const names = Array.from({ length: 50 }, (_, index) => `n${index}`);
  await Promise.all(names.map((name) => pets.ask('PATCH', '/pets/1', { home: { [name]: name } })));
  const pet = (await (await pets.ask('GET', '/pets/1')).json()) as { home: object };
  expect(Object.keys(pet.home).sort()).toEqual(names.sort());
});

test('the same seed makes the same ids, another seed others', async () => {
  const sessions = async (seed: number) => {
    await using mock = await (await import('../../../src/mock.ts')).startMock({
      seed,
      listen: false,
    });
    const path = '/dataClassification/exactMatchDataStores/a/sessions';
    const init = {
      method: 'POST',
      headers: { authorization: 'Bearer t', 'content-type': 'application/json' },
      body: '{}',
    };
    return [await mock.fetch(path, init), await mock.fetch(path, init)].map((response) =>
      response.headers.get('location'),
    );
  };
  const [one, again, other] = [await sessions(1), await sessions(1), await sessions(2)];
  expect(again).toEqual(one);
  expect(new Set([...one, ...other]).size).toBe(4);
});

test('remembers nothing when it is told so', async () => {
  const { ask: askStateless } = await startPets({ stateless: true });
  await askStateless('POST', '/pets', { name: 'Rex' });
  expect((await askStateless('GET', '/pets/77')).status).toBe(200);
});

test('lists items in the form that the list has, where it is another', async () => {
  const item = (names: readonly string[]) => ({
    type: 'object',
    required: names,
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
  });
  const of = (schema: object) => ({
    description: 'Done',
    content: { 'application/json': { schema } },
  });
  const body = { content: { 'application/json': { schema: { type: 'object' } } } };
  const spec = await loadSpec({
    openapi: '3.1.0',
    paths: {
      '/things': {
        get: { responses: { 200: of({ type: 'array', items: item(['id', 'summary']) }) } },
        post: { requestBody: body, responses: { 201: of(item(['id', 'text'])) } },
      },
      '/things/{id}': { get: { responses: { 200: of(item(['id', 'text'])) } } },
    },
  });
  const { ask: askThings } = await startPets({ spec });
  await askThings('POST', '/things', { text: 'mine' });
  const list = await askThings('GET', '/things');
  expect(await checkResponse(spec, list, { method: 'GET' })).toEqual([]);
  expect(await list.json()).toMatchObject([
    { id: expect.any(String), summary: expect.any(String) },
  ]);
});
