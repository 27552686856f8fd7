import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { processIo } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import { loadSpec } from '../../src/index.ts';
import { type Clock, createPace } from '../../src/live/pace.ts';
import { probe } from '../../src/live.ts';
import { startMock } from '../../src/mock.ts';
import { startInFrontOf } from './provider.ts';

const file = fileURLToPath(new URL('fixtures/shop.openapi.yaml', import.meta.url));
const spec = await loadSpec(file);
const token = 'key-of-the-shop';

/** A clock on which time passes only while somebody sleeps. */
function clockAt(start: number): Clock {
  let time = start;
  return {
    now: () => time,
    sleep: async (milliseconds) => {
      time += milliseconds;
    },
  };
}

test.for([
  [4, 4, [0, 250, 500, 750, 1000, 1250]],
  [0.5, 1, [0, 2000, 4000, 6000, 8000, 10_000]],
] as const)('at a rate of %s a second, no second has more', async ([rate, most, due]) => {
  const clock = clockAt(5_000);
  const pace = createPace(rate, undefined, clock);
  const turns: number[] = [];
  for (let turn = 0; turn < 6; turn += 1) {
    await pace.turn();
    turns.push(clock.now() - 5_000);
  }
  expect(turns).toEqual(due);
  for (const from of turns) {
    const within = turns.filter((at) => at >= from && at < from + 1_000);
    expect(within.length).toBeLessThanOrEqual(most);
  }
});

test('who is asked to wait is waited for, at any rate', async () => {
  const clock = clockAt(0);
  const pace = createPace(undefined, undefined, clock);
  await pace.turn();
  pace.pause(30_000);
  await pace.turn();
  expect(clock.now()).toBe(30_000);
});

test('a slow rate lets one request through, and ends when the probe is stopped', async () => {
  await using mock = await startMock({ spec, listen: false });
  const first = Promise.withResolvers<void>();
  await using provider = await startInFrontOf(mock, (asked, ask) => {
    first.resolve();
    return ask(asked);
  });
  const stop = new AbortController();
  const options = { baseUrl: provider.url, token, rate: 0.001, signal: stop.signal };
  const running = probe(spec, options);
  await first.promise;
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
  expect(provider.asked).toHaveLength(1);
  stop.abort();
  expect((await running).isStopped).toBe(true);
});

test.for([1, 3])('at most %s requests are open at a time', async (concurrency) => {
  await using mock = await startMock({ spec, listen: false });
  let open = 0;
  let most = 0;
  const waiting: (() => void)[] = [];
  await using provider = await startInFrontOf(mock, async (asked, ask) => {
    open += 1;
    most = Math.max(most, open);
    // All wait for each other, or, where no more come, for a moment.
    const release = () => {
      for (const go of waiting.splice(0)) go();
    };
    if (open < concurrency) {
      const later = setTimeout(release, 20);
      await new Promise<void>((resolve) => waiting.push(resolve));
      clearTimeout(later);
    }
    release();
    const given = await ask(asked);
    open -= 1;
    return given;
  });
  const { checked } = await probe(spec, {
    baseUrl: provider.url,
    token,
    concurrency,
    maxCases: 30,
  });
  expect([checked, most]).toEqual([30, concurrency]);
});

test('a terminal is shown in one line how far a probe has come, and nothing is left of it', async () => {
  await using mock = await startMock({ spec });
  const shown = async (isTerminal: boolean) => {
    let stderr = '';
    const code = await main(['check', mock.url, '--spec', file, '--max-cases', '12'], {
      ...processIo(process),
      screen: () => ({ columns: 80, hasColor: false, isTerminal }),
      stdout: () => undefined,
      stderr: (text) => {
        stderr += text;
      },
      untilStopped: () => new Promise(() => {}),
    });
    return { code, stderr };
  };
  const { stderr } = await shown(true);
  const [before, ...lines] = stderr.split('\r\u001b[K');
  expect([before, lines.pop()]).toEqual(['', '']);
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines)
    expect(line).toMatch(/^\d+ of at most 12 answers judged, \d+ with findings$/);
  expect((await shown(false)).stderr).toBe('');
});
