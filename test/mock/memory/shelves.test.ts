import { beforeEach, expect, test } from 'vitest';
import { type Shelves, startShelves } from './shelves.ts';

let ask: Shelves['ask'];
let mock: Shelves['mock'];
let page: Shelves['page'];
beforeEach(async () => {
  ({ ask, mock, page } = await startShelves());
});

test('remembers what there is one of: the example at first, then what is changed of it', async () => {
  expect(await ask('GET', '/settings')).toEqual([200, { motto: 'Read!', hour: 9 }]);
  expect(await ask('PATCH', '/settings', { motto: 'Shh' })).toEqual([
    200,
    { motto: 'Shh', hour: 9 },
  ]);
  expect(await ask('PATCH', '/settings', { hour: null })).toEqual([200, { motto: 'Shh' }]);
  expect(await ask('GET', '/settings')).toEqual([200, { motto: 'Shh' }]);
  expect(await mock.state()).toEqual({ '/settings': { motto: 'Shh' } });
});

test('remembers it below items, each its own', async () => {
  for (const id of ['one', 'two']) await ask('POST', '/shelves', { id });
  await ask('PATCH', '/shelves/one/label', { hour: 1 });
  expect(await ask('GET', '/shelves/one/label')).toEqual([200, { motto: 'A to Z', hour: 1 }]);
  expect(await ask('GET', '/shelves/two/label')).toEqual([200, { motto: 'A to Z' }]);
  expect((await ask('PUT', '/shelves/two/label', { hour: 2 }))[0]).toBe(201);
  expect((await ask('PUT', '/shelves/two/label', { hour: 3 }))[0]).toBe(200);
});

test.for(['/label', '/picture', '/tags', '/tags/new'])(
  'has nothing at …%s of an item that is not there',
  async (path) => {
    await ask('POST', '/shelves', { id: 'there' });
    expect((await ask('GET', `/shelves/gone${path}`))[0]).toBe(404);
    const wanted = path === '/tags/new' ? 404 : 200;
    expect((await ask('GET', `/shelves/there${path}`))[0]).toBe(wanted);
  },
);

test('takes no list for one thing, where its items have no path', async () => {
  expect((await ask('POST', '/news', { text: 'a' }))[0]).toBe(201);
  expect((await ask('POST', '/news', { text: 'b' }))[0]).toBe(201);
});

test('takes PUT without a body for: it is there', async () => {
  await ask('POST', '/shelves', { id: 'a', row: 3 });
  expect(await ask('PUT', '/shelves/a')).toEqual([200, { id: 'a', row: 3 }]);
  expect((await ask('PUT', '/shelves/b'))[0]).toBe(404);
  for (const name of ['x', 'y', 'x']) {
    expect((await ask('PUT', `/shelves/a/tags/${name}`))[0]).toBe(204);
  }
  expect(await ask('GET', '/shelves/a/tags')).toEqual([200, [{ tag: 'x' }, { tag: 'y' }]]);
  await ask('DELETE', '/shelves/a/tags/x');
  expect((await ask('GET', '/shelves/a/tags/x'))[0]).toBe(404);
});

test('changes nothing that is of a version that If-None-Match names', async () => {
  await ask('POST', '/shelves', { id: 'a', row: 3 });
  const once = { 'if-none-match': '*' };
  expect((await ask('PUT', '/shelves/a', { id: 'a' }, once))[0]).toBe(412);
  expect((await ask('DELETE', '/shelves/a', undefined, once))[0]).toBe(412);
  await ask('PATCH', '/settings', { hour: 1 }, once);
  expect((await ask('PATCH', '/settings', { hour: 2 }, once))[0]).toBe(412);
  expect(await ask('GET', '/settings')).toEqual([200, { motto: 'Read!', hour: 1 }]);
});

test('refuses a key that is taken with a status that the document has', async () => {
  await ask('POST', '/shelves', { id: 'a' });
  expect((await ask('POST', '/shelves', { id: 'a' }))[0]).toBe(422);
});

/** Fills a list with items of one letter each. */
async function fill(path: string, ids: string): Promise<void> {
  for (const id of ids) await ask('POST', path, { id });
}

