import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSpec } from '../../../src/index.ts';
import { verifyPacts } from '../../../src/pact.ts';
import { interactionOf, json, pactWith, startProvider } from '../provider.ts';
import { verifyInteractions } from './verified.ts';

const pet = { id: 7, name: 'Rex', tags: ['dog'] };

test('gives one result an interaction, and one finding a mismatch, at the line of the pact', async () => {
  await using provider = await startProvider(() => ({ body: pet }));
  const { results } = await verifyInteractions(
    [
      interactionOf({ description: 'a pet' }),
      interactionOf({
        description: 'another pet',
        response: {
          status: 201,
          headers: { 'X-Total': ['3'] },
          body: json({ id: 'seven', tags: ['dog', 'big'], 'eye color': 'blue' }),
        },
      }),
    ],
    { provider: provider.url },
  );
  expect(results.map(({ subject, findings }) => [subject, findings.length])).toEqual([
    ['shop: a pet', 0],
    ['shop: another pet', 6],
  ]);
  const [, { findings, origin, place } = { findings: [] }] = results;
  expect([origin, place?.line]).toEqual([
    expect.stringMatching(/shop-pets\.json, interaction 2$/),
    22,
  ]);
  expect(
    findings.map(({ code, at, message, spec }) => [code, at, message, spec.pointer, spec.line]),
  ).toMatchInlineSnapshot(`
    [
      [
        "verify.status",
        "",
        "The status must be 201, got 200.",
        "/interactions/1/response/status",
        32,
      ],
      [
        "verify.header",
        "x-total",
        "Expected a header 'X-Total' but was missing.",
        "/interactions/1/response/headers/X-Total",
        34,
      ],
      [
        "verify.body",
        "",
        "The body: Actual map is missing the following keys: eye color.",
        "/interactions/1/response/body/content",
        39,
      ],
      [
        "verify.body",
        "/id",
        "The body at /id: Expected 7 (Integer) to be equal to 'seven' (String).",
        "/interactions/1/response/body/content/id",
        40,
      ],
      [
        "verify.body",
        "/tags",
        "The body at /tags: Expected a List with 2 elements but received 1 elements.",
        "/interactions/1/response/body/content/tags",
        41,
      ],
      [
        "verify.body",
        "/tags",
        "The body at /tags: Expected big but was missing.",
        "/interactions/1/response/body/content/tags",
        41,
      ],
    ]
  `);
  expect(findings.map(({ expected, actual }) => [expected, actual])).toMatchInlineSnapshot(`
    [
      [
        201,
        200,
      ],
      [
        "3",
        "",
      ],
      [
        [
          "eye color",
          "id",
          "tags",
        ],
        [
          "id",
          "name",
          "tags",
        ],
      ],
      [
        "seven",
        7,
      ],
      [
        [
          "dog",
          "big",
        ],
        [
          "dog",
        ],
      ],
      [
        [
          "dog",
          "big",
        ],
        [
          "dog",
        ],
      ],
    ]
  `);
});

test('names the operation, and shows what travelled, where it knows the document', async () => {
  await using provider = await startProvider(() => ({ body: { value: [] } }));
  const path = '/dataClassification/exactMatchDataStores/patients/sessions';
  const request = { path, headers: { Authorization: ['Bearer abc'] } };
  const { results } = await verifyInteractions(
    [interactionOf({ description: 'sessions', request, response: { body: json({ value: {} }) } })],
    { provider: provider.url, spec: await loadSpec() },
  );
  const [{ operation, exchange, findings } = { findings: [] }] = results;
  expect(operation).toBe('listExactMatchSessions');
  expect(findings.map(({ code, at }) => [code, at])).toEqual([['verify.body', '/value']]);
  expect(exchange?.request.path).toBe(path);
  expect(exchange?.response?.content).toEqual({ kind: 'text', text: '{"value":[]}' });
});

