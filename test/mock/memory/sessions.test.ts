import { beforeEach, expect, test } from 'vitest';
import { loadSpec } from '../../../src/index.ts';
import { type MockServer, startMock } from '../../../src/mock.ts';
import { type Ask, createAsk, type Members } from '../asker.ts';
import { sessions } from '../mock.ts';

let mock: MockServer;
let ask: Ask;
beforeEach(async () => {
  mock = await startMock({ now: '2024-05-14T08:00:00Z', frozen: true, listen: false });
  ask = createAsk(mock, await loadSpec());
});

async function create(body: Members = {}): Promise<string> {
  return String((await ask('POST', sessions, body)).body['id']);
}

test('sets on creation what the service sets', async () => {
  const {
    status,
    body,
    headers: answered,
  } = await ask('POST', sessions, {
    fileName: 'patients.tsv',
    state: 'Anything',
    dataStoreId: 'another',
    salt: 'mine',
  });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    '@odata.context': `https://graph.microsoft.com/beta/$metadata#dataClassification/exactMatchDataStores('patients')/sessions/$entity`,
    '@odata.etag': answered.get('etag'),
    '@odata.type': '#microsoft.graph.exactMatchSession',
    id: expect.stringMatching(/^[\da-f-]{36}$/),
    creationDateTime: '2024-05-14T08:00:00.000Z',
    lastUpdatedDateTime: '2024-05-14T08:00:00.000Z',
    dataStoreId: 'patients',
    fileName: 'patients.tsv',
    state: 'Created',
    salt: 'mine',
    rowsPerBlock: 50_000,
    dataUploadURI: expect.stringContaining('se=2024-05-15T08:00:00.000Z'),
  });
  expect(answered.get('location')).toBe(
    `https://graph.microsoft.com/beta${sessions}/${body['id']}`,
  );
});

test('plays the life of a session', async () => {
  const path = `${sessions}/${await create()}`;
  expect((await ask('POST', `${path}/commit`)).status).toBe(204);
  expect((await ask('GET', path)).body).toMatchObject({
    state: 'ProcessingInProgress',
    uploadCompletionDateTime: '2024-05-14T08:00:00.000Z',
    dataUploadURI: null,
  });
  await mock.advance('29s');
  expect((await ask('GET', path)).body).toMatchObject({ state: 'ProcessingInProgress' });
  await mock.advance('2m');
  const { body, headers: answered } = await ask('GET', path);
  expect(body).toMatchObject({
    state: 'Completed',
    // When it happened, not when somebody looked.
    completionDateTime: '2024-05-14T08:00:30.000Z',
    remainingJobCount: 0,
  });
  expect(
    (await ask('GET', path, undefined, { 'if-none-match': answered.get('etag') ?? '' })).status,
  ).toBe(304);
});

test.for([
  ['commit', 'Completed'],
  ['commit', 'Cancelled'],
  ['cancel', 'Completed'],
  ['renew', 'ProcessingInProgress'],
  ['microsoft.graph.commit', 'ProcessingInProgress'],
] as const)('refuses to %s a session that is %s', async ([action, state]) => {
  await mock.setState({ [sessions]: [{ id: 's1', state }] });
  const { status, body } = await ask('POST', `${sessions}/s1/${action}`);
  expect(status).toBe(409);
  expect(body).toMatchObject({
    error: { code: 'Conflict', message: expect.stringContaining(`the item is ${state}`) },
  });
});

test('renews the address of an upload', async () => {
  const path = `${sessions}/${await create()}`;
  const before = (await ask('GET', path)).body['dataUploadURI'];
  const { status, body } = await ask('POST', `${path}/microsoft.graph.renew`);
  expect(status).toBe(200);
  expect(body['dataUploadURI']).not.toBe(before);
});

test('answers minimally when that is preferred', async () => {
  const made = await ask('POST', sessions, {}, { prefer: 'return=minimal' });
  expect(made.status).toBe(204);
  expect(made.headers.get('preference-applied')).toBe('return=minimal');
  const path = new URL(made.headers.get('location') ?? '').pathname.replace('/beta', '');
  expect(
    (await ask('PATCH', path, { fileName: 'b.tsv' }, { prefer: 'return=minimal' })).status,
  ).toBe(204);
  expect((await ask('GET', path)).body).toMatchObject({ fileName: 'b.tsv' });
});

