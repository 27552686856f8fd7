import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import {
  assertExactMatchSession,
  checkBody,
  checkExactMatchSession,
  checkRequest,
  checkResponse,
  type Finding,
  isExactMatchSession,
  loadSpec,
  type Spec,
} from '../../src/index.ts';
import { brief } from './parameter.ts';
import { bodyOf, findingsOfBody } from './request-body.ts';

const number = { type: 'number' };
const circular: { self?: unknown } = {};
circular.self = circular;

class Point {
  readonly x = 1;
  readonly #y = Number.NaN;
  get y() {
    return this.#y;
  }
}

/** The findings of a value given to `checkBody`, and of the same value in a request. */
async function findingsOfGiven(
  schema: object,
  body: unknown,
): Promise<readonly [readonly Finding[], readonly Finding[] | 'thrown']> {
  const requestBody = bodyOf('application/json', schema);
  const spec = await loadSpec({ openapi: '3.1.1', paths: { '/': { post: { requestBody } } } });
  const found = checkBody(spec, body, { operation: 'POST /' });
  const sent = await findingsOfBody(requestBody, { body }).catch((cause: { code: string }) => {
    if (cause.code !== 'MESSAGE_UNREADABLE') throw cause;
    return 'thrown' as const;
  });
  return [found, sent];
}

test.for<[name: string, schema: object, body: unknown]>([
  ['a member that is undefined', { additionalProperties: false }, { a: undefined }],
  ['a list of such members', { items: { maxProperties: 0 } }, [{ a: undefined }]],
  ['a member that is a function', { maxProperties: 0 }, { a: () => 1 }],
  ['a Date', { properties: { a: { type: 'string', format: 'date-time' } } }, { a: new Date(0) }],
  ['what says itself what its JSON is', number, { toJSON: () => 5 }],
  ['an instance', { const: { x: 1 } }, new Point()],
  [
    'an object without prototype',
    { const: { a: 1 } },
    Object.assign(Object.create(null), { a: 1 }),
  ],
  ['an object of another realm', { const: { a: [1] } }, runInNewContext('({ a: [1] })')],
  ['a member called toJSON', { const: { toJSON: 1 } }, { toJSON: 1 }],
])('judges what JSON.stringify would send: %s', async ([, schema, body]) => {
  expect(await findingsOfGiven(schema, body)).toEqual([[], []]);
});

test.for<[name: string, schema: object, body: unknown, findings: readonly string[]]>([
  ['a missing member', { required: ['a'] }, { a: undefined }, ['required at /a: `a` is missing']],
  [
    'a Date that is no number',
    { properties: { a: number } },
    { a: new Date(0) },
    ['type at /a: `a` must be a number, got "1970-01-01T00:00:00.000Z".'],
  ],
  [
    'a Date that is no object',
    { type: 'object' },
    new Date(0),
    ['type at : The request body must'],
  ],
  ['NaN', { properties: { n: number } }, { n: Number.NaN }, ['malformed at /n: `n` is NaN']],
  ['Infinity', { type: 'integer' }, Number.POSITIVE_INFINITY, ['malformed at : it is Infinity']],
  ['NaN where null may be', {}, [Number.NaN], ['malformed at /0: `[0]` is NaN']],
  ['a hole', {}, [undefined], ['malformed at /0: `[0]` is undefined']],
  ['a function in a list', {}, { a: [1, () => 1] }, ['malformed at /a/1: `a[1]` is a function']],
  ['a symbol in a list', {}, [Symbol('a')], ['malformed at /0: `[0]` is a symbol']],
  ['a Map', {}, { 'a/b': new Map() }, ['malformed at /a~1b: `["a/b"]` is a Map']],
  [
    'a Promise inside',
    {},
    { a: Promise.resolve() },
    ['malformed at /a: `a` is a Promise that nobody has awaited'],
  ],
])(
  'finds what JSON cannot say or the schema does not take: %s',
  async ([, schema, body, findings]) => {
    const expected = findings.map((finding) => {
      const [head = '', rest = ''] = finding.split(/(?<=^malformed at [^:]*: )/);
      const reading = 'The request body cannot be read as application/json: ';
      const text = rest === '' ? finding : `${head}${reading}${rest}, and JSON has no such value.`;
      return expect.stringContaining(`request.body.${text}`);
    });
    const [given, sent] = await findingsOfGiven(schema, body);
    expect(brief(given)).toEqual(expected);
    expect(sent).toMatchObject(given.map(({ message, at }) => ({ message, at })));
  },
);

test.for<[name: string, body: unknown, at: string, what: string]>([
  ['nothing', undefined, '', 'undefined'],
  ['a function', () => 1, '', 'a function'],
  ['a symbol', Symbol('a'), '', 'a symbol'],
  ['a bigint', 1n, '', '1n'],
  ['a bigint inside', { id: { n: 1n } }, '/id/n', '1n'],
  ['a circle', circular, '', 'an object with self'],
  ['a Set', new Set([1]), '', 'a Set'],
  ['bytes', Uint8Array.of(1), '', 'an Uint8Array'],
  ['a Promise', Promise.resolve({}), '', 'a Promise that nobody has awaited'],
])('finds that it is no JSON: %s', async ([, body, at, what]) => {
  const schema = { anyOf: [{}, { type: 'null' }] };
  const requestBody = bodyOf('application/json', schema);
  const spec = await loadSpec({ openapi: '3.1.1', paths: { '/': { post: { requestBody } } } });
  const findings = checkBody(spec, body, { operation: 'POST /' });
  expect(findings).toMatchObject([{ code: 'request.body.malformed', at }]);
  expect(findings[0]?.message).toContain(`is ${what}, and JSON has no such value.`);
});

const SESSION = { id: 'a', rowsPerBlock: 1 };

test.for<[name: string, value: unknown]>([
  ['a bigint', { id: 1n }],
  ['a bigint beside what is right', { id: 'a', rowsPerBlock: 1n }],
  ['a circle', circular],
  ['a circle inside', { ...SESSION, error: circular }],
  ['NaN', { ...SESSION, rowsPerBlock: Number.NaN }],
  ['a Date where its text belongs', { ...SESSION, creationDateTime: new Date(0) }],
  ['nothing', undefined],
  ['a function', () => SESSION],
])('tells that it is no session: %s', ([, value]) => {
  expect(isExactMatchSession(value)).toBe(false);
  expect(checkExactMatchSession(value)).toHaveLength(1);
  expect(() => assertExactMatchSession(value)).toThrow('The exactMatchSession breaks the contract');
});

test('takes a session that leaves a member undefined', () => {
  expect(isExactMatchSession({ ...SESSION, state: undefined })).toBe(true);
});

test.for<[name: string, given: unknown, reason: string]>([
  ['that nobody has awaited', loadSpec(), 'got a Promise that nobody has awaited'],
  ['by its path', 'openapi.yaml', 'got "openapi.yaml"'],
  ['as an object', { openapi: '3.1.0' }, 'got an object with openapi'],
  ['that is none', undefined, 'got undefined'],
])('asks for a loaded document instead of one %s', async ([, given, reason]) => {
  const spec = given as Spec;
  const refusal = {
    code: 'OPTION_INVALID',
    message: `The document must be a loaded one, ${reason}. Give what \`await loadSpec()\` returns.`,
  };
  await expect(checkRequest(spec, { method: 'GET', url: '/' })).rejects.toMatchObject(refusal);
  await expect(checkResponse(spec, { status: 200 })).rejects.toMatchObject(refusal);
  expect(() => checkBody(spec, {}, { operation: 'GET /' })).toThrow(
    expect.objectContaining(refusal),
  );
});
