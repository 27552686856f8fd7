import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkResponse, loadSpec } from '../../src/index.ts';
import { type MockServer, startMock } from '../../src/mock.ts';
import { create, headers, raw, sessions } from './mock.ts';

let mock: MockServer;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const { authorization, ...anonymous } = headers;

interface Row {
  readonly what: string;
  readonly init: RequestInit;
  readonly status: number;
  readonly code: string;
  readonly reason: string;
  readonly finding?: string;
  readonly target?: string;
}

const rows: readonly Row[] = [
  {
    what: 'a wrong type',
    init: { body: '{"rowsPerBlock":"many"}' },
    status: 400,
    code: 'invalidRequest',
    reason:
      '`rowsPerBlock` must be a whole number from -2147483648 to 2147483647 or null, got "many".',
    finding: 'request.body.type',
    target: '/rowsPerBlock',
  },
  {
    what: 'malformed JSON',
    init: { body: '{"state": "Created",}' },
    status: 400,
    code: 'invalidRequest',
    reason: 'unexpected "}" at line 1, column 21.',
    finding: 'request.body.malformed',
    target: '',
  },
  {
    what: 'an empty body',
    init: { body: '' },
    status: 400,
    code: 'invalidRequest',
    reason: 'The request body is missing: it is required.',
    finding: 'request.body.required',
    target: '',
  },
  {
    what: 'a number that is no Int32',
    init: { body: '{"totalJobCount":2147483648}' },
    status: 400,
    code: 'invalidRequest',
    reason: '`totalJobCount` must be',
    finding: 'request.body.range',
    target: '/totalJobCount',
  },
  {
    what: 'no token',
    init: { headers: anonymous },
    status: 401,
    code: 'InvalidAuthenticationToken',
    reason: 'must carry a Bearer token',
    finding: 'request.security.missing',
    target: 'authorization',
  },
  {
    what: 'a token of another scheme',
    init: { headers: { ...anonymous, authorization: 'Basic dXNlcjpwYXNz' } },
    status: 401,
    code: 'InvalidAuthenticationToken',
    reason: '`authorization` has Basic credentials',
    finding: 'request.security.missing',
    target: 'authorization',
  },
  {
    what: 'a method that the path has not',
    init: { method: 'PUT' },
    status: 405,
    code: 'notAllowed',
    reason: 'has GET, POST.',
    finding: 'request.method.unknown',
    target: '',
  },
  {
    what: 'an Accept that nothing satisfies',
    init: { headers: { ...headers, accept: 'text/html' } },
    status: 406,
    code: 'notAcceptable',
    reason: 'text/html',
  },
  {
    what: 'a body over the limit',
    init: { body: JSON.stringify({ salt: 'x'.repeat(4 * 1024 * 1024) }) },
    status: 413,
    code: 'contentTooLarge',
    reason: 'larger than 4194304 bytes',
  },
  {
    what: 'another media type',
    init: { headers: { ...headers, 'content-type': 'text/plain' } },
    status: 415,
    code: 'unsupportedMediaType',
    reason: 'must be application/json: got text/plain.',
    finding: 'request.body.mediaType',
    target: 'content-type',
  },
  {
    what: 'no media type',
    init: { headers: { authorization }, body: new Uint8Array([123, 125]) },
    status: 415,
    code: 'unsupportedMediaType',
    reason: 'there is no Content-Type',
    finding: 'request.body.mediaType',
    target: 'content-type',
  },
  {
    what: 'a wrong charset',
    init: { headers: { ...headers, 'content-type': 'application/json; charset=utf-16' } },
    status: 415,
    code: 'unsupportedMediaType',
    reason: 'application/json is UTF-8 (RFC 8259), not utf-16.',
    finding: 'request.body.mediaType',
    target: 'content-type',
  },
  {
    what: 'bytes that are no UTF-8',
    init: { body: new Uint8Array([0x7b, 0xff, 0x7d]) },
    status: 400,
    code: 'invalidRequest',
    reason: 'its bytes are not utf-8',
    finding: 'request.body.malformed',
    target: '',
  },
];

test.for(rows)('refuses $what with $status and says why', async (row) => {
  const response = await create(mock, row.init);
  expect(response.status).toBe(row.status);
  expect(response.headers.get('content-type')).toBe('application/json');
  const id = response.headers.get('request-id');
  expect(id).toMatch(UUID);
  const { error } = (await response.json()) as { error: Record<string, unknown> };
  expect(error['code']).toBe(row.code);
  expect(error['message']).toContain(row.reason);
  expect(error['innerError']).toMatchObject({ 'request-id': id, 'client-request-id': id });
  if (row.finding === undefined) expect(error).not.toHaveProperty('details');
  else {
    expect(error['details']).toEqual([
      { code: row.finding, message: expect.stringContaining(row.reason), target: row.target },
    ]);
  }
});

