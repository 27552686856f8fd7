import { expect, test } from 'vitest';
import { append } from '../../src/spec/pointer.ts';
import { brief } from './parameter.ts';
import { bodyOf, bytes, findingsOfBody } from './request-body.ts';

const FORM = 'application/x-www-form-urlencoded';
const integer = { type: 'integer' };
const strings = { type: 'array', items: { type: 'string' } };
const integers = { type: 'array', items: integer };
/** A literal would set the prototype. */
const OWN_PROTO = JSON.parse('{"__proto__": {"type": "integer"}}');
const nullables = { type: ['array', 'null'], items: integer };
const nullableTexts = { type: ['array', 'null'], items: { type: 'string' } };
const point = { type: 'object', properties: { x: integer, y: integer } };

/** A form whose value must be exactly this: no finding means that it was read so. */
function form(properties: object, value: unknown, encoding: object = {}): object {
  return bodyOf(FORM, { type: 'object', properties, const: value }, { encoding });
}

test.for<[properties: object, encoding: object, text: string, value: unknown]>([
  [{ a: integer, b: { type: 'string' } }, {}, 'a=1&b=2', { a: 1, b: '2' }],
  [{ a: { type: 'string' } }, {}, 'a=x+y%26%3D%2Bz', { a: 'x y&=+z' }],
  [{ a: { type: 'string' } }, {}, 'a', { a: '' }],
  [{ a: { type: 'string' } }, {}, 'a=x=y', { a: 'x=y' }],
  [{ 'a b': integer }, {}, 'a+b=1', { 'a b': 1 }],
  [{ a: { type: 'boolean' }, b: { type: 'null' } }, {}, 'a=true&b=', { a: true, b: null }],
  [{ a: strings }, {}, 'a=x&a=y', { a: ['x', 'y'] }],
  [{ a: integers }, {}, 'a=1', { a: [1] }],
  [{ a: strings }, {}, 'a=x,y', { a: ['x,y'] }],
  [{ a: { type: ['string', 'array'] } }, {}, 'a=x', { a: 'x' }],
  [{ a: { type: ['string', 'array'] } }, {}, 'a=x&a=y', { a: ['x', 'y'] }],
  [{ a: strings }, { a: { explode: false } }, 'a=x,y%2Cz', { a: ['x', 'y,z'] }],
  [{ a: nullables }, {}, 'a=1', { a: [1] }],
  [{ a: nullables }, {}, 'a=1&a=2', { a: [1, 2] }],
  [{ a: nullables }, {}, 'a=', { a: null }],
  [{ a: nullables }, {}, 'a=null', { a: null }],
  [{ a: nullables }, { a: { explode: false } }, 'a=1,2', { a: [1, 2] }],
  [{ a: nullableTexts }, {}, 'a=x', { a: ['x'] }],
  [{ a: nullableTexts }, {}, 'a=null', { a: null }],
  [{ a: { ...point, type: ['object', 'null'] } }, {}, 'a=%7B%22x%22:1%7D', { a: { x: 1 } }],
  [{ a: { ...point, type: ['object', 'null'] } }, {}, 'a[x]=1', { a: { x: 1 } }],
  [{ a: { ...point, type: ['object', 'null'] } }, {}, 'a=', { a: null }],
  [{ a: strings }, { a: { style: 'form' } }, 'a=x&a=y', { a: ['x', 'y'] }],
  [{ a: integers }, { a: { style: 'pipeDelimited' } }, 'a=1|2%7C3', { a: [1, 2, 3] }],
  [{ a: integers }, { a: { style: 'spaceDelimited' } }, 'a=1+2%203', { a: [1, 2, 3] }],
  [{ a: point }, { a: { style: 'form', explode: false } }, 'a=x,1,y,2', { a: { x: 1, y: 2 } }],
  [{ a: point }, { a: { style: 'deepObject' } }, 'a[x]=1&a%5By%5D=2', { a: { x: 1, y: 2 } }],
  [{ a: point }, {}, 'a[x]=1&a[y]=2', { a: { x: 1, y: 2 } }],
  [{ a: point }, {}, 'a=%7B%22x%22:1%7D', { a: { x: 1 } }],
  [{ a: point }, { a: { contentType: 'application/json' } }, 'a={"x":1}', { a: { x: 1 } }],
  [{ a: point }, { a: { contentType: 'application/a+json' } }, 'a={"x":1}', { a: { x: 1 } }],
  [{ a: integer }, {}, 'z=5&a=1&z=6', { a: 1, z: ['5', '6'] }],
  [{ a: integer }, {}, 'z=%zz&a=1', { a: 1, z: '%zz' }],
  [{}, {}, 'z=5', { z: '5' }],
  [{ constructor: integer }, {}, 'constructor=5', { constructor: 5 }],
  [OWN_PROTO, {}, '__proto__=5', JSON.parse('{"__proto__": 5}')],
])('reads the form %j with %j: %s', async ([properties, encoding, text, value]) => {
  const sent = { body: bytes(text), type: FORM };
  expect(brief(await findingsOfBody(form(properties, value, encoding), sent))).toEqual([]);
  // The same form is nothing else: the reading above was not passed over.
  expect(await findingsOfBody(form(properties, { other: 1 }, encoding), sent)).toMatchObject([
    { code: 'request.body.enum', at: '', actual: value },
  ]);
});

