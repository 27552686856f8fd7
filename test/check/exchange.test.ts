import { createServer, IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
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

test.for<[input: unknown, message: string]>([
  [undefined, 'got undefined. Give a Request, or { method, url, headers?, body? }.'],
  [null, 'got null. Give a Request'],
  ['https://h.example', 'got "https://h.example". Give a Request'],
  [Promise.resolve(), 'got a Promise that nobody has awaited. Give a Request'],
  [[], 'got an array. Give a Request'],
  [{}, 'got an object without members. Give a Request'],
  [{ url: '/' }, 'got an object with url. Give a Request'],
  [{ method: 'GET', url: 'a/b' }, 'its url is "a/b". Give an absolute http(s) URL, or a path'],
  [{ method: 'GET', url: 'mailto:a@b' }, 'its url is "mailto:a@b"'],
  [{ method: 'GET', url: 'https://' }, 'its url is "https://"'],
  [{ method: 'GET', url: undefined }, 'its url is undefined'],
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
  [
    null,
    'got null. Give a Response, an axios, supertest or Playwright response, or { status, headers?, body?',
  ],
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
