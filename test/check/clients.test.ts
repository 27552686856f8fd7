import { createRequire } from 'node:module';
import axios from 'axios';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ResponseInput, toResponseMessage } from '../../src/check/exchange.ts';
import { startServer } from './server.ts';

type Test = PromiseLike<ResponseInput> & { readonly redirects: (count: number) => Test };
/** Published without types. */
const supertest = createRequire(import.meta.url)('supertest') as (url: string) => {
  readonly [method in 'get' | 'post' | 'head']: (path: string) => Test;
};

let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const NONE = { kind: 'none' };
const text = (value: string) => ({ kind: 'text', text: value });
const value = (found: unknown) => ({ kind: 'value', value: found });
const bytes = (...found: number[]) => ({ kind: 'bytes', bytes: Uint8Array.from(found) });
const client = axios.create({ validateStatus: () => true });

const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'set-cookie': 'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT\nb=2',
  'x-list': '1, 2',
};

test('reads a fetch Response and leaves it readable', async () => {
  const response = await fetch(`${server.url}/json?a`);
  const read = await toResponseMessage(response);
  expect(read).toMatchObject({
    message: { status: 200, headers: HEADERS },
    url: `${server.url}/json?a`,
  });
  expect(read.message.content).toEqual({
    kind: 'bytes',
    bytes: new TextEncoder().encode('{"a":[1,null]}'),
  });
  expect(read.method).toBeUndefined();
  expect(await response.json()).toEqual({ a: [1, null] });
});

test('reads fetch Responses without body or URL', async () => {
  for (const path of ['/none', '/empty']) {
    const { message } = await toResponseMessage(await fetch(server.url + path));
    expect(message.content).toEqual(NONE);
  }
  expect(await toResponseMessage(new Response('a'))).toMatchObject({
    message: { content: bytes(97) },
    url: undefined,
  });
});

test('reads an axios response with headers, method and URL', async () => {
  const response = await client.post(
    'json',
    { b: 1 },
    { baseURL: `${server.url}/`, params: { c: 2 } },
  );
  const read = await toResponseMessage(response);
  expect(read).toMatchObject({
    message: { status: 200, headers: HEADERS, content: value({ a: [1, null] }) },
    method: 'POST',
    url: `${server.url}/json?c=2`,
  });
});

test.for<[path: string, config: object, content: unknown]>([
  ['/json', {}, value({ a: [1, null] })],
  ['/json', { responseType: 'json' }, value({ a: [1, null] })],
  ['/json', { responseType: 'text' }, text('{"a":[1,null]}')],
  ['/json', { transformResponse: [(data: unknown) => data] }, text('{"a":[1,null]}')],
  ['/json', { responseType: 'arraybuffer' }, { kind: 'bytes' }],
  ['/json', { adapter: 'fetch' }, value({ a: [1, null] })],
  ['/string', {}, value('caf\u00e9')],
  ['/string', { responseType: 'text' }, text('"caf\u00e9"')],
  ['/empty-string', {}, value('')],
  ['/null', {}, value(null)],
  ['/broken', {}, text('{"a":')],
  ['/text', {}, text('caf\u00e9')],
  ['/bytes', { responseType: 'arraybuffer' }, bytes(0, 255, 1)],
  ['/empty', {}, NONE],
  ['/none', {}, NONE],
  ['/none', { responseType: 'arraybuffer' }, NONE],
])('reads the body of an axios response to %s with %j', async ([path, config, content]) => {
  const { message } = await toResponseMessage(await client.get(server.url + path, config));
  expect(message.content).toMatchObject(content as object);
});

test('refuses an axios response whose body is a stream', async () => {
  const response = await client.get(`${server.url}/json`, { responseType: 'stream' });
  await expect(toResponseMessage(response)).rejects.toMatchObject({ code: 'MESSAGE_UNREADABLE' });
  response.data.destroy();
});

test('takes the last request of an axios response after redirects', async () => {
  const followed = await toResponseMessage(await client.post(`${server.url}/moved`));
  expect(followed).toMatchObject({ method: 'GET', url: `${server.url}/json?moved` });
  const stopped = await client.post(`${server.url}/moved`, null, { maxRedirects: 0 });
  expect(await toResponseMessage(stopped)).toMatchObject({
    message: { status: 303 },
    method: 'POST',
    url: `${server.url}/moved`,
  });
});

