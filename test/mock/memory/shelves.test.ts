import { beforeEach, expect, test } from 'vitest';
import { type Shelves, startShelves } from './shelves.ts';

let ask: Shelves['ask'];
let mock: Shelves['mock'];
beforeEach(async () => {
  ({ ask, mock } = await startShelves());
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