test('gives pages by number and size, and leads through them', async () => {
  await fill('/books', 'abcdefg');
  expect(await page('/books')).toEqual({
    ids: 'abc',
    links: { next: '/books?page=2', last: '/books?page=3' },
    total: '7',
  });
  expect(await page('/books?per_page=2&page=2&x=%2C')).toEqual({
    ids: 'cd',
    links: {
      prev: '/books?per_page=2&x=%2C&page=1',
      next: '/books?per_page=2&x=%2C&page=3',
      last: '/books?per_page=2&x=%2C&page=4',
      first: '/books?per_page=2&x=%2C&page=1',
    },
    total: '7',
  });
  let [seen, next] = ['', '/books?per_page=2' as string | undefined];
  while (next !== undefined) {
    const { ids, links } = await page(next);
    [seen, next] = [seen + ids, links['next']];
  }
  expect(seen).toBe('abcdefg');
  expect(await page('/books?page=9')).toMatchObject({ ids: '' });
  expect((await ask('GET', '/books?per_page=0'))[0]).toBe(400);
});

test('gives pages by offset and limit', async () => {
  await fill('/notes', 'abcde');
  expect(await page('/notes')).toEqual({ ids: 'abcde', links: {}, total: '5' });
  expect(await page('/notes?offset=3')).toMatchObject({ ids: 'de', links: {} });
  expect(await page('/notes?limit=2&offset=2')).toMatchObject({
    ids: 'cd',
    links: { prev: '/notes?limit=2&offset=0', next: '/notes?limit=2&offset=4' },
  });
});

test('leaves nothing out by itself where no way leads to it', async () => {
  await fill('/cursors', 'abc');
  expect(await page('/cursors')).toMatchObject({ ids: 'abc', links: {} });
  expect(await page('/cursors?limit=2')).toMatchObject({ ids: 'ab', links: {} });
});

test('follows its own links where it is strict and the document has no $skip', async () => {
  ({ ask } = await startShelves({ strict: true }));
  await fill('/pages', 'abc');
  let [seen, next] = ['', '/pages?$top=2' as string | undefined];
  while (next !== undefined) {
    const [status, body] = await ask('GET', next);
    expect(status).toBe(200);
    const list = body as { value: { id: string }[]; '@odata.nextLink'?: string };
    seen += list.value.map(({ id }) => id).join('');
    next = list['@odata.nextLink'];
  }
  expect(seen).toBe('abc');
  expect((await ask('GET', '/pages?$other=1'))[0]).toBe(400);
});

test('knows nothing of a key that none can be, where the document has only 404', async () => {
  expect((await ask('GET', '/rows/first'))[0]).toBe(404);
});

test('completes and veils what lies deep in an item', async () => {
  const inner = { pin: '1234', boxes: [{ pin: '5' }] };
  const [status, made] = await ask('POST', '/boxes', { box: inner, boxes: [inner], pin: '6' });
  expect(status).toBe(201);
  const id = expect.any(String);
  const whole = { id, boxes: [{ id }] };
  expect(made).toEqual({ id, box: whole, boxes: [whole] });
  const [, read] = await ask('GET', `/boxes/${(made as { id: string }).id}`);
  expect(read).toEqual(made);
});

test('remembers what is right of an item that no answer can have as it was sent', async () => {
  const [, made] = await ask('POST', '/boxes', { boxes: [{}], size: { width: 1 } });
  expect(made).toMatchObject({ boxes: [{}] });
  expect((await ask('GET', `/boxes/${(made as { id: string }).id}`))[0]).toBe(200);
});

test('remembers what is there or not, and says nothing more', async () => {
  await ask('POST', '/shelves', { id: 'a' });
  for (const path of ['/shelves/a/star', '/fans/bob']) {
    const status = async (method: string) => (await ask(method, path))[0];
    expect(await status('GET'), path).toBe(404);
    for (const method of ['PUT', 'GET', 'PUT', 'DELETE']) expect(await status(method)).toBe(204);
    expect(await status('GET'), path).toBe(404);
    expect(await status('DELETE'), path).toBe(404);
  }
  await ask('PUT', '/fans/bob');
  expect(await ask('GET', '/fans')).toMatchObject([200, [{ login: 'bob' }]]);
  expect((await ask('PUT', '/shelves/gone/star'))[0]).toBe(404);
});

test('expands what the document lists and a client has written', async () => {
  const owner = { id: 1, login: 'bob' };
  await ask('POST', '/pages', { id: 'a', owner });
  expect(await ask('GET', '/pages?$expand=owner%2Crow')).toEqual([
    200,
    { value: [{ id: 'a', owner }] },
  ]);
  expect((await ask('GET', '/pages?$expand=nothing'))[0]).toBe(400);
});
