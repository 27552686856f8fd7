import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { graphDocument } from '../../scripts/bench/graph-document.ts';
import { exampleRequest } from '../../src/check/example-request.ts';
import { checkResponse, loadSpec, type Spec } from '../../src/index.ts';
import { startMock } from '../../src/mock.ts';
import { type Operation, operationsOf } from '../../src/spec/operation.ts';

const require = createRequire(import.meta.url);
/** GitHub's whole API: 1,223 operations in 13 MB. */
const github = () => require.resolve('@octokit/openapi/generated/api.github.com.json');
/** EXACTMATCH_RUNS asks every operation of every document. */
const isWhole = process.env['EXACTMATCH_RUNS'] !== undefined;

test.for([
  ["GitHub's document", () => loadSpec(github()), 250],
  ['a graph of 10 entities', () => loadSpec(graphDocument(10)), 50],
  ['a graph of 1,000 entities', () => loadSpec(graphDocument(1_000)), 100],
] as const)(
  'answers every operation of %s with what its schema takes',
  {
    timeout: isWhole ? 600_000 : 60_000,
  },
  async ([, load, count]) => {
    const spec = await load();
    await using mock = await startMock({ spec, stateless: true });
    await using remembering = await startMock({ spec });
    const seed = Number(process.env['EXACTMATCH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    for (const operation of chosen(
      operationsOf(spec),
      isWhole ? Number.POSITIVE_INFINITY : count,
      seed,
    )) {
      const name = `${operation.id}, EXACTMATCH_SEED=${seed}`;
      const response = await ask(spec, operation, mock.url);
      expect(response.status, name).toBeLessThan(400);
      expect(await checkResponse(spec, response, { operation: operation.id }), name).toEqual([]);
      // What is not there yet is not found, where the document says how.
      const remembered = await ask(spec, operation, remembering.url);
      expect(remembered.status, name).toBeLessThan(500);
      const findings = await checkResponse(spec, remembered, { operation: operation.id });
      expect(findings, name).toEqual([]);
    }
  },
);

test('refuses by the right line of a document of megabytes', async () => {
  const spec = await loadSpec(github());
  await using mock = await startMock({ spec });
  const response = await fetch(`${mock.url}/repos/octocat/hello/issues?per_page=many`);
  expect(response.status).toBe(422);
  const findings = await checkResponse(
    spec,
    { status: 200, headers: { 'content-type': 'application/json' }, body: [{ id: 'one' }] },
    { operation: 'issues/list-for-repo' },
  );
  const found = findings.find(({ at }) => at === '/0/id');
  expect(found?.spec.pointer).toBe('/components/schemas/issue/properties/id/type');
  const lines = (await readFile(github(), 'utf8')).split('\n');
  expect(lines[(found?.spec.line ?? 0) - 1]?.trim()).toBe('"type": "integer",');
});

/** Some of the operations, always the same for one seed; all of them when there are no more. */
function chosen(all: readonly Operation[], count: number, seed: number): readonly Operation[] {
  if (count >= all.length) return all;
  const [some = []] = fc.sample(
    fc.shuffledSubarray([...all], { minLength: count, maxLength: count }),
    {
      seed,
      numRuns: 1,
    },
  );
  return some;
}

async function ask(spec: Spec, operation: Operation, url: string): Promise<Response> {
  const request = exampleRequest(spec, operation);
  if (!request) throw new Error(`No request was found for ${operation.id}`);
  const { method, path, query, headers, content } = request;
  return fetch(`${url}${path}${query === '' ? '' : `?${query}`}`, {
    method,
    redirect: 'manual',
    headers: headers as Record<string, string>,
    ...(content.kind === 'text' ? { body: content.text } : {}),
  });
}
