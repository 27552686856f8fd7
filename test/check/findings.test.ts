import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import {
  type CheckResponseOptions,
  checkRequest,
  checkResponse,
  type Finding,
  loadSpec,
} from '../../src/index.ts';

/** What a folder's `message.json` holds: what travelled, and how it is judged. */
interface Message extends CheckResponseOptions {
  readonly request?: {
    readonly method: string;
    readonly url: string;
    readonly headers?: Readonly<Record<string, string>>;
    /** As it travelled; bytes that are no text are given in base64. */
    readonly body?: string | { readonly base64: string };
  };
  readonly response?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  };
}

const fixtures = fileURLToPath(new URL('findings/fixtures/', import.meta.url));
const names = readdirSync(fixtures);

async function findingsOf(name: string): Promise<readonly Finding[]> {
  const folder = join(fixtures, name);
  const spec = await loadSpec(join(folder, 'openapi.yaml'));
  const text = await readFile(join(folder, 'message.json'), 'utf8');
  const { request, response, ...options } = JSON.parse(text) as Message;
  const findings: Finding[] = [];
  if (request) {
    const { body } = request;
    const bytes = typeof body === 'object' ? Buffer.from(body.base64, 'base64') : body;
    findings.push(...(await checkRequest(spec, { ...request, body: bytes }, options)));
  }
  if (response) findings.push(...(await checkResponse(spec, response, options)));
  return findings.map((finding) => {
    const file = relative(folder, finding.spec.file).replaceAll('\\', '/');
    return { ...finding, spec: { ...finding.spec, file } };
  });
}

test.for(names)('finds what is wrong: %s', async (name) => {
  const findings = await findingsOf(name);
  const text = `${JSON.stringify(findings, null, 2)}\n`;
  await expect(text).toMatchFileSnapshot(join(fixtures, name, 'findings.json'));
});

test.for(names)('names a line of the document that holds the rule: %s', async (name) => {
  for (const { spec } of await findingsOf(name)) {
    const lines = readFileSync(join(fixtures, name, spec.file), 'utf8').split('\n');
    const place = lines[spec.line - 1]?.slice(spec.column - 1) ?? '';
    const key = (spec.pointer.split('/').at(-1) ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
    const written = place.replaceAll(/['"]/g, '');
    // A member begins with its name, an item of a list with its content.
    if (/^\d$/.test(key)) expect(written).not.toBe('');
    else expect(written.slice(0, key.length + 1)).toBe(`${key}:`);
  }
});

/** The string literals of a union type in src/finding.ts: types are gone when tests run. */
function literals(type: string): readonly string[] {
  const source = readFileSync(new URL('../../src/finding.ts', import.meta.url), 'utf8');
  const [, declaration = ''] = source.split(`export type ${type} =`);
  const [union = ''] = declaration.split(';');
  return [...union.matchAll(/^ {2}\| '([\w.]+)'/gm)].map(([, literal = '']) => literal);
}

test('reaches every code, every place of a value and every problem with one', async () => {
  const findings = await Promise.all(names.map(findingsOf));
  const codes = new Set<string>(findings.flat().map(({ code }) => code));
  const places = literals('ValuePlace');
  const problems = literals('ValueProblem');
  const others = literals('FindingCode');
  expect([places.length, problems.length, others.length]).toEqual([7, 16, 8]);
  expect(others.filter((code) => !codes.has(code))).toEqual([]);
  const isReached = (place: string, problem: string) => codes.has(`${place}.${problem}`);
  expect(places.filter((place) => !problems.some((one) => isReached(place, one)))).toEqual([]);
  expect(problems.filter((problem) => !places.some((one) => isReached(one, problem)))).toEqual([]);
});

test('tells of each code by which severity it has', async () => {
  const findings = (await Promise.all(names.map(findingsOf))).flat();
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  expect(new Set(warnings.map(({ code }) => code))).toEqual(new Set(['request.body.unexpected']));
});
