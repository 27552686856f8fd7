import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { verifyPacts } from '../../../src/pact.ts';
import { documentOf, keepPacts, newPact } from './written.ts';

keepPacts();

/** A field's schema; what the document allows there, and of what it forbids what a matcher can refuse. */
const FIELDS = {
  text: [{ type: 'string' }, ['a', ''], [5, null, true]],
  textOrNull: [{ type: ['string', 'null'] }, ['a', null], [5, true]],
  anchored: [{ type: 'string', pattern: '^[a-z]+$' }, ['abc'], ['', 'ab1', 'ABC']],
  found: [{ type: 'string', pattern: 'b' }, ['b', 'abc', 'a\nb\nc'], ['ac']],
  begun: [{ type: 'string', pattern: '^a|z$' }, ['abc', 'xyz'], ['bab']],
  odd: [{ type: 'string', pattern: '^[[&&\\]]\\h$' }, ['[h', '&h', ']h'], ['xh', '[a']],
  coded: [{ type: 'string', pattern: '^\\u{41}\\p{Lu}$' }, ['AÉ'], ['Aé', 'BÉ']],
  moment: [
    { type: 'string', format: 'date-time' },
    ['2024-05-14T08:00:00Z', '2024-05-14t08:00:00.1234567+02:00', '2016-12-31T23:59:60Z'],
    ['2024-05-14', '2024-05-14T08:00:00'],
  ],
  id: [{ type: 'string', format: 'uuid' }, ['3FA85F64-5717-4562-b3fc-2c963f66afa6'], ['3fa85f64']],
  kind: [{ enum: ['a.b', 'c', null] }, ['a.b', 'c', null], ['aXb', 'd']],
  count: [{ type: 'integer' }, [0, -5, 9_007_199_254_740_991], ['5', 1.5, null]],
  rating: [{ type: 'integer', minimum: 1, maximum: 12 }, [1, 9, 10, 12], [0, 13, -1, '5']],
  price: [{ type: 'number', minimum: 0 }, [0, 1, 0.5, 1e30, 1e-7], [-1, -0.5, '1']],
  size: [{ enum: [1, 2] }, [1, 2], [3, '1']],
  flag: [{ type: 'boolean' }, [true, false], ['true', 1, null]],
  flagOrNull: [{ type: ['boolean', 'null'] }, [true, null], [1]],
  either: [{ type: ['integer', 'string', 'null'] }, [1, 'a', null], []],
  list: [
    { type: 'array', items: { type: 'integer' }, maxItems: 2 },
    [[1], [1, 2]],
    [[], [1, 2, 3], ['a'], null],
  ],
  object: [
    { type: 'object', properties: { a: { type: 'integer' } } },
    [{}, { a: 1, b: 2 }],
    [null, []],
  ],
} as const;

const fields = Object.entries(FIELDS);

test("Pact's Verifier takes what the document allows, and refuses what it does not", async () => {
  const properties = Object.fromEntries(fields.map(([name, [schema]]) => [name, schema]));
  const { pact, file, read } = newPact(documentOf({ type: 'object', properties }));
  for (const name of Object.keys(FIELDS)) {
    await pact.interaction(
      { operation: 'getThing', description: name, status: 200, uses: [name] },
      ({ url }) => fetch(`${url}/thing`),
    );
  }
  // Each value is an interaction of its own, with a path that names it.
  const interactions = read();
  const cases = fields.flatMap(([name, [, allowed, refused]]) => [
    ...allowed.map((value) => ({ name, value, isAllowed: true })),
    ...refused.map((value) => ({ name, value, isAllowed: false })),
  ]);
  const written = cases.map(({ name, value }, index) => {
    const interaction = interactions.find(({ description }) => description === name);
    const description = `${name} ${JSON.stringify(value)}`;
    return { ...interaction, description, request: { method: 'GET', path: `/${index}` } };
  });
  const text = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...text, interactions: written }));
  await using provider = await serve((path) => {
    const { name, value } = cases[Number(path.slice(1))] ?? { name: '', value: null };
    return { [name]: value };
  });
  const { results } = await verifyPacts({ provider: provider.url, pacts: [file] });
  const failed = new Set(
    results.filter(({ findings }) => findings.length > 0).map(({ subject }) => subject),
  );
  expect(results).toHaveLength(cases.length);
  const wrong = cases
    .map(({ name, value, isAllowed }) => ({
      subject: `${name} ${JSON.stringify(value)}`,
      isAllowed,
    }))
    .filter(
      ({ subject, isAllowed }) => [...failed].some((one) => one.endsWith(subject)) === isAllowed,
    );
  expect(wrong).toEqual([]);
});

async function serve(bodyOf: (path: string) => unknown) {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(bodyOf(request.url ?? '')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
