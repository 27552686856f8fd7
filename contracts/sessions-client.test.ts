import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createSessionsClient, type SessionsClientOptions } from './sessions-client.ts';

type Answer = readonly [status: number, headers?: Record<string, string>, body?: string];

const TOO_MANY = '{"error":{"code":"TooManyRequests","message":"Come back later."}}';
const CREATED: Answer = [201, { 'content-type': 'application/json' }, '{"id":"s1"}'];

const later = (retryAfter: string, status = 429): Answer => [
  status,
  { 'content-type': 'application/json', 'retry-after': retryAfter, 'request-id': 'r1' },
  TOO_MANY,
];

test.for([429, 503])('tries again after a %i, with the same body', async (status) => {
  const { client, seen, waits } = await start([later('2', status), later('0', status), CREATED]);
  expect(await client.create('patients', { fileName: 'a.tsv' })).toEqual({ id: 's1' });
  expect(waits).toEqual([2000, 0]);
  const request =
    'POST /dataClassification/exactMatchDataStores/patients/sessions {"fileName":"a.tsv"}';
  expect(seen.map(({ line }) => line)).toEqual([request, request, request]);
});

test('really waits', async () => {
  const { url, seen } = await serve([later('1'), CREATED]);
  const client = createSessionsClient({ baseUrl: url, getToken: () => 't' });
  expect(await client.create('patients')).toEqual({ id: 's1' });
  const [first, second] = seen.map(({ time }) => time);
  // Timers may be a little early; not by half.
  expect(Number(second) - Number(first)).toBeGreaterThan(500);
});

test('waits until the date that Retry-After names', async () => {
  const date = new Date(Date.now() + 60_000).toUTCString();
  const { client, waits } = await start([later(date), CREATED]);
  await client.create('patients');
  // A date has whole seconds.
  expect(waits).toEqual([expect.closeTo(60_000, -4)]);
});

test('does not wait for a date that is over', async () => {
  const { client, waits } = await start([later('Tue, 14 May 2024 08:21:07 GMT'), CREATED]);
  await client.create('patients');
  expect(waits).toEqual([0]);
});

test.for([
  [undefined, 4],
  [0, 1],
  [1, 2],
] as const)('with { retries: %s } gives up after %i requests', async ([retries, requests]) => {
  const options = retries === undefined ? {} : { retries };
  const { client, seen } = await start([later('1')], options);
  await expect(client.create('patients')).rejects.toMatchObject({
    name: 'SessionsApiError',
    status: 429,
    code: 'TooManyRequests',
    message: 'Come back later.',
    requestId: 'r1',
  });
  expect(seen).toHaveLength(requests);
});

test.for([
  ['429 that does not say when', [429, {}, TOO_MANY]],
  ['503 that does not say when', [503, {}, TOO_MANY]],
  ['429 that says it unintelligibly', later('soon')],
  ['429 with a negative time', later('-5')],
  ['429 with an hour to wait', later('3600')],
  ['500', later('1', 500)],
  ['409', later('1', 409)],
] as const satisfies readonly (readonly [string, Answer])[])(
  'does not try again after a %s',
  async ([, answer]) => {
    const { client, seen } = await start([answer]);
    await expect(client.commit('patients', 's1')).rejects.toMatchObject({ status: answer[0] });
    expect(seen).toHaveLength(1);
  },
);

test('asks for a token for each attempt', async () => {
  const tokens = ['old', 'new'];
  const { client, seen } = await start([later('1'), CREATED], {
    getToken: async () => tokens.shift(),
  });
  await client.create('patients');
  expect(seen.map(({ token }) => token)).toEqual(['Bearer old', 'Bearer new']);
});

test.for([
  ['HTML', [502, { 'content-type': 'text/html' }, '<h1>Bad Gateway</h1>']],
  ['other JSON', [502, { 'content-type': 'application/json' }, '{"error":"bad gateway"}']],
  ['null', [502, { 'content-type': 'application/json' }, 'null']],
  ['nothing', [502]],
] as const satisfies readonly (readonly [string, Answer])[])(
  'reads a failure that says %s',
  async ([, answer]) => {
    const { client } = await start([answer]);
    for (const failing of [client.get('patients', 's1'), client.commit('patients', 's1')]) {
      await expect(failing).rejects.toMatchObject({
        name: 'SessionsApiError',
        status: 502,
        code: 'unknown',
        message: 'The service answered 502.',
        requestId: undefined,
      });
    }
  },
);

test('a session that the service does not send is a failure', async () => {
  const { client } = await start([[204]]);
  await expect(client.create('patients')).rejects.toMatchObject({ status: 204, code: 'unknown' });
});

test('encodes the keys in a path', async () => {
  const { client, seen } = await start([[204]]);
  await client.commit('a/b', 'ü?');
  expect(seen.map(({ line }) => line)).toEqual([
    'POST /dataClassification/exactMatchDataStores/a%2Fb/sessions/%C3%BC%3F/commit ',
  ]);
});

interface Seen {
  readonly line: string;
  readonly token: string | undefined;
  readonly time: number;
}

/** A server that gives the answers in turn, the last one again and again. */
async function serve(
  answers: readonly Answer[],
): Promise<{ readonly url: string; readonly seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const time = performance.now();
    const body = (await request.toArray()).join('');
    const { method, url, headers } = request;
    const answer = answers[Math.min(seen.length, answers.length - 1)];
    seen.push({ line: `${method} ${url} ${body}`, token: headers.authorization, time });
    response.writeHead(answer?.[0] ?? 500, answer?.[1]).end(answer?.[2]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, seen };
}

/** A client of such a server, that notes how long it would wait. */
async function start(answers: readonly Answer[], options: Partial<SessionsClientOptions> = {}) {
  const { url, seen } = await serve(answers);
  const waits: number[] = [];
  const client = createSessionsClient({
    baseUrl: url,
    getToken: () => 't',
    sleep: async (milliseconds) => waits.push(milliseconds),
    ...options,
  });
  return { client, seen, waits };
}
