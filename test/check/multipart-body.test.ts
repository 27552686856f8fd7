import { expect, test } from 'vitest';
import { field, file, MULTIPART, multipart, type Part, sent } from './multipart.ts';
import { brief } from './parameter.ts';
import { bodyOf, findingsOfBody, type Sent } from './request-body.ts';

const integer = { type: 'integer' };
const point = { type: 'object', properties: { x: integer } };
const binary = { type: 'string', contentMediaType: 'application/octet-stream' };

test.for<[name: string, properties: object, encoding: object, parts: readonly Part[], unknown]>([
  ['a text', { a: { type: 'string' } }, {}, [field('a', 'é\r\n--c')], { a: 'é\r\n--c' }],
  ['a number', { a: integer }, {}, [field('a', '5')], { a: 5 }],
  ['a number of text/plain', { a: integer }, {}, [field('a', '5', 'text/plain')], { a: 5 }],
  ['a boolean', { a: { type: 'boolean' } }, {}, [field('a', 'true')], { a: true }],
  ['an empty part', { a: { type: 'string' } }, {}, [field('a', '')], { a: '' }],
  ['an object', { a: point }, {}, [field('a', '{"x": 1}')], { a: { x: 1 } }],
  [
    'an object that says what it is',
    { a: point },
    {},
    [field('a', '{"x": 1}', 'application/json')],
    { a: { x: 1 } },
  ],
  [
    'JSON by its encoding',
    { a: {} },
    { a: { contentType: 'application/json' } },
    [field('a', '[1]')],
    { a: [1] },
  ],
  [
    'a text by its encoding',
    { a: { type: ['object', 'string'] } },
    { a: { contentType: 'text/plain' } },
    [field('a', '{}')],
    { a: '{}' },
  ],
  [
    'an encoding of several types',
    { a: binary },
    { a: { contentType: 'image/png, image/jpeg' } },
    [file('a', 'x')],
    { a: 'x' },
  ],
  [
    'an encoding of several types with parameters',
    { a: { type: 'string' } },
    { a: { contentType: 'application/json; v=1, image/png' } },
    [field('a', '[1')],
    { a: '[1' },
  ],
  [
    'what the part says before what its encoding says',
    { a: {} },
    { a: { contentType: 'application/json' } },
    [field('a', '1', 'text/plain')],
    { a: '1' },
  ],
  [
    'a list in several parts',
    { a: { type: 'array', items: integer } },
    {},
    [field('a', '1'), field('a', '2')],
    { a: [1, 2] },
  ],
  [
    'a list of one part',
    { a: { type: 'array', items: integer } },
    {},
    [field('a', '1')],
    { a: [1] },
  ],
  [
    'a list of objects',
    { a: { type: 'array', items: point } },
    {},
    [field('a', '{"x":1}'), field('a', '{"x":2}')],
    { a: [{ x: 1 }, { x: 2 }] },
  ],
  [
    'a list of objects in one part of JSON',
    { a: { type: 'array', items: point } },
    {},
    [field('a', '[{"x":1}]', 'application/json')],
    { a: [{ x: 1 }] },
  ],
  ['several parts of no schema', {}, {}, [field('a', '1'), field('a', '2')], { a: ['1', '2'] }],
  ['a file', { a: binary }, {}, [file('a', Uint8Array.of(0, 255), 'image/png')], { a: '\0ÿ' }],
  ['a file that says nothing', { a: binary }, {}, [file('a', Uint8Array.of(255))], { a: 'ÿ' }],
  ['bytes without a file name', { a: binary }, {}, [field('a', Uint8Array.of(255))], { a: 'ÿ' }],
  [
    'bytes of a type of their own',
    { a: { type: 'string' } },
    {},
    [field('a', 'é', 'application/octet-stream')],
    { a: 'Ã©' },
  ],
  ['a file of JSON', { a: point }, {}, [file('a', '{"x":1}', 'application/json')], { a: { x: 1 } }],
  ['a part of an unreadable type', { a: integer }, {}, [field('a', '5', 'nonsense')], { a: 5 }],
  ['no parts', {}, {}, [], {}],
])('reads from a multipart body %s', async ([, properties, encoding, parts, value]) => {
  const requestBody = multipart(properties, value, encoding);
  expect(brief(await findingsOfBody(requestBody, sent(parts)))).toEqual([]);
  const other = multipart(properties, { other: 1 }, encoding);
  expect(await findingsOfBody(other, sent(parts))).toMatchObject([
    { code: 'request.body.enum', actual: value },
  ]);
});