test.for<[config: object, url: string | undefined]>([
  [{ url: '/a' }, '/a'],
  [{ url: 'a', baseURL: 'https://h.example/v1/' }, 'https://h.example/v1/a'],
  [{ baseURL: 'https://h.example/v1/' }, 'https://h.example/v1/'],
  [{ url: 'https://o.example/a', baseURL: 'https://h.example' }, 'https://o.example/a'],
  [{ url: '/a?b=1', params: { c: [1, 2], d: null } }, '/a?b=1&c%5B%5D=1&c%5B%5D=2'],
  [{ url: '/a', params: new URLSearchParams('b=1') }, '/a?b=1'],
  [{ url: '/a', params: {} }, '/a'],
  [{}, undefined],
])('works out the URL of an axios response without request: %j', async ([config, url]) => {
  const response = { status: 200, headers: {}, data: undefined, config };
  expect(await toResponseMessage(response)).toMatchObject({ message: { content: NONE }, url });
});

test('takes null without JSON for no body', async () => {
  const response = { headers: {}, data: null, config: { method: 'get', url: '/' } };
  expect(await toResponseMessage({ ...response, status: 200 })).toMatchObject({
    message: { content: NONE },
    method: 'GET',
  });
});

test('reads a supertest response with headers, method and path', async () => {
  const response = await supertest(server.url).post('/json?a');
  expect(await toResponseMessage(response)).toMatchObject({
    message: { status: 200, headers: HEADERS, content: text('{"a":[1,null]}') },
    method: 'POST',
    url: '/json?a',
  });
});

test.for<[path: string, content: unknown]>([
  ['/string', text('"caf\u00e9"')],
  ['/null', text('null')],
  ['/text', text('caf\u00e9')],
  ['/csv', text('a,b')],
  ['/bytes', bytes(0, 255, 1)],
  ['/image', bytes(0, 255, 1)],
  ['/empty', NONE],
  ['/none', NONE],
])('reads the body of a supertest response to %s', async ([path, content]) => {
  const { message } = await toResponseMessage(await supertest(server.url).get(path));
  expect(message.content).toEqual(content);
});

test('reads a supertest response to HEAD', async () => {
  expect(await toResponseMessage(await supertest(server.url).head('/json'))).toMatchObject({
    message: { content: NONE },
    method: 'HEAD',
  });
});

test('takes the last request of a supertest response after redirects', async () => {
  expect(
    await toResponseMessage(await supertest(server.url).post('/moved').redirects(1)),
  ).toMatchObject({ method: 'GET', url: '/json?moved' });
});

test.for<[body: unknown, content: unknown]>([
  [{ a: 1 }, value({ a: 1 })],
  [[], value([])],
  [null, NONE],
  [undefined, NONE],
])('reads what superagent parsed where it kept no text: %j', async ([body, content]) => {
  const request = { method: 'get', url: 'https://h.example/a' };
  const response = { status: 200, header: {}, text: undefined, body, request };
  expect(await toResponseMessage(response)).toMatchObject({
    message: { content },
    method: 'GET',
    url: 'https://h.example/a',
  });
});

test('reads the response that an error of axios carries', async () => {
  const failure = await axios.get(`${server.url}/nowhere`).catch((cause: unknown) => cause);
  const { message, method, url } = await toResponseMessage(failure as ResponseInput);
  expect({ status: message.status, method, url }).toEqual({
    status: 404,
    method: 'GET',
    url: `${server.url}/nowhere`,
  });
});

test('says that an error carries no response', async () => {
  const failure = await axios.get('http://127.0.0.1:1/').catch((cause: unknown) => cause);
  await expect(toResponseMessage(failure as ResponseInput)).rejects.toMatchObject({
    code: 'MESSAGE_UNREADABLE',
    message: expect.stringContaining(
      'Failed to read the response: got an error that carries no response: ',
    ),
  });
});
