import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { checkResponse, type Spec } from '../../../src/index.ts';
import { type MockOptions, startMock } from '../../../src/mock.ts';
import { startProcess } from '../../cli/mock-process.ts';
import { startRedis } from '../store/redis-server.ts';

/** A mock to be held to a model, whatever it is made of. */
export interface Subject {
  readonly send: (path: string, init: RequestInit) => Promise<Response>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** What a mock can be made of: each must answer as a plain model does. */
export const subjects: Readonly<Record<string, (options: MockOptions) => Promise<Subject>>> = {
  'memory in this process': (options) => inProcess(options, 1),
  'two mocks in this process that share a Redis': async (options) => {
    const redis = await startRedis();
    const subject = await inProcess({ ...options, store: redis.url }, 2);
    return { ...subject, ...ending(subject, redis) };
  },
  'two processes that share a Redis': async (options) => {
    const redis = await startRedis();
    const folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
    const argv = [
      ...(await documentIn(folder.path, options.spec)),
      ...['--store', redis.url, '--log', 'none', '--now', String(options.now), '--frozen'],
    ];
    const [one, other] = await Promise.all([startProcess(argv), startProcess(argv)]);
    let turn = 0;
    const send: Subject['send'] = (path, init) => {
      turn += 1;
      return fetch((turn % 2 === 0 ? one : other).url + path, init);
    };
    return { send, ...ending(one, other, redis, folder) };
  },
};

/** The document as the command line takes it; none for the shipped one. */
async function documentIn(folder: string, document: MockOptions['spec']): Promise<string[]> {
  if (document === undefined) return [];
  const file = join(folder, 'openapi.json');
  await writeFile(file, JSON.stringify(document));
  return [file];
}

async function inProcess(options: MockOptions, count: number): Promise<Subject> {
  const all = { ...options, listen: false };
  const mocks = await Promise.all(Array.from({ length: count }, () => startMock(all)));
  let turn = 0;
  const send: Subject['send'] = (path, init) => {
    turn += 1;
    const mock = mocks[turn % count];
    return mock ? mock.fetch(path, init) : Promise.reject(new Error('No mock'));
  };
  return { send, ...ending(...mocks) };
}

function ending(...parts: readonly AsyncDisposable[]): Omit<Subject, 'send'> {
  return {
    [Symbol.asyncDispose]: async () => {
      for (const part of parts) await part[Symbol.asyncDispose]();
    },
  };
}

/** An answer, read. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // What a test finds in a body is compared with what it wants.
  // biome-ignore lint/suspicious/noExplicitAny: see above.
  readonly body: any;
}

/** Asks a scope of a mock, and holds its answer to the document. */
export type Ask = (
  scope: string,
  method: string,
  path: string,
  more?: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> },
) => Promise<Answered>;

/** Makes requests to a scope by turns through the header and through the path, below a base path. */
export function createAsk({ send }: Subject, spec: Spec, basePath: string): Ask {
  let turn = 0;
  return async (scope, method, path, { body, headers = {} } = {}) => {
    turn += 1;
    const isAdmin = path.startsWith('/__mock/');
    const named = turn % 3 === 0 ? { 'x-mock-scope': scope } : {};
    const prefix = turn % 3 === 0 ? '' : `/__scope/${scope}`;
    const response = await send(prefix + (isAdmin ? path : basePath + path), {
      method,
      headers: {
        authorization: 'Bearer token',
        ...named,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const asked = `${method} ${path} ${JSON.stringify(body)} ${JSON.stringify(headers)}`;
    if (!isAdmin)
      expect(await checkResponse(spec, response, { method, url: path }), asked).toEqual([]);
    const text = await response.text();
    const { status, headers: answered } = response;
    return { status, headers: answered, body: text === '' ? undefined : JSON.parse(text) };
  };
}
