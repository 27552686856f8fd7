import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { AJV_KNOWN_FAILURES } from './ajv-known-failures.ts';
import { DIFFERENT } from './different.ts';
import { files, groupsOf, remotes, specOf, takes } from './suite.ts';

/** Ajv, knowing the suite's remote documents; it refuses the one that is of an older draft. */
function plainAjv(): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  for (const [uri, schema] of Object.entries(remotes)) {
    if (!uri.includes('Pre2019')) ajv.addSchema(schema, uri, false);
  }
  return ajv;
}

function ajvTakes(ajv: Ajv2020, schema: object | boolean, data: unknown): boolean | 'throws' {
  try {
    return ajv.validate(schema, data) === true;
  } catch {
    return 'throws';
  }
}

test('plain Ajv fails the tests that are listed, and no others', () => {
  const failed: string[] = [];
  for (const { schema, cases } of files.flatMap(groupsOf)) {
    const ajv = plainAjv();
    for (const { name, data, valid } of cases) {
      if (ajvTakes(ajv, schema, data) !== valid) failed.push(name);
    }
  }
  expect(failed.sort()).toEqual(AJV_KNOWN_FAILURES.flatMap(({ tests }) => tests).sort());
});

test.for(AJV_KNOWN_FAILURES)('checkBody passes where Ajv fails: $reason', async ({ tests }) => {
  const wrong: string[] = [];
  let judged = 0;
  for (const { schema, cases } of files.flatMap(groupsOf)) {
    const wanted = cases.filter(({ name }) => tests.includes(name));
    if (wanted.length === 0) continue;
    const spec = await specOf(schema);
    judged += wanted.length;
    wrong.push(
      ...wanted.filter(({ data, valid }) => takes(spec, data) !== valid).map(({ name }) => name),
    );
  }
  expect(judged).toBe(tests.length);
  expect(wrong).toEqual(tests.filter((name) => DIFFERENT.has(name)));
});
