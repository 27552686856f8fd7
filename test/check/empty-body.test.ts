import { expect, test } from 'vitest';
import { findingsOfAnswer } from './answer.ts';
import { bodyOf, findingsOfBody } from './request-body.ts';

const text = { type: 'string' };
const FORM = 'application/x-www-form-urlencoded';

test.for<[name: string, type: string, schema: object | undefined, isTaken: boolean]>([
  ['a text', 'text/plain', text, true],
  ['any text', 'text/plain', undefined, true],
  ['a text of a charset', 'text/plain;charset=UTF-8', text, true],
  ['a text that must say something', 'text/plain', { ...text, minLength: 1 }, false],
  ['a number', 'text/plain', { type: 'integer' }, false],
  ['bytes', 'application/octet-stream', text, true],
  ['a form', FORM, { type: 'object', properties: { a: text } }, true],
  ['a form with a required field', FORM, { type: 'object', required: ['a'] }, false],
  ['JSON', 'application/json', {}, false],
  ['parts', 'multipart/form-data; boundary=b', { type: 'object' }, false],
  ['what the document does not have', 'text/csv', text, false],
])('takes no bytes for %s only where they are one', async ([, type, schema, isTaken]) => {
  const [essence = ''] = type.replace('csv', 'plain').split(';');
  const requestBody = { ...bodyOf(essence, schema), required: true };
  for (const body of ['', undefined, new Uint8Array()]) {
    const sent = await findingsOfBody(requestBody, { body, type });
    expect(sent.map(({ code }) => code)).toEqual(isTaken ? [] : ['request.body.required']);
    const headers = { 'content-type': type };
    const got = await findingsOfAnswer({ 200: bodyOf(essence, schema) }, { headers, body });
    expect(got.map(({ code }) => code)).toEqual(isTaken ? [] : ['response.body.required']);
  }
});

test('takes no bytes for no body where no Content-Type is given', async () => {
  const requestBody = { ...bodyOf('text/plain', text), required: true };
  expect(await findingsOfBody(requestBody, { body: '' })).toMatchObject([
    { code: 'request.body.required' },
  ]);
});
