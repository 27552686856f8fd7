import { expect, test } from 'vitest';
import { evaluate } from '../../src/schema/evaluate.ts';
import { follow } from '../../src/spec/node.ts';
import { DIFFERENT } from './different.ts';
import { files, groupsOf, specOf, takes } from './suite.ts';

const SUBJECT = '/paths/~1/get/responses/200/content/application~1json/schema';

test.for(files)('%s is judged by checkBody as the suite demands', async (file) => {
  const wrong: string[] = [];
  for (const { schema, cases } of groupsOf(file)) {
    const spec = await specOf(schema);
    const subject = follow(spec.root, SUBJECT);
    if (!subject) throw new Error('The document has lost its schema');
    for (const { name, data, valid } of cases) {
      const verdict = takes(spec, data);
      if (verdict !== valid) wrong.push(name);
      // The two engines never disagree: what is refused has a reason, and the other way round.
      const reasons = evaluate(spec, subject, data as never, {
        direction: 'response',
        strict: false,
      });
      expect(reasons.length === 0, name).toBe(verdict);
    }
  }
  expect(wrong).toEqual([...DIFFERENT.keys()].filter((name) => name.startsWith(`${file}:`)));
});
