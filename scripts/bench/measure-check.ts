import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { parse } from 'yaml';
import { checkBody, isExactMatchSession, loadSpec } from '../../src/index.ts';
import { jestOpenApi } from './jest-openapi.ts';
import { sessionBody } from './subjects.ts';
import { median, type Row } from './table.ts';

const file = new URL('../../spec/exact-match-sessions.openapi.yaml', import.meta.url);
/** It compiles the schema at each check. */
const PEER = 'jest-openapi';

/** Microseconds that checking one full response takes, of ours and of Ajv with its full formats. */
export async function measureCheck(rounds: number): Promise<readonly Row[]> {
  const spec = await loadSpec();
  const session = { ...sessionBody, id: 'ab8cf3ab-36b0-b07a-e010-dfbc942fe48b' };
  const options = { operation: 'createExactMatchSession', status: 201 };
  const { schemas } = parse(readFileSync(file, 'utf8'), { merge: true }).components;
  const validate = plainAjv(schemas);
  const satisfies = jestOpenApi(schemas, 'exactMatchSession');
  const subjects: Record<string, () => boolean> = {
    'Ajv + ajv-formats, compiled': () => validate(session),
    checkBody: () => checkBody(spec, session, options).length === 0,
    isExactMatchSession: () => isExactMatchSession(session),
    [PEER]: () => satisfies(session),
  };
  const times = Object.fromEntries(Object.keys(subjects).map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, subject] of Object.entries(subjects))
      times[name]?.push(time(subject, name === PEER ? 20 : 20_000));
  }
  const ceiling = median(times['Ajv + ajv-formats, compiled'] ?? []);
  return Object.entries(times).map(([name, all]) => ({
    name,
    'µs a check': median(all).toFixed(2),
    'ratio to Ajv': (median(all) / ceiling).toFixed(2),
  }));
}

function time(subject: () => boolean, count: number): number {
  for (let index = 0; index < count / 4; index += 1) subject();
  const start = process.cpuUsage();
  for (let index = 0; index < count; index += 1) {
    if (!subject()) throw new Error('A valid session was refused');
  }
  const { user, system } = process.cpuUsage(start);
  return (user + system) / count;
}

function plainAjv(schemas: object): (value: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  ajv.addSchema({ $id: 'document', components: { schemas } });
  return ajv.compile({ $ref: 'document#/components/schemas/exactMatchSession' });
}
