import { expect, test } from 'vitest';
import {
  redactBody,
  redactFinding,
  redactHeaders,
  redactQuery,
  redactValue,
} from '../../src/check/redact.ts';

test.for([
  ['a=1&sig=x', 'a=1&sig=REDACTED'],
  ['access_token=x&refreshToken=y', 'access_token=REDACTED&refreshToken=REDACTED'],
  ['%73ig=x', '%73ig=REDACTED'],
  ['api-key=x&client_secret=y&code=z', 'api-key=REDACTED&client_secret=REDACTED&code=REDACTED'],
  ['broken%=x&$top=1', 'broken%=x&$top=1'],
  ['$skiptoken=x&pageToken=y&nextPageToken=z', '$skiptoken=x&pageToken=y&nextPageToken=z'],
  ['to=https%3A%2F%2Fa.example%2F%3Fsig%3Dx', 'to=https%3A%2F%2Fa.example%2F%3Fsig%3DREDACTED'],
] as const)('takes secrets out of the query %s', ([query, redacted]) => {
  expect(redactQuery(query)).toBe(redacted);
});

test('takes out what a document calls a key', () => {
  expect(redactQuery('k=x&l=y', new Set(['k']))).toBe('k=REDACTED&l=y');
  expect(redactHeaders({ 'x-k': 'x', accept: 'y' }, new Set(['x-k']))).toEqual({
    'x-k': 'REDACTED',
    accept: 'y',
  });
});

test('takes credentials out of headers, and signatures out of their URLs', () => {
  expect(
    redactHeaders({
      authorization: 'Bearer x',
      'proxy-authorization': 's3cret',
      cookie: 'a=s3cret; b=s3cret',
      'set-cookie': 'a=s3cret; Path=/\nb=s3cret; Secure',
      'x-api-key': 's3cret',
      'x-auth-token': 's3cret',
      'x-goog-api-key': 's3cret',
      'idempotency-key': 'kept',
      location: 'https://a.example/x?sv=1&sig=s3cret',
      referer: 'https://a.example/back?code=s3cret&state=1#access_token=s3cret',
      'content-location': '/x?tempauth=s3cret',
      other: undefined,
    }),
  ).toEqual({
    authorization: 'Bearer REDACTED',
    'proxy-authorization': 'REDACTED',
    cookie: 'a=REDACTED; b=REDACTED',
    'set-cookie': 'a=REDACTED; Path=/\nb=REDACTED; Secure',
    'x-api-key': 'REDACTED',
    'x-auth-token': 'REDACTED',
    'x-goog-api-key': 'REDACTED',
    'idempotency-key': 'kept',
    location: 'https://a.example/x?sv=1&sig=REDACTED',
    referer: 'https://a.example/back?code=REDACTED&state=1#access_token=REDACTED',
    'content-location': '/x?tempauth=REDACTED',
  });
});

test('takes out all texts in what is secret, and no counts', () => {
  expect(
    redactValue({
      token: { value: 's3cret', tries: 3 },
      refreshTokens: ['s3cret'],
      saltHex: 's3cret',
      privateKey: 's3cret',
      db: 'postgres://me:s3cret@h.example/x',
      upload: '/u?sig=s3cret',
      usage: { total_tokens: 12 },
      link: { '@odata.nextLink': 'https://a.example/x?$skiptoken=abc' },
    }),
  ).toEqual({
    token: { value: 'REDACTED', tries: 3 },
    refreshTokens: ['REDACTED'],
    saltHex: 'REDACTED',
    privateKey: 'REDACTED',
    db: 'postgres://REDACTED@h.example/x',
    upload: '/u?sig=REDACTED',
    usage: { total_tokens: 12 },
    link: { '@odata.nextLink': 'https://a.example/x?$skiptoken=abc' },
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
    salt: 'REDACTED',
    accessToken: 'REDACTED',
    password: 'REDACTED',
    error: { code: 'NotFound', key: 'k' },
    list: [
      { dataUploadURI: 'https://blob.example/u?sv=1&sig=REDACTED&sr=c' },
      'https://blob.example/u?sv=1&sig=REDACTED&sr=c',
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

test('takes secrets out of what a finding found as a whole', () => {
  const finding = {
    ...({ code: 'response.body.type', severity: 'error', at: '', spec } as const),
    message: 'It must be an array, got {"password":"s3cret"}.',
    actual: { password: 's3cret', url: 'https://a.example/?sig=s3cret', n: 1 },
  };
  expect(redactFinding(finding)).toEqual({
    ...finding,
    message: 'It must be an array, got {"password":"REDACTED"}.',
    actual: { password: 'REDACTED', url: 'https://a.example/?sig=REDACTED', n: 1 },
  });
});

test('leaves out what lies very deep', () => {
  const depth = 200_000;
  const actual = JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown[];
  const message = 'It must be an object, got […].';
  const finding = { code: 'response.body.type', severity: 'error', at: '', spec, message } as const;
  const { length } = JSON.stringify(redactFinding({ ...finding, actual }));
  expect(length).toBeLessThan(2_000);
  expect(redactBody(JSON.stringify({ a: [] }), 'application/json')).toBe('{"a":[]}');
});

test.for([
  ['application/json', '{"salt":"s3cret","n":1}', '{"salt":"REDACTED","n":1}'],
  ['application/problem+json', '{"password":"s3cret"}', '{"password":"REDACTED"}'],
  ['application/json', '{"salt":', '{"salt":'],
  ['application/json', '{"n": 12345678901234567890}', '{"n": 12345678901234567890}'],
  ['application/json', '{"salt": "s3cret", "n":', '{"salt": "REDACTED", "n":'],
  ['application/json', '{"salt": "s3cr', '{"salt": "REDACTED'],
  ['text/plain', '{"salt":"s3cret"}', '{"salt":"REDACTED"}'],
  ['application/x-www-form-urlencoded', 'a=1&client_secret=s3cret', 'a=1&client_secret=REDACTED'],
  [
    'text/plain',
    'Upload to https://b.example/u?sig=s3cret&x=1 now',
    'Upload to https://b.example/u?sig=REDACTED&x=1 now',
  ],
  [
    'multipart/form-data; boundary=b',
    '--b\r\nContent-Disposition: form-data; name="token"\r\n\r\ns3cret\r\n--b\r\nContent-Disposition: form-data; name="n"\r\n\r\n1\r\n--b--',
    '--b\r\nContent-Disposition: form-data; name="token"\r\n\r\nREDACTED\r\n--b\r\nContent-Disposition: form-data; name="n"\r\n\r\n1\r\n--b--',
  ],
] as const)('takes secrets out of a body of %s', ([mediaType, body, redacted]) => {
  expect(redactBody(body, mediaType)).toBe(redacted);
});
