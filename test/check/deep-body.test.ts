import { expect, test } from 'vitest';
import { checkBody, loadSpec } from '../../src/index.ts';
import { bodyOf, findingsOfBody } from './request-body.ts';

const LEVELS = 100_000;
const anything = { type: ['array', 'object', 'integer'] };
const tree = {
  type: ['array', 'object'],
  items: { $ref: '#/components/schemas/tree' },
  additionalProperties: { $ref: '#/components/schemas/tree' },
};
const lists = '['.repeat(LEVELS) + ']'.repeat(LEVELS);
const objects = `${'{"a":'.repeat(LEVELS)}{}${'}'.repeat(LEVELS)}`;

test.for<[name: string, body: string]>([
  ['lists', lists],
  ['objects', objects],
])('survives %s in each other, 100 000 levels deep', async ([, body]) => {
  const sent = { body, type: 'application/json' };
  const schemas = { tree };
  expect(await findingsOfBody(bodyOf('application/json', anything), sent)).toEqual([]);
  const judged = await findingsOfBody(
    bodyOf('application/json', { $ref: '#/components/schemas/tree' }),
    sent,
    { schemas },
  );
  expect(judged).toMatchObject([
    {
      code: 'request.body.malformed',
      message: expect.stringMatching(/ must not be nested more than 400 values deep\.$/),
    },
  ]);
  const broken = await findingsOfBody(bodyOf('application/json', { type: 'string' }), sent);
  expect(broken).toMatchObject([{ code: 'request.body.type', at: '' }]);
  const [finding] = broken;
  expect(finding?.message.length).toBeLessThan(200);
});

test.for(['1e400', '[-1E+999]', `{"a":${'9'.repeat(400)}}`])(
  'refuses %s, which JSON cannot say again',
  async (body) => {
    const found = await findingsOfBody(bodyOf('application/json', {}), {
      body,
      type: 'application/json',
    });
    expect(found).toMatchObject([
      { code: 'request.body.malformed', message: expect.stringContaining('larger than 1.8e308') },
    ]);
  },
);

test('says where a nest of 100 000 levels breaks off', async () => {
  const sent = { body: '['.repeat(LEVELS), type: 'application/json' };
  expect(await findingsOfBody(bodyOf('application/json', anything), sent)).toMatchObject([
    { message: expect.stringContaining('it ends too early at line 1, column 100001') },
  ]);
});

test('judges a body that has been parsed, however deep', async () => {
  const spec = await loadSpec({
    openapi: '3.1.1',
    paths: { '/': { post: { requestBody: bodyOf('application/json', { type: 'string' }) } } },
  });
  const findings = checkBody(spec, JSON.parse(lists), { operation: 'POST /' });
  expect(findings).toMatchObject([{ code: 'request.body.type' }]);
});

test('refuses what JSON cannot carry so deep', async () => {
  const body = JSON.parse(lists);
  await expect(findingsOfBody(bodyOf('application/json'), { body })).rejects.toMatchObject({
    code: 'MESSAGE_UNREADABLE',
    message: expect.stringContaining('Failed to read the body: got an array'),
  });
});
