import { expect, test } from 'vitest';
import { checkRequest, loadSpec } from '../../src/index.ts';
import { brief, findingsOf } from './parameter.ts';

const integer = { type: 'integer' };
const names = (...list: string[]) => list.map((name) => ({ name, in: 'query', schema: integer }));
const spread = (schema: object, style = 'form') => ({
  name: 'o',
  in: 'query',
  style,
  explode: true,
  schema,
});
const known = { type: 'object', properties: { R: integer } };

test('takes query parameters that the document does not name', async () => {
  expect(await findingsOf(names('q'), { query: 'q=1&z=2' })).toEqual([]);
});

test.for<[parameters: readonly object[], text: string, unknown: readonly string[]]>([
  [names('q'), 'q=1&z=2', ['z']],
  [names('q'), 'z=2&y=1&z=3', ['z', 'y']],
  [names('q'), 'Q=1', ['Q']],
  [names('q'), 'q=1', []],
  [[], 'z', ['z']],
  [[spread(known)], 'R=1', []],
  [[spread(known)], 'G=1', ['G']],
  [[spread(known)], 'o=1', []],
  [[spread({ ...known, additionalProperties: integer })], 'R=1&G=2', []],
  [[spread({ ...known, patternProperties: { '^x-': integer } })], 'x-1=1&y-1=1', ['y-1']],
  [[spread(known, 'deepObject')], 'o[R]=1&oR=1&p[R]=1', ['oR', 'p[R]']],
  [[{ name: 'q', in: 'query', content: { 'application/json': {} } }], 'q=1&z=1', ['z']],
  [[{ name: 'z', in: 'cookie', schema: integer }], 'z=1', ['z']],
])(
  'finds under strict the names that are unknown: %j of %s',
  async ([parameters, text, unknown]) => {
    const findings = await findingsOf(parameters, { query: text }, { strict: true });
    expect(findings.map(({ code, at }) => `${code} ${at}`)).toEqual(
      unknown.map((name) => `request.query.unknown ${name}`),
    );
  },
);

test('says which names there are', async () => {
  const strict = { strict: true };
  expect(brief(await findingsOf(names('$top', 'q'), { query: 'top=1' }, strict))).toEqual([
    'request.query.unknown at top: Query parameter `top` is unknown: GET /p/ takes $top, q.',
  ]);
  expect(brief(await findingsOf([], { query: 'top=1' }, strict))).toEqual([
    'request.query.unknown at top: Query parameter `top` is unknown: GET /p/ takes none.',
  ]);
});

test.for<[name: string, written: string]>([
  ['$top', '$top'],
  ['$top', '%24top'],
  ['$filter[a]', '$filter%5Ba%5D'],
  ['a b', 'a+b'],
  ['a b', 'a%20b'],
  ['größe', 'gr%C3%B6%C3%9Fe'],
  ['a=b', 'a%3Db'],
  ['a&b', 'a%26b'],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  ['toString', 'toString'],
])('knows the name %s, written %s', async ([name, written]) => {
  const list = [{ name, in: 'query', required: true, schema: integer }];
  const strict = { strict: true };
  expect(brief(await findingsOf(list, { query: `${written}=5` }, strict))).toEqual([]);
  expect(await findingsOf(list, { query: `${written}=x` }, strict)).toMatchObject([
    { code: 'request.query.type', at: name },
  ]);
  expect(await findingsOf(list, {}, strict)).toMatchObject([
    { code: 'request.query.required', at: name },
  ]);
});

test.for(['__proto__', 'constructor'])(
  'knows %s in a path, in a cookie and in an object',
  async (name) => {
    const path = [{ name, in: 'path', required: true, schema: integer }];
    expect(await findingsOf(path, { path: '5' })).toEqual([]);
    expect(await findingsOf(path, { path: 'x' })).toMatchObject([
      { code: 'request.path.type', at: name },
    ]);
    const cookie = [{ name, in: 'cookie', required: true, schema: integer }];
    expect(await findingsOf(cookie, { cookie: `${name}=5` })).toEqual([]);
    expect(await findingsOf(cookie, {})).toMatchObject([
      { code: 'request.cookie.required', at: name },
    ]);
    const schema = { type: 'object', properties: JSON.parse(`{"${name}": {"type": "integer"}}`) };
    const object = [spread({ ...schema, required: [name] }, 'deepObject')];
    expect(await findingsOf(object, { query: `o[${name}]=5` })).toEqual([]);
    expect(await findingsOf(object, { query: `o[${name}]=x` })).toMatchObject([
      { code: 'request.query.type', at: `o/${name}` },
    ]);
    expect(await findingsOf(object, { query: 'o[a]=1' })).toMatchObject([
      { code: 'request.query.required', at: `o/${name}` },
    ]);
  },
);

