import { expect, test } from 'vitest';
import { brief } from './parameter.ts';
import { bodyOf, bytes, findingsOfBody } from './request-body.ts';

const JSON_TYPE = 'application/json';
const point = {
  type: 'object',
  required: ['x'],
  properties: { x: { type: 'integer' }, name: { const: 'é' } },
};

test.for<[mediaType: string, type: string | undefined, body: unknown]>([
  [JSON_TYPE, JSON_TYPE, '{"x": 5}'],
  [JSON_TYPE, 'Application/JSON', '{"x": 5}'],
  [JSON_TYPE, 'application/json; charset=utf-8', bytes('{"x": 5, "name": "é"}')],
  [JSON_TYPE, 'application/json; charset="UTF-8"', bytes('{"x": 5, "name": "é"}')],
  [JSON_TYPE, 'application/json; charset=us-ascii', bytes('{"x": 5}')],
  [JSON_TYPE, JSON_TYPE, bytes('{"x": 5, "name": "é"}')],
  [JSON_TYPE, JSON_TYPE, bytes('\ufeff{"x": 5}')],
  [JSON_TYPE, JSON_TYPE, '\ufeff{"x": 5}'],
  [JSON_TYPE, JSON_TYPE, ' \r\n\t{"x": 5} \n'],
  [JSON_TYPE, undefined, { x: 5 }],
  ['application/merge-patch+json', undefined, { x: 5 }],
  ['application/merge-patch+json', 'application/merge-patch+json', '{"x": 5}'],
  ['application/*+json', 'application/problem+json', '{"x": 5}'],
  ['application/*', 'application/problem+json', '{"x": 5}'],
  ['*/*', JSON_TYPE, '{"x": 5}'],
  ['text/json', 'text/json', '{"x": 5}'],
  ['application/json; v=2', 'application/json; v=2; q=1', '{"x": 5}'],
  ['application/json; charset=utf-8', JSON_TYPE, '{"x": 5}'],
])('reads %s, sent as %s', async ([mediaType, type, body]) => {
  const requestBody = bodyOf(mediaType, point);
  expect(brief(await findingsOfBody(requestBody, { body, type }))).toEqual([]);
  // The same body read against another schema: it has been read, not passed over.
  const strings = bodyOf(mediaType, { type: 'object', properties: { x: { type: 'string' } } });
  expect(brief(await findingsOfBody(strings, { body, type }))).toEqual([
    'request.body.type at /x: `x` must be a string, got 5.',
  ]);
});

test.for<[body: unknown, reason: string]>([
  ['{"x": 5', 'it ends too early at line 1, column 8'],
  ['{\n  "x": five\n}', 'unexpected "five" at line 2, column 8'],
  ['{"x": 5,}', 'unexpected "}" at line 1, column 9'],
  ["{'x': 5}", 'unexpected "\'" at line 1, column 2'],
  ['{"x": 5} {"x": 6}', 'unexpected "{" at line 1, column 10'],
  ['[1,\r\n\r\n 2 3]', 'unexpected "3" at line 3, column 4'],
  ['\ufeff{"x" 5}', 'unexpected "5" at line 1, column 6'],
  ['{"a": NaN}', 'unexpected "NaN" at line 1, column 7'],
  ['{"a": 05}', 'unexpected "5" at line 1, column 8'],
  ['"a\tb"', 'unexpected "\\"a\\tb\\"" at line 1, column 1'],
  ['"\\x"', 'unexpected "\\"\\\\x\\"" at line 1, column 1'],
  ['   ', 'it ends too early at line 1, column'],
  ['x=5', 'unexpected "x" at line 1, column 1'],
  [bytes('{"x": "é" 1}'), 'unexpected "1" at line 1, column 11'],
  [Uint8Array.of(0x22, 0xff, 0x22), 'its bytes are not utf-8'],
])('says where this stops to be JSON: %j', async ([body, reason]) => {
  const findings = await findingsOfBody(bodyOf(JSON_TYPE, point), { body, type: JSON_TYPE });
  expect(findings).toMatchObject([{ code: 'request.body.malformed', severity: 'error', at: '' }]);
  expect(findings[0]?.message).toContain(
    `The request body cannot be read as application/json: ${reason}`,
  );
});

