import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { toRequestMessage, toResponseMessage } from '../../src/check/exchange.ts';

const NONE = { kind: 'none' };
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
  ['no number', [Number.NaN], { kind: 'value', value: [null], loss: { at: '/0', what: 'NaN' } }],
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