test('sends what the consumer sends, byte for byte', async () => {
  await using provider = await startProvider(() => ({ body: {} }));
  const post = (description: string, contentType: string, content: unknown) =>
    interactionOf({
      description,
      request: {
        method: 'POST',
        path: '/pets//7%2F8',
        query: { q: ['a b', 'c&d'] },
        headers: { 'Content-Type': [contentType] },
        body: { content, contentType, encoded: false },
      },
    });
  const big = { text: 'x'.repeat(200_000) };
  const head = { method: 'HEAD', headers: { 'X-Long': ['x'.repeat(40_000)] } };
  const { codes } = await verifyInteractions(
    [
      post('a form', 'application/x-www-form-urlencoded', 'a=1&b=2'),
      post('a large body', 'application/json', big),
      interactionOf({ description: 'headers', request: head }),
    ],
    { provider: `${provider.url}/api/`, states: {} },
  );
  expect(codes).toEqual([]);
  const [form, large, headers] = provider.asked;
  expect(form?.url).toBe('/api/pets//7%2F8?q=a+b&q=c%26d');
  expect(form?.body).toBe('a=1&b=2');
  expect(form?.headers['host']).toBe(new URL(provider.url).host);
  expect(JSON.parse(large?.body ?? '')).toEqual(big);
  expect([headers?.method, headers?.headers['x-long']?.length]).toEqual(['HEAD', 40_000]);
});

test('tells a provider that gives no answer from one that gives a wrong one', async () => {
  await using provider = await startProvider(({ url }) => {
    if (url === '/slow') return new Promise(() => {});
    return url === '/gone' ? undefined : { status: 500 };
  });
  const ask = (path: string) => interactionOf({ description: path, request: { path } });
  const { findings } = await verifyInteractions([ask('/wrong'), ask('/slow'), ask('/gone')], {
    provider: provider.url,
    states: {},
    timeout: 300,
  });
  expect(findings.map(({ code, message }) => [code, message])).toEqual([
    ['verify.status', 'The status must be 200, got 500.'],
    ['verify.unanswered', 'The provider gave no answer to GET /slow: no answer within 300 ms.'],
    ['verify.unanswered', 'The provider gave no answer to GET /gone: socket hang up.'],
  ]);
});

test('an interaction that is pending fails with warnings only', async () => {
  await using provider = await startProvider(() => ({ status: 500 }));
  const { findings } = await verifyInteractions(
    [
      interactionOf({ description: 'new', pending: true }),
      interactionOf({ description: 'newer', pending: true, states: [{ name: 'unheard of' }] }),
    ],
    { provider: provider.url },
  );
  expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
    ['verify.status', 'warning'],
    ['verify.state.missing', 'warning'],
  ]);
});

test('reads pacts of older versions', async () => {
  await using provider = await startProvider(() => ({ body: pet }));
  const old = {
    description: 'a pet',
    providerState: 'the pet exists',
    request: { method: 'GET', path: '/pets/1' },
    response: { status: 200, body: { id: 8 } },
  };
  await using folder = await mkdtempDisposable(join(tmpdir(), 'verify-'));
  const file = join(folder.path, 'old.json');
  const pact = { ...pactWith([old]), metadata: { pactSpecification: { version: '2.0.0' } } };
  await writeFile(file, JSON.stringify(pact, null, 2));
  const { results } = await verifyPacts({
    provider: provider.url,
    pacts: [file],
    states: { 'the pet exists': () => {} },
  });
  expect(results.map(({ subject }) => subject)).toEqual(['shop: a pet, given the pet exists']);
  expect(results[0]?.findings).toMatchObject([
    { code: 'verify.body', at: '/id', spec: { pointer: '/interactions/0/response/body/id' } },
  ]);
});

test('asks for messages as Pact does: by their description, at the address of the provider', async () => {
  const metadata = Buffer.from('{"topic":"sales"}').toString('base64');
  await using provider = await startProvider(({ body }) => ({
    body: JSON.parse(body).description.startsWith('sold') ? { id: 7 } : { price: 'low' },
    headers: { 'Pact-Message-Metadata': metadata },
  }));
  const sold = (description: string, topic: string) => ({
    type: 'Asynchronous/Messages',
    description,
    providerStates: [{ name: 'there is a pet', params: { id: 7 } }],
    contents: json({ id: 7 }),
    metadata: { topic },
  });
  const asked = {
    type: 'Synchronous/Messages',
    description: 'what does it cost?',
    request: { contents: json({ id: 7 }) },
    response: [{ contents: json({ price: 5 }) }],
  };
  const { results } = await verifyInteractions(
    [sold('sold', 'sales'), sold('sold elsewhere', 'shops'), asked],
    { provider: provider.url, states: { 'there is a pet': () => {} } },
  );
  expect(
    results.map(({ subject, findings }) => [subject, findings.map(({ code }) => code)]),
  ).toEqual([
    ['shop: sold, given there is a pet', []],
    ['shop: sold elsewhere, given there is a pet', ['verify.metadata']],
    ['shop: what does it cost?', ['verify.body']],
  ]);
  const [first] = provider.asked;
  expect([first?.method, first?.url, JSON.parse(first?.body ?? '')]).toEqual([
    'POST',
    '/',
    { description: 'sold', providerStates: [{ name: 'there is a pet', params: { id: 7 } }] },
  ]);
});

