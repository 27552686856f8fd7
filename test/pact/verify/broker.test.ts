import { Verifier } from '@pact-foundation/pact';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { type Broker, type BrokerOptions, startBroker } from '../broker/broker.ts';
import { interactionOf, pactWith, startProvider } from '../provider.ts';
import { verifiedBy } from './verified.ts';

const GOOD = interactionOf({ description: 'a pet' });
const BAD = interactionOf({ description: 'no pet', response: { status: 404 } });

function pact(consumer: string, ...interactions: readonly object[]): JsonObject {
  return pactWith(interactions, consumer) as unknown as JsonObject;
}

const started = () => startProvider(() => ({ body: {} }));

/** What the Verifier is told to verify and publish. */
function optionsFor(broker: Broker, provider: { readonly url: string }) {
  return {
    provider: provider.url,
    providerName: 'pets',
    broker: { url: broker.url },
    states: {},
    publish: true,
    providerVersion: '9',
    providerBranch: 'feat/x',
    providerTags: ['test'],
    buildUrl: 'https://ci.example.com/7',
  };
}

test('verifies the pacts of a broker, and publishes version, branch, tags and results', async () => {
  await using broker = await startBroker({ token: 't0p-s3cret', prefix: '/broker' });
  await using provider = await started();
  broker.publish(pact('shop', GOOD), '1');
  broker.publish(pact('vet', GOOD, BAD), '7');
  const options = optionsFor(broker, provider);
  const { results, findings, pacts, log } = await verifiedBy({
    ...options,
    broker: { url: broker.url, token: 't0p-s3cret' },
  });
  expect(results.map(({ subject }) => subject)).toEqual([
    'shop: a pet',
    'vet: a pet',
    'vet: no pet',
    'shop: results published',
    'vet: results published',
  ]);
  expect(findings).toMatchObject([{ code: 'verify.status', expected: 404, actual: 200 }]);
  expect(findings[0]?.spec).toMatchObject({
    file: expect.stringContaining(`${broker.url}/pacts/provider/pets/consumer/vet/`),
    pointer: '/interactions/1/response/status',
  });
  expect(pacts).toBe(2);
  expect(broker.results.map(({ version, isSuccess }) => [version, isSuccess])).toEqual([
    ['9', true],
    ['9', false],
  ]);
  expect(broker.results[0]?.body).toMatchObject({ buildUrl: 'https://ci.example.com/7' });
  const { branch, tags } = broker.versionOf('pets', '9');
  expect([branch, ...tags]).toEqual(['feat/x', 'test']);
  expect(JSON.stringify(results) + log).not.toMatch(/t0p-s3cret|127\.0\.0\.1:(?!\d+\/broker)/);
});

const RESULTS = /\/verification-results$/;

test.for([
  [
    'refused',
    { trouble: (_, path) => (RESULTS.test(path) ? { status: 403, body: 'no right' } : undefined) },
    'the broker answered 403: no right',
  ],
  [
    'met by a login page',
    {
      trouble: (_, path) =>
        RESULTS.test(path)
          ? { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }
          : undefined,
    },
    'the broker answered 200 and text/html, not JSON',
  ],
  [
    'without its branch',
    { trouble: (method) => (method === 'PUT' ? { status: 404 } : undefined) },
    'the broker refused PUT BROKER/pacticipants/pets/branches/feat%2Fx/versions/9 with 404',
  ],
] as const satisfies readonly (readonly [string, BrokerOptions, string])[])(
  'fails when results are %s',
  async ([, options, reason]) => {
    await using broker = await startBroker(options);
    await using provider = await started();
    broker.publish(pact('shop', GOOD), '1');
    const { findings } = await verifiedBy(optionsFor(broker, provider));
    expect(findings.map(({ code, message }) => [code, message])).toEqual([
      [
        'verify.unpublished',
        `The results of shop were not published: ${reason.replace('BROKER', broker.url)}.`,
      ],
    ]);
    expect(broker.results).toEqual([]);
  },
);

test("Pact's own Verifier passes results that were refused", async () => {
  await using broker = await startBroker({
    trouble: (_, path) => (RESULTS.test(path) ? { status: 403 } : undefined),
  });
  await using provider = await started();
  broker.publish(pact('shop', GOOD), '1');
  const results = await new Verifier({
    provider: 'pets',
    providerBaseUrl: provider.url,
    pactBrokerUrl: broker.url,
    consumerVersionSelectors: [{ latest: true }],
    publishVerificationResult: true,
    providerVersion: '9',
    logLevel: 'error',
  }).verifyProvider();
  expect(JSON.parse(results)).toMatchObject({ result: true });
  expect(broker.results).toEqual([]);
});