test.for<[charset: string, message: string]>([
  ['utf-16', 'application/json is UTF-8 (RFC 8259), not utf-16.'],
  ['ISO-8859-1', 'application/json is UTF-8 (RFC 8259), not iso-8859-1.'],
])('takes JSON in no charset but UTF-8: %s', async ([charset, message]) => {
  const type = `application/json; charset=${charset}`;
  expect(
    brief(await findingsOfBody(bodyOf(JSON_TYPE, point), { body: bytes('{}'), type })),
  ).toEqual([
    `request.body.mediaType at content-type: The request body cannot be read as application/json: ${message}`,
  ]);
});

test.for<[body: unknown]>([[undefined], [''], [new Uint8Array()], [new Blob([])]])(
  'finds that a required body is missing: %j',
  async ([body]) => {
    const content = bodyOf(JSON_TYPE, point);
    const required = { ...content, required: true };
    const [type] = [JSON_TYPE];
    expect(await findingsOfBody(required, { body, type })).toMatchObject([
      {
        code: 'request.body.required',
        at: '',
        message: 'The request body is missing: it is required.',
      },
    ]);
    expect(await findingsOfBody(content, { body, type })).toEqual([]);
    expect(await findingsOfBody({ ...content, required: false }, { body })).toEqual([]);
  },
);

const NULL_BODY = { body: null, type: JSON_TYPE };

test('takes null for a body', async () => {
  const required = { ...bodyOf(JSON_TYPE, { type: 'null' }), required: true };
  expect(await findingsOfBody(required, NULL_BODY)).toEqual([]);
  expect(await findingsOfBody(bodyOf(JSON_TYPE, { type: 'object' }), NULL_BODY)).toMatchObject([
    { code: 'request.body.type', message: 'The request body must be an object, got null.' },
  ]);
});

test.for<[content: readonly string[], type: string | undefined, message: string]>([
  [[JSON_TYPE], undefined, 'must be application/json: there is no Content-Type.'],
  [[JSON_TYPE], 'text/plain', 'must be application/json: got text/plain.'],
  [[JSON_TYPE], 'application/problem+json', 'must be application/json: got application/problem'],
  [[JSON_TYPE], 'json', 'must be application/json: got json.'],
  [[JSON_TYPE, 'text/*'], 'image/png', 'must be application/json or text/*: got image/png.'],
  [['application/json; v=2'], JSON_TYPE, 'must be application/json; v=2: got application/json.'],
  [['application/*+json'], JSON_TYPE, 'must be application/*+json: got application/json.'],
  [[], JSON_TYPE, 'must be of no media type: got application/json.'],
])('refuses for %j a body of %s', async ([names, type, message]) => {
  const content = Object.fromEntries(names.map((name) => [name, {}]));
  const findings = await findingsOfBody({ content }, { body: '5', type });
  expect(findings).toMatchObject([
    { code: 'request.body.mediaType', severity: 'error', at: 'content-type', expected: names },
  ]);
  expect(findings[0]?.message).toContain(`The request body ${message}`);
});

test.for<[type: string, expected: number]>([
  ['application/json', 1],
  ['application/problem+json', 2],
  ['application/vnd.a+json', 3],
  ['application/cbor+json; v=1', 4],
  ['text/json', 5],
])('lets the most exact media type judge: %s', async ([type, expected]) => {
  const keys = [
    '*/*',
    'application/*',
    'application/*+json',
    'application/cbor+json; v=1',
    'application/json',
    'application/problem+json',
  ];
  const wanted = [5, 0, 3, 4, 1, 2];
  const content = Object.fromEntries(
    keys.map((key, index) => [key, { schema: { const: wanted[index] } }]),
  );
  expect(brief(await findingsOfBody({ content }, { body: String(expected), type }))).toEqual([]);
  expect(await findingsOfBody({ content }, { body: '9', type })).toMatchObject([
    { code: 'request.body.enum', expected },
  ]);
});

