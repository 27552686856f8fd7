import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { readSelectors } from '../../src/pact/selector.ts';
import { readBrokerPacts } from '../../src/pact.ts';
import { startBroker } from './broker/broker.ts';
import { interactionOf, pactWith, startProvider } from './provider.ts';

const pact = (consumer: string, description: string) =>
  pactWith([interactionOf({ description })], consumer) as unknown as JsonObject;

test('reads the pacts of a provider that selectors choose', async () => {
  await using broker = await startBroker({ token: 't0p', prefix: '/pacts' });
  broker.publish(pact('shop', 'old'), '1');
  broker.versionOf('shop', '1').branch = 'main';
  broker.publish(pact('shop', 'new'), '2');
  broker.publish(pact('vet', 'other'), '7');
  const read = async (more: object) => {
    const options = { url: broker.url, token: 't0p', provider: 'pets', ...more };
    const pacts = await readBrokerPacts(options);
    return pacts.map(({ consumer, file, interactions: [first] }) => {
      expect(file).toContain(
        `${broker.url}/pacts/provider/pets/consumer/${consumer}/pact-version/`,
      );
      return [consumer, first?.description];
    });
  };
  expect(await read({})).toEqual([
    ['shop', 'new'],
    ['vet', 'other'],
  ]);
  expect(await read({ selectors: [{ mainBranch: true }] })).toEqual([['shop', 'old']]);
  expect(await read({ provider: 'none' })).toEqual([]);
  await expect(read({ token: 'wrong' })).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
});

test('reads an older broker, page by page, by the paths of its links alone', async () => {
  const elsewhere = (path: string) => ({ href: `https://internal.example${path}` });
  const pages: Readonly<Record<string, unknown>> = {
    '/': { _links: { 'pb:latest-provider-pacts': elsewhere('/of/{provider}') } },
    '/of/pets%20%26%20co': {
      _links: { 'pb:pacts': [elsewhere('/a')], next: elsewhere('/more?page=2') },
    },
    '/more?page=2': { _links: { pacts: [elsewhere('/b'), elsewhere('/a')] } },
    '/a': pact('shop', 'a'),
    '/b': pact('vet', 'b'),
  };
  await using broker = await startProvider(({ url }) => ({ body: pages[url] ?? {} }));
  const pacts = await readBrokerPacts({ url: broker.url, provider: 'pets & co' });
  expect(pacts.map(({ consumer }) => consumer)).toEqual(['shop', 'vet']);
});

test('leaves pages that lead in a circle', async () => {
  const pages: Readonly<Record<string, unknown>> = {
    '/': { _links: { 'pb:latest-provider-pacts': { href: '/latest' } } },
    '/latest': { _links: { next: { href: '/more' } } },
    '/more': { _links: { next: { href: '/latest' } } },
  };
  await using broker = await startProvider(({ url }) => ({ body: pages[url] ?? {} }));
  const reading = readBrokerPacts({ url: broker.url, provider: 'pets' });
  await expect(reading).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
  await expect(reading).rejects.toThrow(`lead in a circle: ${broker.url}/latest comes again.`);
});

test.for([
  [{ body: 'oops' }, 'nothing, not JSON'],
  [
    { headers: { 'content-type': 'application/json' }, body: '{"_links":' },
    'JSON that is broken: {"_links":',
  ],
  [{ body: [] }, 'with no object: []'],
  [{ body: { _links: {} } }, 'has no link "pb:latest-provider-pacts". It has: none.'],
  [{ status: 503, body: 'down for  maintenance' }, 'with 503: down for maintenance'],
] as const)('says what is wrong with the answer %j', async ([answer, reason]) => {
  await using broker = await startProvider(() => answer);
  const reading = readBrokerPacts({ url: broker.url, provider: 'pets' });
  await expect(reading).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
  await expect(reading).rejects.toThrow(reason);
});

test('says that nobody is there, and that a broker takes too long', async () => {
  const gone = await startProvider(() => ({}));
  await gone[Symbol.asyncDispose]();
  const reading = readBrokerPacts({ url: gone.url, provider: 'pets' });
  await expect(reading).rejects.toThrow(
    /^Failed to reach the broker at .*: it refuses the connection: nothing listens there/,
  );
  await using slow = await startProvider(() => new Promise(() => {}));
  await expect(readBrokerPacts({ url: slow.url, provider: 'pets', timeout: 50 })).rejects.toThrow(
    'it does not answer in time',
  );
});

test.for([
  [{ url: 'broker.example.com' }, 'must be a URL such as https://broker.example.com'],
  [{ url: 'https://me:pa55@broker.example.com' }, 'Got "https://[redacted]@broker.example.com/"'],
  [{ url: 'https://b.example', token: 't', username: 'u' }, 'Give one of them.'],
] as const)('refuses %j', async ([options, reason]) => {
  const reading = readBrokerPacts({ ...options, provider: 'pets' });
  await expect(reading).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  await expect(reading).rejects.toThrow(reason);
});

test.for([
  ['[{"mainBranch":true},{"branch":"x","fallbackBranch":"main"}]', undefined],
  ['{"latest":true}', undefined],
  ['latest', 'they are no JSON: latest'],
  ['[1]', 'one is no object: 1'],
  ['[{"mainbranch":true}]', 'there is no "mainbranch". There are consumer, mainBranch,'],
  ['[{"latest":"true"}]', '"latest" must be a boolean'],
] as const)('reads the selectors %s', ([text, reason]) => {
  if (reason === undefined) expect(readSelectors(text)).toEqual([JSON.parse(text)].flat());
  else expect(() => readSelectors(text)).toThrow(reason);
});
