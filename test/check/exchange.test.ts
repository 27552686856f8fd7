import { createServer, IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import {
  type RequestInput,
  type ResponseInput,
  toRequestMessage,
  toResponseMessage,
} from '../../src/check/exchange.ts';

const NONE = { kind: 'none' };

test('reads a Request and leaves it readable', async () => {
  const request = new Request('https://h.example/v1/a%20b/?q=1&r#top', {
    method: 'POST',
    headers: { 'X-A': '1', 'Content-Type': 'application/json' },
    body: '{"a":1}',
  });
  expect(await toRequestMessage(request)).toEqual({
    method: 'POST',
    path: '/v1/a%20b/',
    query: 'q=1&r',
    headers: { 'x-a': '1', 'content-type': 'application/json' },
    content: { kind: 'bytes', bytes: new TextEncoder().encode('{"a":1}') },
  });
  expect(await request.json()).toEqual({ a: 1 });
});

test.for<[RequestInit, unknown]>([
  [{ method: 'GET' }, NONE],
  [{ method: 'POST' }, NONE],
  [{ method: 'POST', body: '' }, NONE],
])('reads a Request without body: %j', async ([init, content]) => {
  expect(await toRequestMessage(new Request('https://h.example', init))).toMatchObject({ content });
});

test('writes the method in capitals', async () => {
  const request = new Request('https://h.example', { method: 'patch' });
  expect(await toRequestMessage(request)).toMatchObject({ method: 'PATCH', path: '/' });
});

test('asks for a clone of a message that has been read', async () => {
  const request = new Request('https://h.example', { method: 'POST', body: 'a' });
  await request.text();
  await expect(toRequestMessage(request)).rejects.toMatchObject({
    code: 'MESSAGE_UNREADABLE',
    message:
      'Failed to read the request: its body has been read already. Check it first, or read a clone: request.clone().json().',
  });
  const response = new Response('a');
  await response.text();
  await expect(toResponseMessage(response)).rejects.toThrow(
    'read a clone: response.clone().json()',
  );
});

test('says so when a body breaks off', async () => {
  const body = new ReadableStream({
    start: (controller) => controller.error(new Error('connection lost')),
  });
  await expect(toResponseMessage(new Response(body))).rejects.toMatchObject({
    code: 'MESSAGE_UNREADABLE',
    message: expect.stringContaining('its body breaks off: connection lost'),
  });
});

test('says so when the body of a message is locked', async () => {
  const response = new Response('a');
  response.body?.getReader();
  await expect(toResponseMessage(response)).rejects.toMatchObject({ code: 'MESSAGE_UNREADABLE' });
});

test.for<[url: string | URL, path: string, query: string]>([
  ['/a/b', '/a/b', ''],
  ['/a?b?c#d', '/a', 'b?c'],
  ['/a#b?c', '/a', ''],
  ['/%zz/../{x}?%', '/%zz/../{x}', '%'],
  ['//a', '//a', ''],
  ['https://h.example', '/', ''],
  ['HTTP://h.example:8080/a/./b?c', '/a/b', 'c'],
  [new URL('https://h.example/a?b'), '/a', 'b'],
])('reads the url %s', async ([url, path, query]) => {
  expect(await toRequestMessage({ method: 'get', url })).toEqual({
    method: 'GET',
    path,
    query,
    headers: {},
    content: NONE,
  });
});

const PAIRS: [string, string][] = [
  ['X-A', '1'],
  ['x-a', ' 2 '],
  ['Cookie', 'a=1'],
  ['cookie', 'b=2'],
];
const JOINED = { 'x-a': '1, 2', cookie: 'a=1; b=2' };

test.for<
  [
    name: string,
    headers: NonNullable<Parameters<typeof toResponseMessage>[0]['headers']>,
    want: object,
  ]
>([
  [
    'Headers',
    new Headers([
      ['X-A', '1'],
      ['x-a', '2'],
      ['cookie', 'a=1; b=2'],
    ]),
    JOINED,
  ],
  ['pairs', PAIRS, JOINED],
  ['a Map', new Map(PAIRS), { 'x-a': '1, 2', cookie: 'a=1; b=2' }],
  ['something with entries', { entries: () => PAIRS }, JOINED],
  ['a record', { 'X-A': ['1', '2'], cookie: ['a=1', 'b=2'] }, JOINED],
  ['numbers and nothing', { a: 1, b: undefined, c: null, d: true }, { a: '1', d: 'true' }],
  [
    'Set-Cookie',
    { 'set-cookie': ['a=1; Expires=Wed, 1', 'b=2'] },
    { 'set-cookie': 'a=1; Expires=Wed, 1\nb=2' },
  ],
  ['the name entries', { entries: 'x' }, { entries: 'x' }],
  ['the name constructor', { constructor: 'x' }, { constructor: 'x' }],
  ['the name __proto__', [['__proto__', 'x']], JSON.parse('{"__proto__":"x"}')],
])('reads headers: %s', async ([, headers, want]) => {
  const { message } = await toResponseMessage({ status: 200, headers });
  expect(Object.entries(message.headers)).toEqual(Object.entries(want));
});

test.for<[name: string, headers: unknown]>([
  ['a text', 'a: 1'],
  ['a list of texts', ['a', '1']],
  ['pairs without names', [[1, 2]]],
  ['an object for a value', { a: { b: 1 } }],
  ['a list of objects for a value', { a: [{ b: 1 }] }],
])('refuses headers: %s', async ([, headers]) => {
  await expect(toResponseMessage({ status: 200, headers } as ResponseInput)).rejects.toMatchObject({
    code: 'MESSAGE_UNREADABLE',
    message: expect.stringMatching(/^Failed to read the headers: got .*Give Headers, a record/),
  });
});

const bytes = Uint8Array.of(1, 2, 3, 4);

class Point {
  readonly x = 1;
}

test.for<[name: string, body: unknown, content: unknown]>([
  ['nothing', undefined, NONE],
  ['text', '{"a":1}', { kind: 'text', text: '{"a":1}' }],
  ['no text', '', NONE],
  ['bytes', bytes, { kind: 'bytes', bytes }],
  ['no bytes', new Uint8Array(), NONE],
  ['a part of bytes', bytes.subarray(1, 3), { kind: 'bytes', bytes: Uint8Array.of(2, 3) }],
  ['a Buffer', Buffer.from('abc').subarray(1), { kind: 'bytes', bytes: Uint8Array.of(98, 99) }],
  ['an ArrayBuffer', bytes.buffer, { kind: 'bytes', bytes }],
  ['a DataView', new DataView(bytes.buffer, 2), { kind: 'bytes', bytes: Uint8Array.of(3, 4) }],
  ['null', null, { kind: 'value', value: null }],
  ['a number', 0, { kind: 'value', value: 0 }],
  ['false', false, { kind: 'value', value: false }],
  ['a list', [1, { a: 'b' }], { kind: 'value', value: [1, { a: 'b' }] }],
  ['an object', { a: { b: null } }, { kind: 'value', value: { a: { b: null } } }],
  ['undefined members', { a: undefined, b: 1 }, { kind: 'value', value: { b: 1 } }],
  ['a date', { a: new Date(0) }, { kind: 'value', value: { a: '1970-01-01T00:00:00.000Z' } }],
  ['no number', [Number.NaN], { kind: 'value', value: [null] }],
  ['an instance', new Point(), { kind: 'value', value: { x: 1 } }],
  ['toJSON', { toJSON: () => ({ b: 1 }) }, { kind: 'value', value: { b: 1 } }],
  [
    '__proto__',
    JSON.parse('{"__proto__":1}'),
    { kind: 'value', value: JSON.parse('{"__proto__":1}') },
  ],
])('reads a body: %s', async ([, body, content]) => {
  const { message } = await toResponseMessage({ status: 200, body });
  expect(message.content).toEqual(content);
  const request = await toRequestMessage({ method: 'POST', url: '/', body });
  expect(request.content).toEqual(content);
});

test('gives a JSON value back as it is, without a copy', async () => {
  const body = { a: [1, 2, { b: null }] };
  const { content } = await toRequestMessage({ method: 'POST', url: '/', body });
  expect(content.kind === 'value' && content.value).toBe(body);
});

const circular: { self?: unknown } = {};
circular.self = circular;
let deep: unknown[] = [];
for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];