test('remembers the upload agent of a session', async () => {
  const path = `${sessions}/${await create()}/uploadAgent`;
  expect((await ask('GET', path)).status).toBe(404);
  expect((await ask('PATCH', path, { description: 'x' })).status).toBe(404);
  expect((await ask('POST', path, { description: 'mine' })).status).toBe(201);
  expect((await ask('POST', path, { description: 'twice' })).status).toBe(409);
  const { body } = await ask('PATCH', path, { description: 'ours' });
  expect(body).toMatchObject({ description: 'ours', id: expect.any(String) });
  expect((await ask('GET', path)).body).toEqual(body);
  expect((await ask('DELETE', path)).status).toBe(204);
  expect((await ask('GET', path)).status).toBe(404);
});

test('expands what lies below a session', async () => {
  const path = `${sessions}/${await create()}`;
  expect((await ask('GET', `${path}?$expand=uploadAgent`)).body['uploadAgent']).toBe(null);
  await ask('POST', `${path}/uploadAgent`, { description: 'mine' });
  const agent = { description: 'mine', id: expect.any(String) };
  expect((await ask('GET', `${path}?$expand=uploadAgent`)).body['uploadAgent']).toMatchObject(
    agent,
  );
  expect((await ask('GET', path)).body).not.toHaveProperty('uploadAgent');
  const { body } = await ask(
    'GET',
    `${sessions}?$expand=uploadAgent($select=description)&$select=id`,
  );
  expect(body['value']).toMatchObject([{ uploadAgent: { description: 'mine' } }]);
  expect((await ask('GET', `${sessions}?$expand=fileName`)).status).toBe(400);
});

test('pages to the end', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 7; index += 1) ids.push(await create({ fileName: `f${index}` }));
  for (const [query, extra, sizes] of [
    ['?$top=3', {}, [3, 3, 1]],
    ['', { prefer: 'odata.maxpagesize=2' }, [2, 2, 2, 1]],
    ['?$top=4', { prefer: 'odata.maxpagesize=3' }, [3, 3, 1]],
    ['?$skip=5&$count=true', { prefer: 'odata.maxpagesize=1' }, [1, 1]],
    ['', {}, [7]],
    ['?$top=0', {}, [0]],
  ] as const) {
    const found: unknown[] = [];
    const counts: number[] = [];
    let next: string | undefined = `${sessions}${query}`;
    while (next !== undefined) {
      const page: Members = (await ask('GET', next, undefined, extra)).body;
      const items = page['value'] as Members[];
      counts.push(items.length);
      found.push(...items.map(({ id }) => id));
      const link = page['@odata.nextLink'] as string | undefined;
      next = link?.replace('https://graph.microsoft.com/beta', '');
    }
    expect(counts, query).toEqual(sizes);
    if (query === '?$top=3') expect(found).toEqual(ids);
  }
});

test('regression: a link to the next page says the query as it came', async () => {
  for (const fileName of ['b', 'a', 'c']) await create({ fileName });
  const query = "$orderby=rowsPerBlock,fileName&$filter=fileName%20ne%20'x%26y'&$top=1&%24skip=1";
  const { body } = await ask('GET', `${sessions}?${query}`);
  const link = String(body['@odata.nextLink']);
  expect(link).toMatch(
    /sessions\?\$orderby=rowsPerBlock,fileName&\$filter=fileName%20ne%20%27x%26y%27&\$top=1&\$skip=2$/,
  );
  const next = await ask('GET', link.replace('https://graph.microsoft.com/beta', ''));
  expect(next.body['value']).toMatchObject([{ fileName: 'c' }]);
});