test.for(rows)('the refusal of $what keeps the promise of the document', async (row) => {
  const response = await create(mock, row.init);
  const spec = await loadSpec();
  const operation = 'createExactMatchSession';
  expect(await checkResponse(spec, response, { operation, strict: true })).toEqual([]);
});

test('refuses a path that the document has not with 404', async () => {
  const response = await fetch(`${mock.url}/nothing`, { headers });
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({
    error: { code: 'itemNotFound', details: [{ code: 'request.path.unmatched' }] },
  });
});

test('refuses an overlong URL with 414, in the form of the API', async () => {
  const response = await create(mock, {}, `?$filter=${'x'.repeat(17_000)}`);
  expect(response.status).toBe(414);
  expect(await response.json()).toMatchObject({
    error: { code: 'UriTooLong', message: expect.stringContaining('at most 16384') },
  });
});

test('names every mistake of one request, each once', async () => {
  const response = await create(mock, { body: '{"rowsPerBlock":"many","fields":[1],"state":5}' });
  const { error } = (await response.json()) as { error: { details: { target: string }[] } };
  expect(error.details.map(({ target }) => target).sort()).toEqual([
    '/fields/0',
    '/rowsPerBlock',
    '/state',
  ]);
});

test('says with which methods and which scheme it would have gone', async () => {
  const wrong = await create(mock, { method: 'DELETE' });
  expect(wrong.headers.get('allow')).toBe('GET, POST');
  const anonymousTry = await create(mock, { headers: anonymous });
  expect(anonymousTry.headers.get('www-authenticate')).toMatch(/^Bearer realm="/);
});

const head = `POST /beta${sessions} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer token\r\n`;
const body = 'Content-Length: 2\r\nConnection: close\r\n\r\n{}';

test.for([
  [
    'a duplicate content-type',
    `${head}Content-Type: application/json\r\nContent-Type: text/plain\r\n${body}`,
    '400',
    '`content-type` is given twice',
  ],
  [
    'a duplicate authorization',
    `${head}Authorization: Bearer other\r\nContent-Type: application/json\r\n${body}`,
    '400',
    '`authorization` is given twice',
  ],
  ['no HTTP at all', 'hello there\r\n\r\n', '400', 'no valid HTTP'],
  ['headers over the limit', `${head}X-Long: ${'x'.repeat(70_000)}\r\n${body}`, '431', 'the limit'],
  [
    'two different lengths',
    `${head}Content-Length: 5\r\nContent-Type: application/json\r\n${body}`,
    '400',
    'HTTP',
  ],
] as const)('answers %s at once', async ([, bytes, status, reason]) => {
  const answer = await raw(mock, bytes);
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer).toContain(reason);
  expect(answer.toLowerCase()).toContain('\r\nrequest-id: ');
});

test('goes on after any of these', async () => {
  expect((await create(mock)).status).toBe(201);
});

test('echoes the client’s own request id, and gives each answer one of its own', async () => {
  const sent = { ...headers, 'client-request-id': 'mine-1' };
  const one = await create(mock, { headers: sent });
  const other = await create(mock, { headers: { ...sent, authorization: '' } });
  expect(one.headers.get('client-request-id')).toBe('mine-1');
  expect(other.headers.get('client-request-id')).toBe('mine-1');
  expect(await other.json()).toMatchObject({
    error: { innerError: { 'client-request-id': 'mine-1' } },
  });
  expect(one.headers.get('request-id')).not.toBe(other.headers.get('request-id'));
  expect((await create(mock)).headers.has('client-request-id')).toBe(false);
});

test('has no body for a failure that the document declares without one', async () => {
  const spec = {
    openapi: '3.1.0',
    paths: {
      '/thing': {
        get: {
          parameters: [{ name: 'n', in: 'query', schema: { type: 'integer' } }],
          responses: { 200: { description: 'Ok' }, 400: { description: 'Bad' } },
        },
      },
    },
  };
  await using mock = await startMock({ spec, listen: false });
  const response = await mock.fetch('/thing?n=x');
  expect([response.status, await response.text()]).toEqual([400, '']);
});
