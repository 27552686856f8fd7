import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { widgets } from './widgets.ts';
import { keepPacts, newPact } from './written.ts';

keepPacts();

const get = { operation: 'getWidget', path: { id: 7 }, status: 200 } as const;
const put = { operation: 'putWidget', path: { id: 7 }, body: { name: 'a' }, status: 204 } as const;
const bearer = { authorization: 'Bearer secret' };

test('writes parameters as the document has them, and asks for credentials of any value', async () => {
  const { pact, read } = newPact(widgets);
  const parameters = {
    query: { tags: ['a b', 'c'], fields: ['id', 'name'], filter: { state: 'new' } },
    headers: { 'If-None-Match': '"v1"', 'X-Other': 'o' },
    cookies: { theme: 'dark' },
  };
  const definition = { ...get, ...parameters, given: ['one', { name: 'two', params: { id: 7 } }] };
  const status = await pact.interaction(definition, async ({ url }) => {
    const query = 'tags=a%20b&tags=c&fields=id%2Cname&filter[state]=new';
    const sent = { ...bearer, cookie: 'theme=dark', 'if-none-match': '"v1"', 'x-other': 'o' };
    return (await fetch(`${url}/widgets/7?${query}`, { headers: sent })).status;
  });
  expect(status).toBe(200);
  expect(read()).toEqual([
    {
      type: 'Synchronous/HTTP',
      description: 'getWidget, answered with 200',
      pending: false,
      providerStates: [{ name: 'one' }, { name: 'two', params: { id: 7 } }],
      comments: {
        references: { openapi: { operationId: 'getWidget', method: 'GET', path: '/widgets/{id}' } },
        testname: expect.stringContaining(
          'request.test.ts > writes parameters as the document has',
        ),
      },
      request: {
        method: 'GET',
        path: '/widgets/7',
        query: { tags: ['a b', 'c'], fields: ['id,name'], 'filter[state]': ['new'] },
        headers: {
          Authorization: ['Bearer token'],
          Cookie: ['theme=dark'],
          'If-None-Match': ['"v1"'],
          'X-Other': ['o'],
        },
        matchingRules: {
          header: {
            Authorization: { combine: 'AND', matchers: [{ match: 'regex', regex: '^Bearer .+$' }] },
          },
        },
      },
      response: { status: 200 },
    },
  ]);
});

test('keys travel where the document has them', async () => {
  const { pact, read } = newPact(widgets);
  const definition = {
    operation: 'makeKey',
    body: { name: 'a b' },
    status: 200,
    uses: [''],
  } as const;
  const answer = await pact.interaction(definition, async ({ url }) => {
    const sent = {
      method: 'POST',
      headers: { cookie: 'sid=1234' },
      body: new URLSearchParams({ name: 'a b' }),
    };
    return (await fetch(`${url}/keys?api%20key=abcd`, sent)).text();
  });
  expect(answer).toBe('string');
  const [{ request, response } = expect.unreachable()] = read();
  expect(request.query).toEqual({ 'api key': ['key'] });
  expect(request.headers).toMatchObject({ Cookie: ['sid=key'] });
  expect(request.body).toEqual({
    content: 'name=a+b',
    contentType: 'application/x-www-form-urlencoded',
    encoded: false,
  });
  expect(response.body).toMatchObject({ content: 'string', contentType: 'text/plain' });
  const csv = { ...definition, description: 'csv', body: 'a;b' };
  const sent = {
    method: 'POST',
    headers: { cookie: 'sid=1', 'content-type': 'text/csv' },
    body: 'a;b',
  };
  await pact.interaction(csv, ({ url }) => fetch(`${url}/keys?api%20key=k`, sent));
});

test('what the consumer reads of headers has matchers from the document', async () => {
  const { pact, read } = newPact(widgets);
  const usesHeaders = { etag: undefined, 'Retry-After': 10, 'X-Trace': 'abc' };
  const answered = await pact.interaction({ ...get, usesHeaders }, async ({ url, response }) => {
    const { headers: got } = await fetch(`${url}/widgets/7`, { headers: bearer });
    expect(response.headers).toEqual({ ETag: '"v1"', 'Retry-After': '10', 'X-Trace': 'abc' });
    return Object.keys(response.headers).map((name) => got.get(name));
  });
  expect(answered).toEqual(['"v1"', '10', 'abc']);
  expect(read()[0]?.response.matchingRules?.header).toEqual({
    ETag: { combine: 'AND', matchers: [{ match: 'regex', regex: '^"[\\s\\S]*$' }] },
    'Retry-After': { combine: 'AND', matchers: [{ match: 'regex', regex: '^(?:0|[1-9]\\d*)$' }] },
    'X-Trace': { combine: 'AND', matchers: [{ match: 'type' }] },
  });
});

test('a request may be wrong on purpose, where the answer says so', async () => {
  const { pact, read } = newPact(widgets);
  const wrong = {
    ...put,
    body: { name: 5 },
    mistakes: ['request.body.type'],
    status: 400,
  } as const;
  const unsigned = { ...get, mistakes: ['request.security.missing'], status: 401 } as const;
  const sent = {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '{"name":5}',
  };
  await pact.interaction(wrong, ({ url }) => fetch(`${url}/widgets/7`, sent));
  await pact.interaction({ ...unsigned, uses: ['code'] }, ({ url }) => fetch(`${url}/widgets/7`));
  expect(read().map(({ request }) => Object.keys(request.headers ?? {}))).toEqual([
    [],
    ['Content-Type'],
  ]);
});

test('says what the consumer asked for instead, and what the test threw', async () => {
  const { pact, file } = newPact(widgets);
  const asked = pact.interaction(get, async ({ url }) => {
    const { status } = await fetch(`${url}/widgets/8`, { headers: bearer });
    throw new Error(`Got ${status}.`);
  });
  await expect(asked).rejects.toMatchObject({
    code: 'PACT_UNMET',
    message: expect.stringMatching(
      /"getWidget, answered with 200".*\/widgets\/8.*threw: Got 500\./s,
    ),
    cause: expect.objectContaining({ message: 'Got 500.' }),
  });
  await expect(pact.interaction(get, () => {})).rejects.toThrow(/expected but not received/);
  const failed = new TypeError('The consumer is broken.');
  const thrown = pact.interaction(get, async ({ url }) => {
    await fetch(`${url}/widgets/7`, { headers: bearer });
    throw failed;
  });
  await expect(thrown).rejects.toBe(failed);
  pact.write();
  expect(existsSync(file)).toBe(false);
});
