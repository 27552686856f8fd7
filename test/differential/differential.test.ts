import fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorsOf, unexplained } from './difference.ts';
import { documentOf } from './document.ts';
import { judgesOf } from './judge.ts';
import { KNOWN_DIFFERENCES } from './known-differences.ts';
import type { Version } from './leaf.ts';
import { operations } from './request.ts';

/** The same documents every time; EXACTMATCH_RUNS makes a search of it: 1,000 take ten minutes. */
const wanted = process.env['EXACTMATCH_RUNS'];
const runs = wanted === undefined ? { numRuns: 30, seed: 1 } : { numRuns: Number(wanted) };
const timeout = runs.numRuns * 2_000 + 60_000;

test.for<Version>(['3.0', '3.1'])(
  'every request for an OpenAPI %s document is judged as stock Prism does, or it is known why not',
  { timeout },
  async (version) => {
    await fc.assert(
      fc.asyncProperty(operations(version), async (made) => {
        const document = documentOf(version, [made], made.rest);
        const judge = await judgesOf(document);
        for (const { kind, sent } of made.requests) {
          const verdicts = await judge(sent);
          // Findings are data, whatever the message has.
          structuredClone(verdicts.ours);
          const errors = errorsOf(verdicts.ours).map(({ code, message }) => `${code}: ${message}`);
          if (kind === 'valid') expect({ sent, errors }).toEqual({ sent, errors: [] });
          if (kind === 'mistake') expect(errors, JSON.stringify(sent)).not.toEqual([]);
          const { operation, path } = made;
          const judged = { document, operation, path, sent, ...verdicts };
          const reasons = unexplained(judged, KNOWN_DIFFERENCES);
          expect({ sent, reasons }).toEqual({ sent, reasons: [] });
        }
      }),
      runs,
    );
  },
);