test.for<[name: string, body: unknown, reason: string]>([
  ['a Promise', Promise.resolve({}), 'got a Promise that nobody has awaited'],
  ['a web stream', new ReadableStream(), 'got an object without members'],
  ['a node stream', Readable.from(['a']), 'got an object with'],
  ['a Map', new Map(), 'got an object without members'],
  ['a generator', (function* () {})(), 'got an object'],
  ['a function', () => 1, 'got a function'],
  ['a symbol', Symbol('a'), 'got Symbol(a)'],
  ['a bigint', 1n, 'got 1 (Do not know how to serialize a BigInt)'],
  ['a bigint inside', { a: 1n }, 'got an object with a (Do not know how to serialize a BigInt)'],
  ['a circle', circular, 'got an object with self ('],
  ['a depth that nobody can walk', deep, 'got an array ('],
])('refuses a body: %s', async ([, body, reason]) => {
  await expect(toRequestMessage({ method: 'POST', url: '/', body })).rejects.toMatchObject({
    code: 'MESSAGE_UNREADABLE',
    message: expect.stringContaining(`Failed to read the body: ${reason}`),
  });
});

test('lets a form or a blob name its media type where the headers do not', async () => {
  const post = (body: unknown, headers = {}) =>
    toRequestMessage({ method: 'POST', url: '/', headers, body });
  const form = new FormData();
  form.set('a', 'b');
  const { headers, content } = await post(form, { 'X-A': '1' });
  expect(headers).toMatchObject({ 'x-a': '1' });
  expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  expect(content).toMatchObject({ kind: 'bytes' });
  expect(await post(new URLSearchParams({ a: 'b c' }))).toMatchObject({
    headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' },
    content: { bytes: new TextEncoder().encode('a=b+c') },
  });
  expect(await post(new Blob(['a'], { type: 'text/csv' }))).toMatchObject({
    headers: { 'content-type': 'text/csv' },
  });
  expect((await post(new Blob(['a']))).headers).toEqual({});
  const given = await post(new URLSearchParams({ a: 'b' }), { 'Content-Type': 'text/plain' });
  expect(given.headers).toEqual({ 'content-type': 'text/plain' });
});

