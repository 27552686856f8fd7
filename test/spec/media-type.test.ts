import { expect, test } from 'vitest';
import {
  charsetOf,
  isForm,
  isJson,
  isMultipart,
  isText,
  parseMediaType,
  selectMediaType,
} from '../../src/spec/media-type.ts';
import { isObjectNode } from '../../src/spec/node.ts';
import { rootOf } from '../../src/spec/source.ts';

/** The key that a `Content-Type` chooses among others. */
function keyFor(keys: readonly string[], contentType: string | undefined): string | undefined {
  const root = Object.fromEntries(keys.map((key) => [key, { schema: {} }]));
  const content = rootOf({ uri: 'x:y', file: 'y', root, syntax: 'json', text: () => '' });
  if (!isObjectNode(content)) throw new TypeError('it is an object');
  return selectMediaType(content, contentType)?.key;
}

test.for([
  ['application/json', 'application/json', []],
  ['Application/JSON; Charset="UTF-8"', 'application/json', [['charset', 'UTF-8']]],
  [' text/plain ;a=1;A=2;b', 'text/plain', [['a', '1']]],
  ['a/b;__proto__=1', 'a/b', [['__proto__', '1']]],
  ['text/*', 'text/*', []],
] as const)('reads %s', ([text, essence, parameters]) => {
  const read = parseMediaType(text);
  expect(read?.essence).toBe(essence);
  expect(`${read?.type}/${read?.subtype}`).toBe(essence);
  expect([...(read?.parameters ?? [])]).toEqual(parameters);
});

test.for(['', 'json', 'a/', '/b', 'a/b, c/d', 'a b/c', '{}'])('does not read %j', (text) => {
  expect(parseMediaType(text)).toBeUndefined();
  expect(parseMediaType(text), 'nor when it is asked again').toBeUndefined();
});

test('reads the same however many have been read in between', () => {
  const first = parseMediaType('multipart/form-data; boundary=0');
  expect(parseMediaType('multipart/form-data; boundary=0')).toBe(first);
  for (let index = 1; index < 1000; index += 1)
    parseMediaType(`multipart/mixed; boundary=${index}`);
  expect(parseMediaType('multipart/form-data; boundary=0')).toEqual(first);
});

const VERSIONS = ['application/json;version=1', 'application/json;version=2'];
const RANGES = ['*/*', 'application/*', 'application/*+json', 'application/json', 'text/*'];

test.for([
  [['application/json'], 'application/json', 'application/json'],
  [['application/json'], 'APPLICATION/json; charset=utf-8', 'application/json'],
  [['Application/JSON'], 'application/json', 'Application/JSON'],
  [
    ['application/json'],
    'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
    'application/json',
  ],
  [['application/json'], 'application/jsonx', undefined],
  [['application/json'], 'application/problem+json', undefined],
  [['application/json'], 'application/json, text/html', undefined],
  [['application/json'], 'json', undefined],
  [['*/*'], 'json', undefined],
  [['application/json'], undefined, undefined],
  [RANGES, undefined, '*/*'],
  [RANGES, 'application/json', 'application/json'],
  [RANGES, 'application/problem+json', 'application/*+json'],
  [RANGES, 'application/pdf', 'application/*'],
  [RANGES, 'text/csv; header=present', 'text/*'],
  [RANGES, 'image/png', '*/*'],
  [VERSIONS, 'application/json; version=2', 'application/json;version=2'],
  [VERSIONS, 'application/json; Version="1"; charset=utf-8', 'application/json;version=1'],
  [VERSIONS, 'application/json; version=3', undefined],
  [VERSIONS, 'application/json', undefined],
  [['application/json', ...VERSIONS], 'application/json;version=2', 'application/json;version=2'],
  [['application/json', ...VERSIONS], 'application/json;version=3', 'application/json'],
  [['*/*', ...VERSIONS], 'application/json;version=3', '*/*'],
  [['a/b;x=1', 'a/b;x=1;y=2'], 'a/b;y=2;x=1', 'a/b;x=1;y=2'],
  [['a/b;x=1', 'a/b;x=1;y=2'], 'a/b;x=1', 'a/b;x=1'],
  [['a/b;x=Yes'], 'a/b;x=yes', 'a/b;x=Yes'],
  [['application/json; charset=utf-8'], 'application/json', 'application/json; charset=utf-8'],
  [
    ['application/json; charset=UTF-8'],
    'application/json;charset=utf-8',
    'application/json; charset=UTF-8',
  ],
  [['application/json; charset=utf-8'], 'application/json;charset=latin1', undefined],
  [['text/plain; charset=latin1'], 'text/plain', undefined],
  [['not a media type', 'text/plain'], 'text/plain', 'text/plain'],
  [[], 'text/plain', undefined],
] as const)('chooses among %j for %s: %s', ([keys, contentType, want]) => {
  expect(keyFor(keys, contentType)).toBe(want);
});

test('gives the media type object, empty where the document writes nothing', () => {
  const root = { 'text/plain': { schema: { type: 'string' } }, 'text/csv': null };
  const source = { uri: 'x:y', file: 'y', root, syntax: 'json', text: () => '' } as const;
  const content = { source, pointer: '/content', value: root };
  expect(selectMediaType(content, 'text/plain')?.node).toMatchObject({
    pointer: '/content/text~1plain',
    value: { schema: { type: 'string' } },
  });
  expect(selectMediaType(content, 'text/csv')?.node).toMatchObject({
    pointer: '/content/text~1csv',
    value: {},
  });
});

test.for([
  ['application/json', 'json'],
  ['text/json', 'json'],
  ['application/vnd.api+json', 'json'],
  ['application/jsonp', ''],
  ['application/json-seq', ''],
  ['application/x-www-form-urlencoded', 'form'],
  ['multipart/form-data', 'multipart'],
  ['multipart/mixed', 'multipart'],
  ['text/plain', 'text'],
  ['text/csv', 'text'],
  ['application/xml', 'text'],
  ['image/svg+xml', 'text'],
  ['application/yaml', 'text'],
  ['application/octet-stream', ''],
  ['image/png', ''],
] as const)('knows how %s is written: %s', ([essence, want]) => {
  const kinds = { json: isJson, form: isForm, multipart: isMultipart, text: isText };
  const found = Object.entries(kinds).filter(([, isKind]) => isKind(essence));
  expect(found.map(([name]) => name).join(' ')).toBe(want);
});

test('names the charset in lower case', () => {
  const charset = (text: string) => charsetOf(parseMediaType(text) ?? expect.fail(text));
  expect(charset('text/plain; charset=ISO-8859-1')).toBe('iso-8859-1');
  expect(charset('text/plain')).toBeUndefined();
});