test('finds the pacts of a provider in folders, and leaves out what is none', async () => {
  await using provider = await startProvider(() => ({ body: pet }));
  await using folder = await mkdtempDisposable(join(tmpdir(), 'verify-'));
  await mkdir(join(folder.path, 'more'));
  const write = (name: string, value: unknown) =>
    writeFile(join(folder.path, name), JSON.stringify(value));
  await write('package.json', { name: 'shop' });
  await write('shop-pets.json', pactWith([interactionOf({ description: 'one' })]));
  await write('more/vet-pets.json', pactWith([interactionOf({ description: 'two' })], 'vet'));
  await write('more/shop-shops.json', pactWith([], 'shop', 'shops'));
  const options = { provider: provider.url, pacts: [folder.path] };

  await expect(verifyPacts(options)).rejects.toThrow(
    'the pacts are of several: "shops", "pets". Give it, as its pacts have it (--provider-name).',
  );
  const subjects = async (more: object) =>
    (await verifyPacts({ ...options, providerName: 'pets', ...more })).results.map(
      ({ subject }) => subject,
    );
  expect(await subjects({})).toEqual(['vet: two', 'shop: one']);
  expect(await subjects({ consumers: ['shop'] })).toEqual(['shop: one']);
  await expect(subjects({ providerName: 'Pets' })).rejects.toMatchObject({
    code: 'PACT_NOT_FOUND',
    message:
      'There are no pacts with the provider "Pets". There are: shop with shops, vet with pets, shop with pets. Is the name as the pacts have it? (--pass-without-pacts lets it pass.)',
  });
  expect(await subjects({ providerName: 'Pets', passWithoutPacts: true })).toEqual([]);
});

test.for([
  [{ provider: 'localhost:8080' }, 'The provider must be a URL such as'],
  [{ provider: 'http://u:p@127.0.0.1' }, 'must hold no name and password'],
  [{ provider: 'http://127.0.0.1/?a=1' }, 'must end with its path'],
  [{ pacts: [] }, 'There is nothing to verify.'],
  [{ timeout: 0 }, 'The timeout must be'],
  [{ states: {}, statesUrl: 'http://127.0.0.1' }, 'States are given in several ways.'],
  [{ statesUrl: 'states' }, 'The states must go to a URL'],
  [{ publish: true }, 'the version of the provider is needed (--provider-version)'],
  [{ publish: true, providerVersion: '1' }, 'cannot be published: it comes from no broker'],
  [
    { enablePending: true, broker: { url: 'http://127.0.0.1' }, providerName: 'pets' },
    'its branch is needed (--provider-branch)',
  ],
  [{ includeWipPactsSince: 'May' }, 'since a date such as 2026-01-31, got "May"'],
  [{ broker: { url: 'http://127.0.0.1' } }, 'The name of the provider is needed'],
  [{ mockStates: {} }, 'is none that runs. Give handlers, or an address.'],
] as const)('refuses %j', async ([options, reason]) => {
  await using provider = await startProvider(() => ({}));
  await using folder = await mkdtempDisposable(join(tmpdir(), 'verify-'));
  const file = join(folder.path, 'pact.json');
  await writeFile(file, JSON.stringify(pactWith([])));
  const verifying = verifyPacts({ provider: provider.url, pacts: [file], ...options });
  await expect(verifying).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  await expect(verifying).rejects.toThrow(reason);
});

test('says what is wrong with a pact that cannot be read', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'verify-'));
  const file = join(folder.path, 'pact.json');
  const options = { provider: 'http://127.0.0.1:1', pacts: [file] };
  await expect(verifyPacts(options)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  await writeFile(file, '{"consumer":');
  await expect(verifyPacts(options)).rejects.toMatchObject({ code: 'PACT_MALFORMED' });
});

test('says that nobody listens where the provider should be', async () => {
  const gone = await startProvider(() => ({}));
  await gone[Symbol.asyncDispose]();
  const verifying = verifyInteractions([], { provider: gone.url });
  await expect(verifying).rejects.toMatchObject({ code: 'PROVIDER_UNREACHABLE' });
  await expect(verifying).rejects.toThrow(
    /^Failed to reach the provider at .*: it refuses the connection: nothing listens there/,
  );
});
