import { expect, test } from 'vitest';
import type { ContractError, Finding } from '../../../src/index.ts';
import { widgets } from './widgets.ts';
import { keepPacts, newPact } from './written.ts';

keepPacts();

const get = { operation: 'getWidget', path: { id: 7 }, status: 200 } as const;
const put = { operation: 'putWidget', path: { id: 7 }, body: { name: 'a' }, status: 204 } as const;
const unused = () => expect.unreachable('Nothing is served.');

test.for([
  ['a path parameter of another type', { ...get, path: { id: 'x' } }, ['request.path.type id']],
  ['a path of another operation', { ...get, path: { id: 'search' } }, ['request.path.unmatched ']],
  ['an unknown query parameter', { ...get, query: { q: 1 } }, ['request.query.unknown q']],
  ['a body of another type', { ...put, body: { name: 5 } }, ['request.body.type /name']],
  ['an unknown property', { ...put, body: { name: 'a', x: 1 } }, ['request.body.unknown /x']],
  [
    'a readOnly property in a request',
    { ...put, body: { name: 'a', id: 1 } },
    ['request.body.readOnly /id'],
  ],
  ['no body', { ...put, body: undefined }, ['request.body.required ']],
  [
    'no credentials',
    { ...get, headers: { authorization: '' } },
    ['request.security.missing authorization'],
  ],
  ['a status that is not declared', { ...get, status: 500 }, ['response.status.undeclared ']],
  ['a field that no schema has', { ...get, uses: ['id', 'nme'] }, ['response.body.unknown /nme']],
  ['a writeOnly field in a response', { ...get, uses: ['key'] }, ['response.body.writeOnly /key']],
  ['a field of no body', { ...put, uses: ['id'] }, ['response.body.unknown ']],
  [
    'a header that is not declared',
    { ...get, usesHeaders: ['X-Other'] },
    ['response.header.unknown x-other'],
  ],
  [
    'a header of another type',
    { ...get, usesHeaders: { 'Retry-After': -1 } },
    ['response.header.range retry-after'],
  ],
  [
    'a value that the document forbids',
    { ...get, equals: { state: 'old' } },
    ['response.body.enum /state'],
  ],
  [
    'an example that the document forbids',
    { ...get, like: { id: 'x' } },
    ['response.body.type /id'],
  ],
  [
    'a value of an unknown field',
    { ...get, equals: { owner: { id: 1 } } },
    ['response.body.unknown /owner'],
  ],
  [
    'everything at once',
    { ...get, path: { id: 'x' }, query: { q: 1 }, uses: ['nme'], usesHeaders: ['X-Other'] },
    [
      'request.path.type id',
      'request.query.unknown q',
      'response.header.unknown x-other',
      'response.body.unknown /nme',
    ],
  ],
] as const)('refuses %s before anything is served', async ([, definition, want]) => {
  const { ask } = newPact(widgets);
  const refused = ask(definition, unused);
  await expect(refused).rejects.toMatchObject({ name: 'ContractError', code: 'CONTRACT_BROKEN' });
  const found = await refused.catch((error: ContractError) => error.findings);
  expect((found as readonly Finding[]).map(({ code, at }) => `${code} ${at}`)).toEqual(want);
});

test.for([
  [{ ...get, operation: 'getWidgets' }, 'OPERATION_UNKNOWN', /"getWidgets".*getWidget, putWidget/],
  [{ ...get, path: {} }, 'OPTION_INVALID', /needs "id".*\{ id \}/],
  [{ ...get, path: { id: 7, x: 1 } }, 'OPTION_INVALID', /has no "x"/],
  [{ ...get, status: 99 }, 'OPTION_INVALID', /its status is 99/],
  [{ ...get, description: '' }, 'OPTION_INVALID', /description is empty/],
  [{ ...get, like: { id: Number.NaN } }, 'OPTION_INVALID', /`like`.*JSON/],
  [{ ...put, body: 10n }, 'OPTION_INVALID', /JSON cannot say/],
  [{ ...put, mistakes: ['request.body.type'] }, 'OPTION_INVALID', /has not the mistake/],
  [
    { ...put, body: { name: 5 }, mistakes: ['request.body.type'] },
    'OPTION_INVALID',
    /mistakes, and its status is 204/,
  ],
] as const)('%o is no definition', async ([definition, code, message]) => {
  const { ask } = newPact(widgets);
  const refused = ask(definition, unused);
  await expect(refused).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});