test.for<[name: string, sent: Sent, reason: string]>([
  ['no boundary', sent([], MULTIPART), 'the Content-Type names no boundary'],
  [
    'another boundary',
    sent([field('a', '1')], `${MULTIPART}; boundary=c`),
    'invalid multipart stream: missing initial boundary',
  ],
  [
    'no end',
    {
      body: `--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1`,
      type: `${MULTIPART}; boundary=b`,
    },
    'multipart stream not finished',
  ],
  [
    'a part of 16 kB of headers',
    sent([[[`X-A: ${'a'.repeat(20_000)}`], '']]),
    'multipart header size exceeds maximum allowed size of 16384 bytes',
  ],
  [
    'more than 10 000 parts',
    sent(Array.from({ length: 10_001 }, () => field('a', '1'))),
    'multipart part count exceeds maximum allowed count of 10000',
  ],
  [
    'a part that is no JSON',
    sent([field('p', '{x: 1}')]),
    'the part `p` is no JSON: unexpected "x" at line 1, column 2',
  ],
  [
    'JSON that is not UTF-8',
    sent([field('p', Uint8Array.of(0x22, 0xff, 0x22))]),
    'the part `p` is not UTF-8',
  ],
])('refuses a multipart body with %s', async ([, given, reason]) => {
  const schema = { type: 'object', properties: { p: point } };
  const findings = await findingsOfBody(bodyOf(MULTIPART, schema), given);
  const at = reason.startsWith('the part `p`') ? '/p' : '';
  expect(findings).toMatchObject([{ code: 'request.body.malformed', at }]);
  expect(findings[0]?.message).toBe(
    `The request body cannot be read as multipart/form-data: ${reason}.`,
  );
});

test.for<[schema: object, parts: readonly Part[], finding: string]>([
  [{ properties: { a: integer } }, [field('a', 'x')], 'type at /a: `a` must be a whole number'],
  [
    { properties: { a: point } },
    [field('a', '{"x":"1"}')],
    'type at /a/x: `a.x` must be a whole number, got "1".',
  ],
  [
    { properties: { a: { type: 'array', items: integer } } },
    [field('a', '1'), field('a', 'x')],
    'type at /a/1: `a[1]` must be a whole number, got "x".',
  ],
  [{ properties: { a: integer } }, [field('a', '1'), field('a', '2')], 'type at /a: `a`'],
  [{ required: ['f'] }, [field('a', '1')], 'required at /f: `f`'],
  [
    { properties: { f: { ...binary, maxLength: 2 } } },
    [file('f', Uint8Array.of(0, 1, 255))],
    'length at /f: `f`',
  ],
])('judges a multipart body by %j', async ([schema, parts, finding]) => {
  const requestBody = bodyOf(MULTIPART, { type: 'object', ...schema });
  expect(brief(await findingsOfBody(requestBody, sent(parts)))).toEqual([
    expect.stringContaining(`request.body.${finding}`),
  ]);
});

test('reads a multipart body as people hold it', async () => {
  const body = new FormData();
  body.set('name', 'é');
  body.append('file', new Blob([Uint8Array.of(0, 255)], { type: 'image/png' }), 'f.png');
  const schema = { name: { type: 'string' }, file: { type: 'string', format: 'binary' } };
  const requestBody = multipart(schema, { name: 'é', file: '\0ÿ' });
  expect(await findingsOfBody(requestBody, { body }, { openapi: '3.0.4' })).toEqual([]);
});

test('reads a multipart body given as a text', async () => {
  const { body, type } = sent([field('a', 'é')]);
  const requestBody = multipart({ a: { type: 'string' } }, { a: 'é' });
  expect(await findingsOfBody(requestBody, { body: String(body), type })).toEqual([]);
});

test.for<[name: string, requestBody: object, parts: readonly Part[]]>([
  ['that has no schema', bodyOf(MULTIPART), [field('a', '1')]],
  [
    'whose parts have no names',
    bodyOf('multipart/*', { type: 'array' }),
    [[['Content-Type: text/plain'], '1']],
  ],
])('passes over a multipart body %s', async ([, requestBody, parts]) => {
  expect(await findingsOfBody(requestBody, sent(parts))).toEqual([]);
});

test('takes any multipart type for what it is', async () => {
  const requestBody = bodyOf('multipart/mixed', { type: 'object', required: ['b'] });
  const given = sent([field('a', '1')], 'multipart/mixed; boundary=b');
  expect(await findingsOfBody(requestBody, given)).toMatchObject([
    { code: 'request.body.required', at: '/b' },
  ]);
});