test('does not take a cookie or a header for a query parameter of the same name', async () => {
  const list = [
    { name: 'X-H', in: 'query', required: true, schema: integer },
    { name: 'X-H', in: 'header', required: true, schema: { type: 'string' } },
    { name: 'X-H', in: 'cookie', required: true, schema: { type: 'boolean' } },
  ];
  const sent = { query: 'X-H=1', header: 'a', cookie: 'X-H=true' };
  expect(await findingsOf(list, sent)).toEqual([]);
  expect((await findingsOf(list, {})).map(({ code }) => code)).toEqual([
    'request.query.required',
    'request.header.required',
    'request.cookie.required',
  ]);
});

test.for(['x-h', 'X-H', 'X-h'])('finds a header by its name in any case: %s', async (name) => {
  const list = [{ name, in: 'header', required: true, schema: integer }];
  expect(await findingsOf(list, { header: '5' })).toEqual([]);
  expect(await findingsOf(list, { header: 'x' })).toMatchObject([
    { code: 'request.header.type', at: name },
  ]);
});

test('leaves to other parts of the document what describes Accept, Content-Type and Authorization', async () => {
  const list = ['Accept', 'content-type', 'Authorization'].map((name) => ({
    name,
    in: 'header',
    required: true,
    schema: integer,
  }));
  expect(await findingsOf(list, {})).toEqual([]);
});

test('shares the names of a query among objects that are spread over them', async () => {
  const list = [
    spread({ type: 'object', properties: { R: integer }, additionalProperties: integer }),
    { name: 'q', in: 'query', schema: { type: 'string' } },
    { name: 'd', in: 'query', style: 'deepObject', schema: { type: 'object' } },
  ];
  const strict = { strict: true };
  expect(brief(await findingsOf(list, { query: 'R=1&G=2&q=text&d[x]=text' }, strict))).toEqual([]);
  expect(await findingsOf(list, { query: 'R=1&G=x&q=text' })).toMatchObject([
    { code: 'request.query.type', at: 'o/G' },
  ]);
});

/** An object spread over names of its own, which takes others as whole numbers. */
const greedy = (place: string) => ({
  name: 'o',
  in: place,
  explode: true,
  schema: { type: 'object', properties: { R: integer }, additionalProperties: integer },
});

test.for<[place: 'query' | 'cookie', neighbour: object]>([
  ['query', { name: 'text', in: 'query', schema: { type: 'string' } }],
  ['cookie', { name: 'text', in: 'cookie', schema: { type: 'string' } }],
  ['query', { ...spread({ type: 'object', properties: { text: {} } }), name: 'p' }],
  ['cookie', { ...spread({ type: 'object', properties: { text: {} } }), name: 'p', in: 'cookie' }],
])(
  'regression: an object in %s leaves the names of its neighbours alone: %j',
  async ([place, neighbour]) => {
    const list = [greedy(place), neighbour];
    expect(brief(await findingsOf(list, { [place]: 'text=word' }))).toEqual([]);
    expect(await findingsOf(list, { [place]: 'word=text' })).toMatchObject([
      { code: `request.${place}.type`, at: 'o/word' },
    ]);
  },
);

test('regression: an API key is no member of an object, nor an unknown name under strict', async () => {
  const get = {
    security: [{ query: [], cookie: [] }],
    parameters: [greedy('query'), greedy('cookie')],
    responses: {},
  };
  const spec = await loadSpec({
    openapi: '3.1.1',
    paths: { '/': { get }, '/plain': { get: { ...get, parameters: [] } } },
    components: {
      securitySchemes: {
        query: { type: 'apiKey', in: 'query', name: 'key' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'sid' },
      },
    },
  });
  const headers = { cookie: 'sid=abc' };
  for (const path of ['/', '/plain']) {
    const request = { method: 'GET', url: `${path}?key=abc`, headers };
    expect(brief(await checkRequest(spec, request, { strict: true }))).toEqual([]);
  }
});
