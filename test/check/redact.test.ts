import { expect, test } from 'vitest';
import { redactFinding, redactHeaders, redactQuery, redactValue } from '../../src/check/redact.ts';

test.for([
  ['a=1&sig=x', 'a=1&sig=[redacted]'],
  ['access_token=x&refreshToken=y', 'access_token=[redacted]&refreshToken=[redacted]'],
  ['%73ig=x', '%73ig=[redacted]'],
  [
    'api-key=x&client_secret=y&code=z',
    'api-key=[redacted]&client_secret=[redacted]&code=[redacted]',
  ],
  ['broken%=x&$top=1', 'broken%=x&$top=1'],
] as const)('takes secrets out of the query %s', ([query, redacted]) => {
  expect(redactQuery(query)).toBe(redacted);
});

test('takes out what a document calls a key', () => {
  expect(redactQuery('k=x&l=y', new Set(['k']))).toBe('k=[redacted]&l=y');
  expect(redactHeaders({ 'x-k': 'x', accept: 'y' }, new Set(['x-k']))).toEqual({
    'x-k': '[redacted]',
    accept: 'y',
  });
});

test('takes credentials out of headers, and signatures out of their URLs', () => {
  expect(
    redactHeaders({
      authorization: 'Bearer x',
      cookie: 'a=b',
      location: 'https://a.example/x?sv=1&sig=s3cret',
      other: undefined,
    }),
  ).toEqual({
    authorization: '[redacted]',
    cookie: '[redacted]',
    location: 'https://a.example/x?sv=1&sig=[redacted]',
  });
});

test('takes secrets out of bodies, and leaves codes and keys of errors', () => {
  const url = 'https://blob.example/u?sv=1&sig=s3cret&sr=c';
  expect(
    redactValue({
      salt: 's3cret',
      accessToken: 's3cret',
      password: 's3cret',
      error: { code: 'NotFound', key: 'k' },
      list: [{ dataUploadURI: url }, url, 5, null],
    }),
  ).toEqual({
    salt: '[redacted]',
    accessToken: '[redacted]',
    password: '[redacted]',
    error: { code: 'NotFound', key: 'k' },
    list: [
      { dataUploadURI: 'https://blob.example/u?sv=1&sig=[redacted]&sr=c' },
      'https://blob.example/u?sv=1&sig=[redacted]&sr=c',
      5,
      null,
    ],
  });
});

const spec = { file: 'a.yaml', line: 1, column: 1, pointer: '' };

test.for([
  ['request.query.type', 'token', true],
  ['request.body.type', '/salt', true],
  ['request.body.type', '/code', false],
  ['request.query.type', '$top', false],
] as const)('takes values out of findings: %s at %s', ([code, at, isSecret]) => {
  const message = 'It must be a whole number, got "s3cret".';
  const finding = { code, severity: 'error', message, at, spec, actual: 's3cret' } as const;
  const redacted = redactFinding(finding);
  if (isSecret) expect(JSON.stringify(redacted)).not.toContain('s3cret');
  else expect(redacted).toBe(finding);
});