test('refuses a form of another library rather than read its name', async () => {
  const body = { [Symbol.toStringTag]: 'FormData' };
  await expect(toRequestMessage({ method: 'POST', url: '/', body })).rejects.toMatchObject({
    code: 'MESSAGE_UNREADABLE',
  });
});

test.for<[input: unknown, message: string]>([
  [undefined, 'got null. Give a Request, or { method, url, headers?, body? }.'],
  [null, 'got null. Give a Request'],
  ['https://h.example', 'got "https://h.example". Give a Request'],
  [Promise.resolve(), 'got a Promise that nobody has awaited. Give a Request'],
  [[], 'got an array. Give a Request'],
  [{}, 'got an object without members. Give a Request'],
  [{ url: '/' }, 'got an object with url. Give a Request'],
  [{ method: 'GET', url: 'a/b' }, 'its url is "a/b". Give an absolute http(s) URL, or a path'],
  [{ method: 'GET', url: 'mailto:a@b' }, 'its url is "mailto:a@b"'],
  [{ method: 'GET', url: 'https://' }, 'its url is "https://"'],
  [{ method: 'GET', url: undefined }, 'its url is null'],
  [{ method: '', url: '/' }, 'its method is "". Give one such as "GET".'],
  [{ method: 'GET /', url: '/' }, 'its method is "GET /"'],
  [{ method: 1, url: '/' }, 'its method is 1'],
])('refuses as a request: %j', async ([input, message]) => {
  await expect(toRequestMessage(input as RequestInput)).rejects.toMatchObject({
    code: 'MESSAGE_UNREADABLE',
    message: expect.stringContaining(`Failed to read the request: ${message}`),
  });
});

