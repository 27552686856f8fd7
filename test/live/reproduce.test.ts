import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { curlLine } from '../../src/check/curl-line.ts';
import type { RequestMessage } from '../../src/check/message.ts';
import { quoteWord } from '../../src/check/shell-word.ts';
import { loadSpec } from '../../src/index.ts';
import { type ProbeOptions, probe } from '../../src/live.ts';
import { startMock } from '../../src/mock.ts';
import { refuses } from './breakage.ts';
import { brokenAnswers } from './broken-answers.ts';
import { brokenItems } from './broken-items.ts';
import { brokenRequests } from './broken-requests.ts';
import { type Alter, startInFrontOf } from './provider.ts';
import { startRecorder } from './recorder.ts';

const run = promisify(execFile);
const shop = await loadSpec(fileURLToPath(new URL('fixtures/shop.openapi.yaml', import.meta.url)));
const runs = { numRuns: Number(process.env['EXACTMATCH_RUNS'] ?? 25) };

async function sh(line: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stdout } = await run('sh', ['-c', line], { env: { ...process.env, ...env } });
  return stdout;
}

test('a quoted word is the text again', async () => {
  const texts = fc.sample(fc.string({ unit: 'binary' }), 200).map((text) => text.toWellFormed());
  const odd = ['', "'", '"', '$HOME', '`id`', '\\', '!!', '*', '~', '-n', '\n', 'a\n', '☹', '#a'];
  const words = [...odd, ...texts].map((text) => text.replaceAll('\0', ''));
  const line = words.map((word) => `printf '%s\\0' ${quoteWord([word])}`).join('; ');
  expect((await sh(line)).split('\0').slice(0, -1)).toEqual(words);
});

test.for([
  [['Bearer ', { variable: 'V' }], '"Bearer $V"'],
  [['a', { variable: 'V' }, 'b'], `"a\${V}b"`],
  [[{ variable: 'V' }], '"$V"'],
  [["it's $HOME ", { variable: 'V' }], `'it'\\''s $HOME '"$V"`],
] as const)('a word with a variable has its value: %j', async ([text, word]) => {
  expect(quoteWord(text)).toBe(word);
  const value = `x"y 'z' $(id) \\ !`;
  const whole = text.map((piece) => (typeof piece === 'string' ? piece : value)).join('');
  expect(await sh(`printf %s ${word}`, { V: value })).toBe(whole);
});

const headerText = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
const messages = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
  path: fc.array(fc.string({ unit: 'binary', maxLength: 8 }), { maxLength: 3 }),
  query: fc.array(fc.string({ unit: 'binary', maxLength: 8 }), { maxLength: 2 }),
  header: headerText,
  body: fc.oneof(
    fc.constant(undefined),
    fc.string({ unit: 'binary', minLength: 1 }).map((text) => Buffer.from(text.toWellFormed())),
    fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    fc
      .constantFrom('@/etc/hostname', 'it\'s\n"that" $HOME `id` \\n', '-d', '\r\n')
      .map(Buffer.from),
  ),
});

test('curl sends what the line says, byte for byte', async () => {
  await using recorder = await startRecorder();
  const property = fc.asyncProperty(messages, async ({ method, path, query, header, body }) => {
    const encode = (text: string) => encodeURIComponent(text.toWellFormed());
    const message: RequestMessage = {
      method,
      path: `/${path.map(encode).join('/')}`,
      query: query.map((text) => `q=${encode(text)}`).join('&'),
      headers: { 'x-text': header, ...(body ? { 'content-type': 'text/x-any' } : {}) },
      content: body ? { kind: 'bytes', bytes: body } : { kind: 'none' },
    };
    await sh(curlLine(message, recorder.url, { show: '-s' }));
    const sent = recorder.last();
    expect(sent.method).toBe(method);
    expect(sent.url).toBe(message.path + (message.query === '' ? '' : `?${message.query}`));
    expect(sent.headers['x-text']).toBe(header);
    expect(sent.headers['content-type']).toBe(body ? 'text/x-any' : undefined);
    expect(sent.body).toEqual(body ?? Buffer.alloc(0));
  });
  await fc.assert(property, runs);
});

const variable = 'SHOP_KEY';
const value = 'k"e y$1';

async function failuresOf(alter: Alter, options: Partial<ProbeOptions>) {
  const mock = await startMock({ spec: shop, listen: false });
  const provider = await startInFrontOf(mock, alter);
  const tokens = [{ value, variable }];
  const result = await probe(shop, { ...options, baseUrl: provider.url, tokens, maxCases: 60 });
  return { provider, failures: result.failures };
}

const named = [...brokenAnswers, ...brokenRequests, ...brokenItems];