test('regression: what only a service can say is not taken from a client', async () => {
  const notes = { '@odata.etag': 'W/"9"', '@odata.context': 'https://elsewhere.example/' };
  const made = await ask('POST', sessions, notes);
  expect(made.body['@odata.etag']).toBe(made.headers.get('etag'));
  const path = `${sessions}/${made.body['id']}`;
  const changed = await ask('PATCH', path, { ...notes, fileName: 'b.tsv' });
  expect(changed.body['@odata.etag']).toBe(changed.headers.get('etag'));
  expect(changed.body['@odata.context']).toBe(made.body['@odata.context']);
  await mock.setState({ [sessions]: [{ id: 's1', ...notes }] });
  const seeded = await ask('GET', `${sessions}/s1`);
  expect(seeded.body['@odata.etag']).toBe(seeded.headers.get('etag'));
});

test('filters, sorts, selects, counts and searches', async () => {
  await mock.setState({
    [sessions]: [
      { id: 'a', state: 'Created', fileName: 'one.tsv', rowsPerBlock: 5 },
      { id: 'b', state: 'Completed', fileName: 'two.tsv', rowsPerBlock: 7, fields: ['mrn'] },
      {
        id: 'c',
        state: 'Completed',
        fileName: null,
        creationDateTime: '2024-05-14T10:00:00+02:00',
      },
    ],
  });
  const list = async (query: string) => (await ask('GET', `${sessions}?${query}`)).body;
  const ids = async (query: string) =>
    ((await list(query))['value'] as Members[]).map(({ id }) => id);
  expect(await ids("$filter=state eq 'Completed' and contains(fileName,'w')")).toEqual(['b']);
  expect(await ids('$filter=creationDateTime eq 2024-05-14T08:00:00Z')).toEqual(['c']);
  expect(await ids("$filter=fields/any(f: f eq 'mrn')")).toEqual(['b']);
  expect(await ids('$orderby=rowsPerBlock desc')).toEqual(['b', 'a', 'c']);
  // OData's ABNF: COMMA = "," / "%2C".
  expect(await ids('$orderby=state%2CrowsPerBlock%20desc')).toEqual(
    await ids('$orderby=state,rowsPerBlock%20desc'),
  );
  expect(await list('$select=id%2CfileName')).toEqual(await list('$select=id,fileName'));
  expect(await ids('$filter=creationDateTime ge 2024-05-14')).toContain('c');
  expect(await ids('$search=two')).toEqual(['b']);
  expect(await ids('$filter=rowsPerBlock div 2 eq 2')).toEqual(['a']);
  expect(await ids("$filter=not error/details/any(d: d/code eq 'x')")).toEqual(['a', 'b', 'c']);
  expect(await list('$count=true&$top=1&$select=fileName')).toMatchObject({
    '@odata.count': 3,
    value: [{ id: 'a', fileName: 'one.tsv' }],
  });
  const [first] = (await list('$select=fileName'))['value'] as Members[];
  expect(Object.keys(first ?? {}).filter((name) => !name.startsWith('@'))).toEqual([
    'id',
    'fileName',
  ]);
});

test.for([
  ["$filter=sate eq 'Created'", 'position 0'],
  ["$filter=state eq 'Created", 'position'],
  ['$filter=state foo 5', 'position 6'],
  ['$filter=rowsPerBlock eq geo.distance(a,b)', 'position 16'],
  ['$orderby=fileName sideways', '$orderby'],
  ['$select=nothing', '$select cannot be understood at position 0'],
  ['$top=-1', '$top'],
] as const)('refuses %s with the place', async ([query, reason]) => {
  const { status, body } = await ask('GET', `${sessions}?${query}`);
  expect(status).toBe(400);
  expect((body['error'] as Members)['message']).toContain(reason);
});

test.for([
  [{ state: null }, '`state` is null'],
  [{}, '`state` is missing'],
] as const)('says that a session with %j has no state', async ([state, reason]) => {
  await mock.setState({ [sessions]: [{ id: 'odd', ...state }] });
  const { status, body } = await ask('POST', `${sessions}/odd/commit`);
  expect(status).toBe(409);
  const { message } = body['error'] as Members;
  expect(message).toBe(
    `commitExactMatchSession is not possible: the item has no state, ${reason}, and it must be Created.`,
  );
});
