import { expect, test } from 'vitest';
import { findingsOfValue } from './answer.ts';

test.for<[format: string, value: string | number]>([
  ['int32', 2147483647],
  ['int32', -2147483648],
  ['int64', 2 ** 53 + 2],
  ['int64', -(2 ** 63)],
  ['float', 3.4e38],
  ['double', 1.7e308],
  ['byte', 'aGFsbG8='],
  ['byte', ''],
  ['byte', 'AA=='],
  ['byte', 'AAA='],
  ['byte', '+/09'],
  ['binary', '\u0000ÿ'],
  ['password', '***'],
  ['date', '2024-02-29'],
  ['date-time', '2024-05-01T09:30:00Z'],
  ['date-time', '2024-05-01T09:30:00.1234567+05:30'],
  ['time', '09:30:00Z'],
  ['duration', 'P3DT4H'],
  ['email', 'a@b.example'],
  ['hostname', 'a.example'],
  ['ipv4', '192.0.2.1'],
  ['ipv6', '2001:db8::1'],
  ['uri', 'https://h.example/a?b#c'],
  ['uri-reference', '../a'],
  ['uuid', 'F81D4FAE-7dec-11d0-a765-00a0c91e6bf6'],
  ['regex', '^a+$'],
  ['json-pointer', '/a~1b'],
  ['x-unknown', 'anything'],
])('takes for %s: %s', async ([format, value]) => {
  const type = typeof value === 'number' ? 'number' : 'string';
  expect(await findingsOfValue({ type, format }, value)).toEqual([]);
});

test.for<[text: string, holds: boolean]>([
  ['2024-05-01T09:30:00Z', true],
  ['2024-05-01t09:30:00z', true],
  ['2024-05-01T09:30:00.000000000-23:59', true],
  ['2000-02-29T00:00:00Z', true],
  ['2016-12-31T23:59:60Z', true],
  ['2017-01-01T05:29:60+05:30', true],
  ['2016-12-31T18:29:60.5-05:30', true],
  ['1900-02-29T00:00:00Z', false],
  ['2024-04-31T00:00:00Z', false],
  ['2024-00-01T00:00:00Z', false],
  ['2024-13-01T00:00:00Z', false],
  ['2024-05-00T00:00:00Z', false],
  ['20x4-05-01T00:00:00Z', false],
  ['2024-05-01 09:30:00Z', false],
  ['2024/05/01T09:30:00Z', false],
  ['2024-05-01T09.30.00Z', false],
  ['2024-05-01T24:00:00Z', false],
  ['2024-05-01T09:60:00Z', false],
  ['2024-05-01T09:30:61Z', false],
  ['2024-05-01T09:30:60Z', false],
  ['2024-05-01T09:30:00', false],
  ['2024-05-01T09:30:00.', false],
  ['2024-05-01T09:30:00.Z', false],
  ['2024-05-01T09:30:00Z ', false],
  ['2024-05-01T09:30:00+0530', false],
  ['2024-05-01T09:30:00+24:00', false],
  ['2024-05-01T09:30:00+05:60', false],
  ['2024-05-01T09:30:00+05-30', false],
  ['2024-05-01', false],
])('takes %j for a date and time of RFC 3339: %s', async ([text, holds]) => {
  const schema = { type: 'string', format: 'date-time' };
  expect(await findingsOfValue(schema, text)).toHaveLength(holds ? 0 : 1);
});

test.for<[format: string, value: string | number, asked: string]>([
  ['int32', 2147483648, 'a whole number from -2147483648 to 2147483647'],
  ['int32', 1.5, 'a whole number from -2147483648 to 2147483647'],
  ['int64', 1e19, 'a whole number of 64 bits'],
  ['float', 3.5e38, 'a number of single precision'],
  ['byte', 'not base64!', 'base64 text'],
  ['byte', '!!!\n', 'base64 text'],
  ['byte', 'AAAA\nAAAA', 'base64 text'],
  ['byte', 'AAAA\n', 'base64 text'],
  ['byte', 'AAAAA', 'base64 text'],
  ['byte', 'A===', 'base64 text'],
  ['byte', '====', 'base64 text'],
  ['byte', 'AA=A', 'base64 text'],
  ['byte', 'AA__', 'base64 text'],
  ['date', '2023-02-29', 'a date (RFC 3339), such as "2024-05-01"'],
  ['date-time', '2024-05-01 09:30', 'a date and time (RFC 3339)'],
  ['date-time', '2024-05-01T09:30:00', 'a date and time (RFC 3339)'],
  ['date-time', '2024-05-01T25:30:00Z', 'a date and time (RFC 3339)'],
  ['time', '25:00:00Z', 'a time (RFC 3339)'],
  ['duration', '3 days', 'a duration (ISO 8601)'],
  ['email', 'a@', 'an email address'],
  ['hostname', 'a b', 'a host name'],
  ['ipv4', '192.0.2.256', 'an IPv4 address'],
  ['ipv6', '2001::db8::1', 'an IPv6 address'],
  ['uri', '../a', 'an absolute URI'],
  ['uuid', 'f81d4fae', 'a UUID, such as'],
  ['regex', '(', 'a regular expression (ECMA-262)'],
  ['json-pointer', 'a', 'of the format "json-pointer"'],
])('refuses for %s: %s', async ([format, value, asked]) => {
  const type = typeof value === 'number' ? 'number' : 'string';
  const findings = await findingsOfValue({ type, format }, value);
  expect(findings).toMatchObject([
    { code: 'response.body.format', at: '', spec: { pointer: expect.stringMatching(/format$/) } },
  ]);
  expect(findings[0]?.message).toContain(`The response body must be ${asked}`);
  expect(findings[0]?.message).toContain(`got ${JSON.stringify(value)}.`);
});

test('judges a format only where its type is', async () => {
  expect(await findingsOfValue({ format: 'date' }, 5)).toEqual([]);
  expect(await findingsOfValue({ format: 'int32' }, 'a')).toEqual([]);
});

test('judges base64 of any length', async () => {
  const long = 'A'.repeat(4_000_000);
  expect(await findingsOfValue({ format: 'byte' }, long)).toEqual([]);
  expect(await findingsOfValue({ format: 'byte' }, `${long.slice(1)}!`)).toHaveLength(1);
});