test.for<[input: unknown, message: string]>([
  [null, 'got null. Give a Response, an axios or supertest response, or { status, headers?, body?'],
  [200, 'got 200.'],
  [Promise.resolve(), 'got a Promise that nobody has awaited'],
  [{ headers: {} }, 'got an object with headers.'],
  [
    Object.fromEntries('abcdefghi'.split('').map((name) => [name, 1])),
    'got an object with a, b, c, d, e, f, g, h, ….',
  ],
  [{ status: '200' }, 'its status is "200", which is no number from 100 to 999'],
  [{ status: 99 }, 'its status is 99'],
  [{ statusCode: 200.5 }, 'its status is 200.5'],
  [Response.error(), 'its status is 0'],
])('refuses as a response: %j', async ([input, message]) => {
  await expect(toResponseMessage(input as ResponseInput)).rejects.toMatchObject({
    code: 'MESSAGE_UNREADABLE',
    message: expect.stringContaining(`Failed to read the response: ${message}`),
  });
});

test('reads a request of node:http whose body a framework has parsed', async () => {
  const request = Object.assign(new IncomingMessage(new Socket()), {
    method: 'POST',
    url: '/a?b',
    headers: { 'content-length': '7' },
    body: { a: 1 },
  });
  expect(await toRequestMessage(request)).toMatchObject({
    path: '/a',
    content: { kind: 'value', value: { a: 1 } },
  });
});

test.for([{ 'content-length': '7' }, { 'transfer-encoding': 'chunked' }])(
  'refuses a message of node:http with %j whose body nobody has read',
  async (headers) => {
    const message = new IncomingMessage(new Socket());
    const request = Object.assign(message, { method: 'POST', url: '/', headers, statusCode: 200 });
    const reason =
      'its body is a stream that nobody has read. Read it first and give it as `body`.';
    await expect(toRequestMessage(request as unknown as RequestInput)).rejects.toThrow(reason);
    await expect(toResponseMessage(request as unknown as ResponseInput)).rejects.toThrow(reason);
  },
);

test('reads a request of node:http that has no body', async () => {
  const server = createServer();
  const request = Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url: '/' });
  expect(await toRequestMessage(request as unknown as RequestInput)).toMatchObject({
    content: NONE,
  });
  server.close();
});

test('reads a plain response with what it answers', async () => {
  const body = { a: 1 };
  expect(await toResponseMessage({ status: 201, body, method: 'post', url: '/a?b' })).toEqual({
    message: { status: 201, headers: {}, content: { kind: 'value', value: body } },
    method: 'POST',
    url: '/a?b',
  });
  expect(await toResponseMessage({ statusCode: 204, url: new URL('https://h.example/a') })).toEqual(
    {
      message: { status: 204, headers: {}, content: NONE },
      method: undefined,
      url: 'https://h.example/a',
    },
  );
});

test('reads the bytes that got and light-my-request keep', async () => {
  const got = {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: { a: 1 },
    rawBody: Buffer.from('{"a": 1}'),
    method: null,
    url: 'https://h.example/a',
    request: { options: { method: 'GET' } },
  };
  expect(await toResponseMessage(got as unknown as ResponseInput)).toMatchObject({
    message: { content: { kind: 'bytes', bytes: new Uint8Array(Buffer.from('{"a": 1}')) } },
    method: 'GET',
    url: 'https://h.example/a',
  });
  const injected = {
    statusCode: 200,
    headers: {},
    body: 'a',
    rawPayload: Buffer.from('a'),
    raw: { req: { method: 'PUT', url: '/b' } },
  };
  expect(await toResponseMessage(injected)).toMatchObject({
    message: { content: { kind: 'bytes', bytes: Uint8Array.of(97) } },
    method: 'PUT',
    url: '/b',
  });
});
