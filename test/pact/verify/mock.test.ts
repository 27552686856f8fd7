import { expect, test } from 'vitest';
import { startMock } from '../../../src/mock.ts';
import { interactionOf, json } from '../provider.ts';
import { verifyInteractions } from './verified.ts';

const SESSIONS = '/dataClassification/exactMatchDataStores/patients/sessions';
const headers = { Authorization: ['Bearer abc'] };

const INTERACTIONS = [
  interactionOf({
    description: 'a session that exists',
    states: [{ name: 'a session exists', params: { id: 's-7', state: 'Created' } }],
    request: { path: `${SESSIONS}/s-7`, headers },
    response: { body: json({ id: 's-7', state: 'Created' }) },
  }),
  interactionOf({
    description: 'two sessions',
    states: [
      { name: 'a session exists', params: { id: 's-1', state: 'Created' } },
      { name: 'a session exists', params: { id: 's-2', state: 'Completed' } },
    ],
    request: { path: SESSIONS, headers },
    response: { body: json({ value: [{ id: 's-1' }, { id: 's-2' }] }) },
  }),
  interactionOf({
    description: 'none is left of those before',
    request: { path: `${SESSIONS}/s-1`, headers },
    response: { status: 404 },
  }),
  interactionOf({
    description: 'too many requests',
    states: [{ name: 'the service is busy' }],
    request: { path: SESSIONS, headers },
    response: { status: 503 },
  }),
  interactionOf({
    description: 'a session that fails at once',
    states: [{ name: 'processing fails' }],
    request: {
      method: 'POST',
      path: SESSIONS,
      headers: {
        ...headers,
        Prefer: ['return=representation'],
        'Content-Type': ['application/json'],
      },
      body: json({}),
    },
    response: { status: 201, body: json({ error: { code: 'ProcessingFailed' } }) },
  }),
];

const STATES = {
  'a session exists': { memory: { [SESSIONS]: [{ id: '{params.id}', state: '{params.state}' }] } },
  'the service is busy': { faults: { fail: '100%:503' }, clock: { frozen: true } },
  'processing fails': { prefer: 'example=failed' },
};

test('sets the states of a mock by itself, each interaction afresh, and disturbs nobody', async () => {
  await using mock = await startMock({ seedData: { [SESSIONS]: [] } });
  await mock.setState({ [SESSIONS]: [{ id: 'mine' }] });
  const { results } = await verifyInteractions(INTERACTIONS, {
    provider: mock.baseUrl,
    mockStates: STATES,
  });
  expect(results.map(({ subject, findings }) => [subject, findings])).toEqual(
    results.map(({ subject }) => [subject, []]),
  );
  expect(await mock.state()).toMatchObject({ [SESSIONS]: [{ id: 'mine' }] });
  expect(await mock.requests()).toEqual([]);
});

test('takes the states that the document of the mock names', async () => {
  const spec = {
    openapi: '3.1.0',
    info: { title: 'Pets', version: '1' },
    'x-mock': { states: { 'a pet exists': { memory: { '/pets': [{ id: '{params.id}' }] } } } },
    paths: {
      '/pets': { post: { responses: { 201: { description: 'ok' } } } },
      '/pets/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: {
          responses: {
            200: {
              description: 'ok',
              content: {
                'application/json': {
                  schema: { type: 'object', properties: { id: { type: 'string' } } },
                },
              },
            },
          },
        },
      },
    },
  };
  await using mock = await startMock({ spec });
  const given = (name: string) => ({
    description: name,
    states: [{ name, params: { id: '7' } }],
    request: { path: '/pets/7' },
    response: { body: json({ id: '7' }) },
  });
  const { findings } = await verifyInteractions(
    [interactionOf(given('a pet exists')), interactionOf(given('a cat exists'))],
    { provider: mock.url },
  );
  expect(findings.map(({ message }) => message)).toEqual([
    'Nothing sets "a cat exists". There are "a pet exists".',
  ]);
});

test('needs the token of a mock that has one', async () => {
  await using mock = await startMock({ adminToken: 'open-sesame' });
  const [first = {}] = INTERACTIONS;
  const options = { provider: mock.baseUrl, mockStates: STATES };
  const { findings } = await verifyInteractions([first], options);
  expect(findings).toMatchObject([{ code: 'verify.state.failed' }]);
  expect(findings[0]?.message).toContain('The mock refused POST /reset:');
});

test('says what is wrong with a state', async () => {
  await using mock = await startMock({ adminToken: 'open-sesame' });
  const given = (name: string) =>
    interactionOf({ description: name, states: [{ name, params: { id: 7 } }] });
  const { findings } = await verifyInteractions([given('without key'), given('nowhere')], {
    provider: mock.baseUrl,
    adminToken: 'open-sesame',
    mockStates: {
      'without key': { memory: { [SESSIONS]: [{ id: '{params.key}' }] } },
      nowhere: { memory: { '/nowhere': [] } },
    },
  });
  expect(findings.map(({ message }) => message)).toEqual([
    'The state "without key" could not be set: The state has no parameter "key". It has: id.',
    expect.stringMatching(/could not be set: The mock refused PUT \/state: .*\/nowhere/),
  ]);
});
