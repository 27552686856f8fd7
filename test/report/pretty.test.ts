import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { checkBody } from '../../src/check/check.ts';
import { createCollector } from '../../src/report/collector.ts';
import { writeReport } from '../../src/report/format.ts';
import type { Report } from '../../src/report/report.ts';
import { readSpec } from '../../src/spec/load.ts';
import { brokenRun } from './broken-run.ts';

const properties = {
  name: { type: 'string', maxLength: 8 },
  tags: { type: 'array', items: { type: 'string' } },
};
const content = { 'application/json': { schema: { type: 'object', properties } } };
const document = {
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  paths: {
    '/pets': {
      post: {
        operationId: 'add',
        requestBody: { content },
        responses: { 201: { description: '' } },
      },
    },
  },
};

async function reportOf(bodies: readonly unknown[]): Promise<Report> {
  const spec = await readSpec(document);
  const collector = createCollector({ spec, version: '0', command: 'check', targets: ['pets'] });
  for (const [index, body] of bodies.entries()) {
    const findings = checkBody(spec, body, { operation: 'add' });
    const text = JSON.stringify(body);
    const origin = `pets.ndjson, line ${index + 1}`;
    collector.add({ subject: 'add request', operation: 'add', origin, findings, body: { text } });
  }
  return collector.report();
}

const pretty = (report: Report, columns?: number, hasColor = false) =>
  writeReport(report, 'pretty', { columns, hasColor });

test('shows the rule and the message one below the other where there is little room', async () => {
  const report = await reportOf([{ name: '🐈'.repeat(9), tags: ['a', 5] }]);
  expect(await pretty(report, 80)).toMatchInlineSnapshot(`
    "add request: 1 of 1 failed
      × \`name\` must have at most 8 characters, got "🐈🐈🐈🐈🐈🐈🐈🐈🐈".
        request.body.length, (inline):19:21
        pets.ndjson, line 1

          18 │   "type": "string",
        > 19 │   "maxLength": 8
             │   ^^^^^^^^^^^^^^
          20 │ },

          │ {
        > │   "name": "🐈🐈🐈🐈🐈🐈🐈🐈🐈",
          │   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          │   "tags": [

      × \`tags[1]\` must be a string, got 5.
        request.body.type, (inline):24:23
        pets.ndjson, line 1

          23 │ "items": {
        > 24 │   "type": "string"
             │   ^^^^^^^^^^^^^^^^
          25 │ }

          │   "a",
        > │   5
          │   ^
          │ ]

    1 checked, 1 failed: 2 errors, 0 risks, 0 warnings
    "
  `);
});

test('shows them beside each other where there is room, and counts repeats', async () => {
  const report = await reportOf([{ tags: ['a', 5] }, { tags: [6, 'b', 7] }, {}]);
  expect(await pretty(report, 120)).toMatchInlineSnapshot(`
    "add request: 2 of 3 failed
      × \`tags[1]\` must be a string, got 5.
        request.body.type, (inline):24:23
        pets.ndjson, line 1, 3 times

          23 │ "items": {             │   "a",
        > 24 │   "type": "string"   > │   5
             │   ^^^^^^^^^^^^^^^^     │   ^
          25 │ }                      │ ]

    3 checked, 2 failed: 3 errors, 0 risks, 0 warnings
    "
  `);
});

test('colours what a terminal shows, and nothing else changes', async () => {
  const report = await reportOf([{ name: 5 }]);
  const painted = await pretty(report, 120, true);
  expect(painted).toContain('\u001b[');
  expect(stripVTControlCharacters(painted)).toBe(await pretty(report, 120));
});

test.for([40, 80, 120, 200])(
  'frames are at most %i columns wide, and stand below each other',
  async (columns) => {
    const long = {
      name: '漢字'.repeat(200),
      tags: [`${'👩‍👩‍👧‍👦'.repeat(60)}`, 5, 'é'.repeat(400)],
    };
    const texts = [
      await pretty(await brokenRun(), columns),
      await pretty(await reportOf([long]), columns),
    ];
    const lines = texts
      .join('\n')
      .split('\n')
      .filter((line) => line.includes('│'));
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter((line) => stringWidth(line) > columns)).toEqual([]);
    const carets = lines.filter((line) => /^[\s│^]+$/.test(line) && line.includes('^'));
    expect(carets.length).toBeGreaterThan(2);
  },
);

test('keeps risks and warnings apart from errors', async () => {
  const text = await pretty(await brokenRun());
  const warnings = text.indexOf('Warnings: they break nothing');
  expect(warnings).toBeGreaterThan(text.lastIndexOf('  × '));
  expect(text.indexOf('  ! ')).toBeGreaterThan(warnings);
});

test('lets nothing through that steers a terminal', async () => {
  const report = await reportOf([
    { name: '\u009b31m\u202eevil\u0007', tags: [{ '\u001b[2J': 1 }] },
  ]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through.
  expect(await pretty(report, 100)).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
});

test('what it keeps grows neither with what was judged nor with names that others choose', async () => {
  const spec = await readSpec(document);
  const collector = createCollector({ spec, version: '0', command: 'check', targets: ['x'] });
  const [finding] = checkBody(spec, { name: 5 }, { operation: 'add' });
  if (!finding) throw new Error('the body is right');
  for (let number = 0; number < 5_000; number += 1) {
    const findings = [{ ...finding, at: `/x${number}` }];
    collector.add({ subject: `GET /${number}`, origin: 'x', findings });
    collector.add({ subject: 'add', operation: 'add', origin: 'x', findings });
  }
  const { subjects, summary } = collector.report();
  expect(summary).toMatchObject({ checked: 10_000, failed: 10_000, findings: { error: 10_000 } });
  expect(subjects.length).toBeLessThan(1_100);
  const add = subjects.find(({ operation }) => operation === 'add');
  expect(add).toMatchObject({ checked: 5_000, unlisted: 4_800 });
  expect(await pretty(collector.report())).toContain('and 4800 findings more that are not listed');
});