test.for([
  'a required property that nobody requires',
  '200 for 201',
  'a value of the enumeration refused',
  'JSON that breaks off',
  'an item that there is not, answered all the same',
  'PATCH that forgets',
  'DELETE that does not delete',
  'PUT that loses a number',
  'what is put below an item read in another media type',
])('the line does it again: %s', async (name) => {
  const breakage = named.find((each) => each.name === name);
  if (!breakage) throw new Error(`There is no breakage "${name}"`);
  const { alter, operations, isReading = false } = breakage;
  const { provider, failures } = await failuresOf(alter, { operations, allowWrites: !isReading });
  await using _ = provider;
  const isOfItem = ({ findings }: (typeof failures)[number]) =>
    findings.some(({ code }) => code.startsWith('provider.item.'));
  const failure = failures.find(isOfItem) ?? failures[0];
  // Whatever is asked of an item is asked of one.
  const creations = failure?.reproduce?.match(/ -X POST \S+\/customers /g) ?? [];
  expect(creations.length).toBeLessThanOrEqual(1);
  expect(failure?.reproduce).toContain(`$${variable}`);
  expect(failure?.reproduce).not.toContain(value);
  const printed = await sh(failure?.reproduce ?? '', { [variable]: value });
  const { response } = failure?.exchange ?? {};
  expect(printed).toMatch(new RegExp(`^HTTP/1\\.1 ${response?.status} `));
  // The item is another one, and as wrong as the first.
  const again = printed.slice(printed.indexOf('\r\n\r\n') + 4);
  expect(
    Math.abs(again.length - Number(response?.headers['content-length'] ?? again.length)),
  ).toBeLessThan(40);
});

test('the smallest request is shown that fails', async () => {
  const { provider, failures } = await failuresOf(
    async (asked, ask) =>
      asked.method === 'POST' && asked.body.includes('"age"')
        ? { status: 500, headers: {}, body: '' }
        : ask(asked),
    { operations: ['createCustomer'], allowWrites: true },
  );
  await using _ = provider;
  const right = failures.find(({ origin }) => origin.includes('with all that it may have'));
  const body = / -d '(.*)'$/.exec(right?.reproduce ?? '')?.[1] ?? '{}';
  expect(Object.keys(JSON.parse(body)).sort()).toEqual(['age', 'email', 'name']);
});

test('of several values at their edges, the one is named that fails', async () => {
  const { provider, failures } = await failuresOf(
    refuses(({ name }) => String(name).length >= 40),
    { operations: ['createCustomer'], allowWrites: true },
  );
  await using _ = provider;
  const [{ origin, findings } = expect.unreachable(), ...more] = failures;
  expect(more).toEqual([]);
  expect(origin).toContain('with `name` at an edge of what is allowed');
  expect(findings).toMatchObject([{ code: 'provider.refused', at: '/name' }]);
});

test.for([
  [{ type: 'http', scheme: 'bearer' }, /-H "authorization: Bearer \$API_TOKEN"/],
  [{ type: 'http', scheme: 'basic' }, /-u "\$API_TOKEN"/],
  [{ type: 'apiKey', in: 'header', name: 'X-Key' }, /-H "x-key: \$API_TOKEN"/],
  [{ type: 'apiKey', in: 'cookie', name: 'sid' }, /-H "cookie: sid=\$API_TOKEN"/],
  [{ type: 'apiKey', in: 'query', name: 'key' }, /--url-query "key=\$API_TOKEN"/],
] as const)('no line has a credential of %j', async ([scheme, text]) => {
  const secret = 'ann:pass word&1';
  const spec = await loadSpec({
    openapi: '3.1.0',
    info: { title: 'Thing', version: '1' },
    security: [{ it: [] }],
    paths: { '/thing': { get: { responses: { 200: { description: 'A thing' } } } } },
    components: { securitySchemes: { it: scheme } },
  });
  await using recorder = await startRecorder(500);
  const tokens = [{ value: secret, variable: 'API_TOKEN' }];
  const { failures } = await probe(spec, { baseUrl: recorder.url, tokens, maxCases: 1 });
  expect(failures[0]?.reproduce).toMatch(text);
  expect(JSON.stringify(failures)).not.toContain('pass');
  const { url, headers } = recorder.last();
  const shown = `${url} ${headers['authorization']} ${headers['x-key']} ${headers.cookie}`;
  await sh(failures[0]?.reproduce ?? '', { API_TOKEN: secret });
  const { url: again, headers: sent } = recorder.last();
  const decoded = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));
  const told = `${again} ${sent['authorization']} ${sent['x-key']} ${sent.cookie}`;
  // A cookie is written by curl as it is, and a query encoded in another way.
  expect(decoded(told)).toBe(decoded(shown));
});