test('takes any body where there is no schema', async () => {
  expect(await findingsOfBody(bodyOf(JSON_TYPE), { body: '[]', type: JSON_TYPE })).toEqual([]);
  expect(await findingsOfBody({ content: { [JSON_TYPE]: null } }, { body: { a: 1 } })).toEqual([]);
  expect(await findingsOfBody(bodyOf(JSON_TYPE), { body: '[', type: JSON_TYPE })).toMatchObject([
    { code: 'request.body.malformed' },
  ]);
});

test.for<[schema: object, type: string, body: unknown, findings: readonly object[]]>([
  [{ type: 'string', maxLength: 2 }, 'text/plain', 'é€', []],
  [{ type: 'string', maxLength: 2 }, 'text/plain', bytes('é€'), []],
  [{ type: 'string', maxLength: 1 }, 'text/plain', 'ab', [{ code: 'request.body.length' }]],
  [{ type: 'string', const: 'é' }, 'text/plain; charset=iso-8859-1', Uint8Array.of(0xe9), []],
  [{ type: 'string' }, 'text/plain', Uint8Array.of(0xe9), [{ code: 'request.body.malformed' }]],
  [
    { type: 'string' },
    'text/plain; charset=klingon',
    bytes('a'),
    [{ code: 'request.body.mediaType', at: 'content-type' }],
  ],
  [{ type: 'integer', minimum: 5 }, 'text/plain', '5', []],
  [{ type: 'integer', minimum: 5 }, 'text/plain', '4', [{ code: 'request.body.range' }]],
  [{ type: 'integer' }, 'text/csv', 'a,b', [{ code: 'request.body.type', actual: 'a,b' }]],
  // Lists and objects have no writing in a text: what cannot be read is not judged.
  [{ type: 'object', required: ['x'] }, 'text/csv', 'a,b', []],
])('judges by %j the text %s %j', async ([schema, type, body, findings]) => {
  const [essence = ''] = type.split(';');
  expect(await findingsOfBody(bodyOf(essence, schema), { body, type })).toMatchObject(findings);
});

test('passes over a text that has no schema', async () => {
  const sent = { body: 'a', type: 'text/plain' };
  expect(await findingsOfBody(bodyOf('text/plain'), sent)).toEqual([]);
});

test.for(['application/xml', 'text/xml', 'application/atom+xml', 'application/yaml'])(
  'leaves an object in %s unread',
  async (type) => {
    expect(await findingsOfBody(bodyOf(type, point), { body: '<x>five</x>', type })).toEqual([]);
    const text = bodyOf(type, { type: 'string', maxLength: 3 });
    expect(await findingsOfBody(text, { body: '<x/>', type })).toMatchObject([
      { code: 'request.body.length' },
    ]);
  },
);

test.for<[schema: object | undefined, body: unknown, findings: readonly object[]]>([
  [{ type: 'string', format: 'binary', maxLength: 3 }, Uint8Array.of(0, 255, 128), []],
  [{ type: 'string', format: 'binary' }, 'text', []],
  [{ type: 'string', maxLength: 2 }, Uint8Array.of(0, 255, 128), [{ code: 'request.body.length' }]],
  [{ type: 'object' }, Uint8Array.of(0), []],
  [{}, Uint8Array.of(0), []],
  [undefined, Uint8Array.of(0), []],
])('judges by %j the bytes %j', async ([schema, body, findings]) => {
  const type = 'application/octet-stream';
  expect(await findingsOfBody(bodyOf(type, schema), { body, type })).toMatchObject(findings);
});

test('reads bytes of format binary, whatever media type they are of', async () => {
  const requestBody = bodyOf(JSON_TYPE, { type: 'string', format: 'binary' });
  expect(await findingsOfBody(requestBody, { body: '{', type: JSON_TYPE })).toEqual([]);
});
