import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadSpec } from '../../../src/index.ts';
import { missingRedis } from '../store/redis-server.ts';
import { createAsk, subjects } from './model-subject.ts';
import { petSteps, runPets } from './pet-model.ts';
import { pets } from './pets.ts';
import { runSessions } from './session-run.ts';
import { sessionSteps } from './session-steps.ts';

const missing = missingRedis();
/** EXACTMATCH_RUNS makes a long search of it. */
const RUNS = process.env['EXACTMATCH_RUNS'];
const options = { now: '2024-05-14T08:00:00Z', frozen: true };
const timeout = RUNS === undefined ? 30_000 : 3_600_000;

function runsOf(name: string) {
  return { numRuns: Number(RUNS ?? (name.includes('processes') ? 10 : 25)) };
}

test.for(Object.entries(subjects))(
  'sessions in %s never disagree with a plain model',
  { timeout },
  async ([name, open], { skip }) => {
    if (missing && name.includes('Redis')) skip(missing);
    const spec = await loadSpec();
    await using subject = await open(options);
    const ask = createAsk(subject, spec, '/beta');
    await fc.assert(
      fc.asyncProperty(sessionSteps, (steps) => runSessions(ask, steps)),
      runsOf(name),
    );
    expect.hasAssertions();
  },
);

test.for(Object.entries(subjects))(
  'pets in %s never disagree with a plain model',
  { timeout },
  async ([name, open], { skip }) => {
    if (missing && name.includes('Redis')) skip(missing);
    const spec = await loadSpec(pets);
    await using subject = await open({ ...options, spec: pets });
    const ask = createAsk(subject, spec, '/v2');
    await fc.assert(
      fc.asyncProperty(petSteps, (steps) => runPets(ask, steps)),
      runsOf(name),
    );
    expect.hasAssertions();
  },
);
