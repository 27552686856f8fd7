import { expect, test } from 'vitest';
import { checkFiles, entry, har, notes } from './notes.ts';

interface Case {
  /** The servers of the document; default: https://api.test/v1. */
  readonly servers?: readonly object[] | undefined;
  readonly argv?: readonly string[];
  readonly urls: readonly string[];
  /** How many of them are judged; the others are counted by where they went. */
  readonly checked: number;
  readonly outside?: readonly string[];
}

const v1 = 'https://api.test/v1/notes/1';
const table: Readonly<Record<string, Case>> = {
  'the server and others': {
    urls: [
      v1,
      'https://api.test/v2/notes/1',
      'http://api.test/v1/notes/1',
      'https://api.test:8443/v1/notes/1',
      'https://cdn.test/a.js',
      'https://cdn.test/b.js',
    ],
    checked: 1,
    outside: [
      '1 https://api.test/v2',
      '1 http://api.test',
      '1 https://api.test:8443',
      '2 https://cdn.test',
    ],
  },
  'a path that begins as the base path does': {
    urls: [v1, 'https://api.test/v10/notes/1'],
    checked: 1,
    outside: ['1 https://api.test/v10'],
  },
  'a host in capitals, and the port of its scheme': {
    urls: ['https://API.test:443/v1/notes/1'],
    checked: 1,
  },
  'variables with their values': {
    servers: [
      {
        url: 'https://{env}.test:{port}/{base}',
        variables: {
          env: { default: 'api', enum: ['api', 'stage'] },
          port: { default: '443', enum: ['443', '8443'] },
          base: { default: 'v1' },
        },
      },
    ],
    urls: [
      v1,
      'https://stage.test:8443/v1/notes/1',
      'https://api.test/v7/notes/1',
      'https://cdn.test/v1/notes/1',
    ],
    checked: 3,
    outside: ['1 https://cdn.test'],
  },
  'a variable that is all of the address': {
    servers: [{ url: '{api}/v1', variables: { api: { default: 'https://api.test' } } }],
    urls: [v1, 'https://b.test/v1/notes/1'],
    checked: 1,
    outside: ['1 https://b.test'],
  },
  'a relative server: the hosts that answer operations': {
    servers: [{ url: '/v1' }],
    // The second one is known to be the API by what came before.
    urls: [
      v1,
      'https://api.test/v1/unknown',
      'https://api.test/app.js',
      'https://ads.test/v1/t',
      'https://b.test/v1/notes/2',
    ],
    checked: 3,
    outside: ['1 https://api.test', '1 https://ads.test'],
  },
  'no server at all': {
    servers: [],
    urls: ['https://api.test/notes/1', 'https://api.test/app.js'],
    checked: 1,
    outside: ['1 https://api.test'],
  },
  'this machine by another name': {
    servers: [{ url: 'http://localhost:3000/v1' }],
    urls: [
      'http://127.0.0.1:3000/v1/notes/1',
      'http://[::1]:3000/v1/nope',
      'http://localhost:3001/v1/nope',
    ],
    checked: 2,
    outside: ['1 http://localhost:3001'],
  },
  'a mock on this machine': {
    urls: [
      'http://127.0.0.1:4010/v1/notes/1',
      'http://localhost:4010/notes/1',
      'http://localhost:4010/app.js',
    ],
    checked: 2,
    outside: ['1 http://localhost:4010'],
  },
  'a server that is given': {
    argv: ['--server', 'http://gate.test/api/'],
    urls: [
      'http://gate.test/api/notes/1',
      'http://gate.test/api/v1/notes/1',
      'http://gate.test/apis',
      v1,
    ],
    checked: 2,
    outside: ['1 http://gate.test/apis', '1 https://api.test'],
  },
  'servers that are given': {
    argv: ['--server', 'https://api.test', '--server', 'https://b.test/v1'],
    urls: [v1, 'https://b.test/v1/notes/1', 'https://b.test/'],
    checked: 2,
    outside: ['1 https://b.test/'],
  },
  'a part of a server': {
    argv: ['--server', 'https://api.test/v1/notes'],
    urls: [v1, 'https://api.test/v1/login'],
    checked: 1,
    outside: ['1 https://api.test/v1'],
  },
};

test.for(Object.entries(table))(
  '%s',
  async ([, { servers, argv = [], urls, checked, outside = [] }]) => {
    const document = servers ? { ...notes, servers } : notes;
    const entries = urls.map((url) => entry({ request: { url } }));
    const said = await checkFiles(
      { 'one.har': har(entries), 'notes.openapi.json': document },
      argv,
    );
    expect(said.checked).toBe(checked);
    const counted = outside.map((text) => text.replace(' ', " not of the document's servers: "));
    expect(said.skipped.toSorted()).toEqual(counted.toSorted());
  },
);

test('servers of operations and of paths count for them', async () => {
  const { paths } = notes;
  const own = { servers: [{ url: 'https://login.test' }] };
  const login = { '/login': { ...paths['/login'], ...own } };
  const document = { ...notes, paths: { ...paths, ...login } };
  const posted = {
    method: 'POST',
    headers: [],
    postData: { mimeType: 'application/x-www-form-urlencoded', text: 'user=a&age=1' },
  };
  const entries = [
    entry(),
    entry({
      request: { ...posted, url: 'https://login.test/login' },
      response: { status: 204, headers: [], content: { size: 0 } },
    }),
  ];
  const said = await checkFiles({ 'one.har': har(entries), 'notes.openapi.json': document });
  expect([said.code, said.checked, said.findings]).toEqual([0, 2, []]);
});

test('says where everything went when nothing was judged', async () => {
  const urls = ['https://a.test/x', 'https://b.test/v1/notes/1', 'https://b.test/v1/notes/2'];
  const said = await checkFiles({ 'one.har': har(urls.map((url) => entry({ request: { url } }))) });
  expect(said.code).toBe(2);
  expect(said.stderr).toMatchInlineSnapshot(`
    "exactmatch: Nothing in "one.har" was judged: none of its 3 entries is an exchange with https://api.test/v1. They went to https://b.test and elsewhere; give --server URL to have what lies below it judged.
    "
  `);
  const empty = await checkFiles({ 'one.har': har([]) });
  expect([empty.code, empty.stderr]).toEqual([
    2,
    'exactmatch: Nothing in "one.har" was judged: it has no entries. Capture again.\n',
  ]);
});

test('refuses a server that is no URL', async () => {
  const said = await checkFiles({ 'one.har': har([entry()]) }, ['--server', 'api.test']);
  expect([said.code, said.stderr]).toEqual([
    2,
    'exactmatch: A server must be an absolute http(s) URL, got "api.test". Give one such as https://api.example.com/v1.\n',
  ]);
});
