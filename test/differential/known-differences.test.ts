import { expect, test } from 'vitest';
import { differencesOf, type Example, errorsOf } from './difference.ts';
import { RESPONSES } from './document.ts';
import type { Sent } from './exchange.ts';
import { judgesOf } from './judge.ts';
import { KNOWN_DIFFERENCES } from './known-differences.ts';
import type { Keywords } from './leaf.ts';

const EXAMPLES = KNOWN_DIFFERENCES.flatMap(({ id, explains, examples }) =>
  examples.map((example) => ({ id, explains, example })),
);

function documentOf({ openapi = '3.1.0', document = {}, ...example }: Example): Keywords {
  const { path = '/a', method = 'GET', operation } = example;
  const item = { [method.toLowerCase()]: { ...operation, responses: RESPONSES } };
  return {
    openapi,
    info: { title: 'Example', version: '1' },
    paths: { [path]: item },
    ...document,
  };
}

function sentOf({ path = '/a', method = 'GET', sent = {} }: Example): Sent {
  return { method, url: path, headers: {}, ...sent };
}

test.for(EXAMPLES)('known difference: $id', async ({ explains, example }) => {
  const document = documentOf(example);
  const sent = sentOf(example);
  const { prism, ours } = await (await judgesOf(document))(sent);
  expect({ prism: prism.kind, ours: errorsOf(ours).map(({ code }) => code) }).toEqual({
    prism: example.prism,
    ours: example.ours,
  });
  const { operation, path = '/a' } = example;
  const judged = { document, operation, path, sent, prism, ours };
  const reasons = differencesOf(judged);
  expect(reasons).not.toEqual([]);
  expect(reasons.filter((reason) => !explains(reason, judged))).toEqual([]);
});

test('every known difference has a name of its own, a reason and an example', () => {
  const ids = KNOWN_DIFFERENCES.map(({ id }) => id);
  expect([...new Set(ids)]).toEqual(ids);
  for (const { reason, examples } of KNOWN_DIFFERENCES) {
    expect(reason).toMatch(/\.$/);
    expect(examples).not.toEqual([]);
  }
});
