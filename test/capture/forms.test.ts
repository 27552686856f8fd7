import { expect, test } from 'vitest';
import { checkFiles, entry, har } from './notes.ts';

const type = 'application/x-www-form-urlencoded';
const parts = 'multipart/form-data';
const user = { name: 'user', value: 'Åsa & co' };
const age = { name: 'age', value: '7' };

/** A form, its content type, and what is found of it. */
const table: readonly (readonly [
  mimeType: string,
  params: readonly unknown[],
  findings: readonly string[],
])[] = [
  [type, [user, age], []],
  [type, [user], ['request.body.required /age']],
  [
    type,
    [
      { name: 'user', value: '%C3%85sa' },
      { name: 'age', value: '%37' },
    ],
    [],
  ],
  [type, [user, { name: 'age', value: 'x' }], ['request.body.type /age']],
  [parts, [user, age], []],
  [parts, [user, { name: 'age', value: 'x' }], ['request.body.type /age']],
  [
    `${parts}; boundary=b`,
    [user, { name: 'age', value: 'x', contentType: 'text/plain' }],
    ['request.body.type /age'],
  ],
  [`${parts}; boundary=b`, [age, { name: 'user', value: 'Z', fileName: 'a.txt' }], []],
  ['application/json', [user], ['request.body.mediaType content-type']],
];

test.for(table)('%s of %j', async ([mimeType, params, findings]) => {
  const said = await checkLogin({ mimeType, params });
  expect(said.findings).toEqual(findings);
});

test('a file that was not kept leaves the form unjudged', async () => {
  const said = await checkLogin({ mimeType: parts, params: [{ name: 'user', fileName: 'a.txt' }] });
  expect(said.findings).toEqual([]);
  expect(said.skipped).toEqual(['1 request bodies that the capture leaves out']);
});

test('the text of a form goes before its parts', async () => {
  const said = await checkLogin({ mimeType: type, text: 'user=a&age=x', params: [user, age] });
  expect(said.findings).toEqual(['request.body.type /age']);
});

function checkLogin(postData: {
  readonly mimeType: string;
  readonly text?: string;
  readonly params: readonly unknown[];
}) {
  const headers = [{ name: 'Content-Type', value: postData.mimeType }];
  const request = { method: 'POST', url: 'https://api.test/v1/login', headers, postData };
  const response = { status: 204, headers: [], content: { size: 0 } };
  return checkFiles({ 'one.har': har([entry({ request, response })]) });
}