test.for<[properties: object, encoding: object, text: string, reason: string]>([
  [{ a: integer }, {}, 'a=1&a=2', '`a` is given twice: it takes one value'],
  [{ 'a/b': integer }, {}, 'a/b=1&a/b=2', '`a/b` is given twice: it takes one value'],
  [{ a: integer }, {}, 'a=%zz', '`a` has "%zz", which is no percent-encoding'],
  [{ a: integer }, {}, 'a=%ff', '`a` is not percent-encoded UTF-8: "%ff"'],
  [{ a: integer }, {}, '%z=1', 'a name has "%z", which is no percent-encoding'],
  [{ a: strings }, {}, 'a=1&a=%', '`a` has "%", which is no percent-encoding'],
  [{ a: strings }, { a: { explode: false } }, 'a=1&a=2', '`a` is given twice: all its items'],
  [{ a: point }, {}, 'a={x:1}', '`a` is no JSON: unexpected "x" at line 1, column 2'],
  [{ a: point }, {}, 'a={}&a={}', '`a` is given twice: it takes one value'],
  [{ a: point }, {}, 'a=%zz', '`a` has "%zz", which is no percent-encoding'],
  [{ a: point }, {}, 'a[x=1', '`a` cannot be read: "a[x" has brackets that do not match'],
  [{ a: point }, { a: { style: 'deepObject' } }, 'a=1', '`a` must be written as a[property]=value'],
  [{ a: point }, { a: { style: 'form', explode: false } }, 'a=x', '`a` must have names and values'],
])('refuses the form %j with %j: %s', async ([properties, encoding, text, reason]) => {
  const requestBody = bodyOf(FORM, { type: 'object', properties }, { encoding });
  const findings = await findingsOfBody(requestBody, { body: text, type: FORM });
  const [, name] = /^`(.*)`/.exec(reason) ?? [];
  const at = name === undefined ? '' : append('', name);
  expect(findings).toMatchObject([{ code: 'request.body.malformed', at }]);
  expect(findings[0]?.message).toContain(
    `The request body cannot be read as application/x-www-form-urlencoded: ${reason}`,
  );
});

test.for<[schema: object, text: string, finding: string]>([
  [{ properties: { a: integer } }, 'a=x', 'type at /a: `a` must be a whole number, got "x".'],
  [
    { properties: { a: integers } },
    'a=1&a=x',
    'type at /a/1: `a[1]` must be a whole number, got "x".',
  ],
  [{ properties: { a: point } }, 'a[x]=u', 'type at /a/x: `a.x` must be a whole number, got "u".'],
  [{ properties: { a: point } }, 'a={"x":"1"}', 'type at /a/x: `a.x` must be a whole number'],
  [{ required: ['b'], properties: { a: integer } }, 'a=1', 'required at /b: `b`'],
  [{ properties: { a: integer }, additionalProperties: false }, 'a=1&b=2', 'unknown at /b: `b`'],
])('judges the form by %j: %s', async ([schema, text, finding]) => {
  const requestBody = bodyOf(FORM, { type: 'object', ...schema });
  const found = brief(await findingsOfBody(requestBody, { body: text, type: FORM }));
  expect(found).toEqual([expect.stringContaining(`request.body.${finding}`)]);
});

test('reads a form as people hold it', async () => {
  const requestBody = form({ a: integer, b: strings }, { a: 1, b: ['x', 'é &'] });
  const body = new URLSearchParams([
    ['a', '1'],
    ['b', 'x'],
    ['b', 'é &'],
  ]);
  expect(await findingsOfBody(requestBody, { body })).toEqual([]);
});

test('reads a form whose schema is put together', async () => {
  const schemas = { base: { type: 'object', properties: { a: integer } } };
  const schema = {
    allOf: [{ $ref: '#/components/schemas/base' }, { properties: { b: integers } }],
    unevaluatedProperties: false,
  };
  const sent = { body: 'a=1&b=2', type: FORM };
  expect(brief(await findingsOfBody(bodyOf(FORM, schema), sent, { schemas }))).toEqual([]);
});

test('passes over a form that has no schema', async () => {
  expect(await findingsOfBody(bodyOf(FORM), { body: 'a=1', type: FORM })).toEqual([]);
});

test('finds under strict the names that a form does not know', async () => {
  const requestBody = bodyOf(FORM, { type: 'object', properties: { a: integer } });
  const sent = { body: 'a=1&b=2', type: FORM };
  expect(await findingsOfBody(requestBody, sent)).toEqual([]);
  expect(await findingsOfBody(requestBody, sent, { strict: true })).toMatchObject([
    { code: 'request.body.unknown', at: '/b' },
  ]);
});