test('fails when the pact has no link for results', async () => {
  await using provider = await started();
  await using bare = await startProvider(() => ({ body: pact('shop', GOOD) }));
  const { findings } = await verifiedBy({
    provider: provider.url,
    pacts: [`${bare.url}/pact.json`],
    states: {},
    publish: true,
    providerVersion: '9',
  });
  expect(findings.map(({ message }) => message)).toEqual([
    'The results of shop were not published: the pact has no link "pb:publish-verification-results".',
  ]);
});

test('lets pending pacts and pacts in progress fail, and tells the broker so', async () => {
  await using broker = await startBroker({ login: { username: 'ci', password: 'pa55' } });
  await using provider = await started();
  broker.publish(pact('shop', GOOD), '1');
  broker.versionOf('shop', '1').branch = 'main';
  broker.publish(pact('shop', BAD), '2');
  broker.versionOf('shop', '2').branch = 'feat/y';
  const options = {
    ...optionsFor(broker, provider),
    broker: { url: broker.url, username: 'ci', password: 'pa55' },
    selectors: [{ mainBranch: true }],
    includeWipPactsSince: '2020-01-01',
  };
  const { results, findings, log } = await verifiedBy(options);
  expect(results.map(({ subject }) => subject)).toEqual([
    'shop: a pet',
    'shop: no pet',
    'shop: results published',
    'shop: results published',
  ]);
  expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
    ['verify.status', 'warning'],
  ]);
  expect(broker.results.map(({ isSuccess }) => isSuccess)).toEqual([true, false]);
  expect(log).not.toContain('pa55');

  broker.publish(pact('shop', BAD, GOOD), '3');
  broker.versionOf('shop', '3').branch = 'main';
  const lenient = await verifiedBy({
    ...options,
    includeWipPactsSince: undefined,
    enablePending: true,
  });
  expect(lenient.findings.map(({ severity }) => severity)).toEqual(['warning']);
});

test('verifies a pact by its address at the broker, as a webhook gives it', async () => {
  await using broker = await startBroker({ token: 't0p' });
  await using provider = await started();
  const { sha } = broker.publish(pact('shop', GOOD), '1');
  const url = `${broker.url}/pacts/provider/pets/consumer/shop/pact-version/${sha}`;
  const { codes } = await verifiedBy({
    ...optionsFor(broker, provider),
    broker: undefined,
    providerName: undefined,
    pacts: [url],
    pactCredentials: { token: 't0p' },
  });
  expect(codes).toEqual([]);
  expect(broker.results.map(({ isSuccess }) => isSuccess)).toEqual([true]);
});

test('a state that nothing sets is published as a failure', async () => {
  await using broker = await startBroker();
  await using provider = await started();
  broker.publish(pact('shop', interactionOf({ description: 'a', states: [{ name: 's' }] })), '1');
  const { codes } = await verifiedBy(optionsFor(broker, provider));
  expect(codes).toEqual(['verify.state.missing']);
  expect(broker.results.map(({ isSuccess }) => isSuccess)).toEqual([false]);
});

test.for([
  [{ trouble: () => ({ status: 401 }) }, 'refused GET BROKER/ with 401. Give a token'],
  [{ trouble: () => ({ status: 404 }) }, 'has nothing at BROKER/ (404)'],
  [
    { trouble: () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }) },
    'answered GET BROKER/ with text/html, not JSON. Is that a Pact Broker, or a login page',
  ],
  [
    {
      trouble: () => ({ status: 200, headers: { 'content-type': 'application/json' }, body: '{}' }),
    },
    'BROKER/ answers JSON without links: that is no Pact Broker.',
  ],
  [
    {
      trouble: (method) =>
        method === 'POST' ? { status: 400, body: '{"errors":["no branch"]}' } : undefined,
    },
    'The broker refused POST BROKER/pacts/provider/pets/for-verification with 400 {"errors":["no branch"]}.',
  ],
] as const satisfies readonly (readonly [BrokerOptions, string])[])(
  'says what is wrong with a broker: %#',
  async ([options, reason]) => {
    await using broker = await startBroker(options);
    await using provider = await started();
    broker.publish(pact('shop', GOOD), '1');
    const verifying = verifiedBy(optionsFor(broker, provider));
    await expect(verifying).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    await expect(verifying).rejects.toThrow(reason.replace('BROKER', broker.url));
  },
);

test('a broker without pacts fails the run, unless that is fine', async () => {
  await using broker = await startBroker();
  await using provider = await started();
  const options = optionsFor(broker, provider);
  await expect(verifiedBy(options)).rejects.toMatchObject({ code: 'PACT_NOT_FOUND' });
  const { results } = await verifiedBy({
    ...options,
    providerName: 'none',
    passWithoutPacts: true,
  });
  expect(results).toEqual([]);
});
