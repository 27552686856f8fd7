import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSpec } from '../../src/index.ts';
import { checkPact } from '../../src/pact.ts';

const folder = join(import.meta.dirname, 'fixtures/orders');
const spec = await loadSpec(join(folder, 'orders.openapi.yaml'));

/** Pacts as the libraries of several languages write them, and what is found in which line. */
const rows: readonly (readonly [file: string, findings: readonly string[]])[] = [
  [
    'ruby.json',
    [
      '26 risk pact.response.body.empty /items',
      '29 risk pact.response.body.wider /items/0/status',
      '51 error request.security.missing authorization',
    ],
  ],
  [
    'jvm.json',
    [
      '42 risk pact.response.body.wider /placedAt',
      '43 risk pact.response.body.empty /lines',
      '49 risk pact.response.body.optional /payment',
    ],
  ],
  [
    'net.json',
    [
      '15 error pact.request.body.allowed /coupon',
      '16 warning pact.request.body.allowed /customer',
      '20 warning pact.request.body.allowed /lines/0/quantity',
      '86 error response.body.writeOnly /payment/cvc',
      '85 risk pact.response.body.optional /payment',
      '89 risk pact.response.body.wider /total',
      '145 risk pact.response.body.optional /errors',
      '145 risk pact.response.body.empty /errors',
    ],
  ],
  // Of an interaction that is pending, an error is a warning.
  ['python.json', ['24 risk pact.response.body.wider ', '97 warning request.query.format from']],
  [
    'js.json',
    [
      '48 risk pact.response.body.optional /note',
      '49 risk pact.response.body.wider /placedAt',
      '50 risk pact.response.body.wider /total',
    ],
  ],
];

test.for(rows)('finds in %s what is to be found', async ([file, want]) => {
  const findings = await checkPact(spec, join(folder, file));
  expect(
    findings.map(({ place, severity, code, at }) => `${place.line} ${severity} ${code} ${at}`),
  ).toEqual(want);
});

test('each finding names its interaction, its place in both files, and a witness', async () => {
  const findings = await checkPact(spec, join(folder, 'net.json'));
  expect(findings[0]).toMatchObject({
    interaction: 'a valid order',
    place: { file: join(folder, 'net.json'), line: 15, column: 11 },
    spec: { line: 44, pointer: expect.stringMatching(/coupon\/enum$/) },
    expected: ['SPRING', 'SUMMER'],
    actual: 'WINTER',
  });
  expect(findings.find(({ at }) => at === '/total')).toMatchObject({ actual: 1.5 });
});
