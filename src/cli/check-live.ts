import type { ProbeProgress } from '../live/result.ts';
import type { CheckTarget } from './check.ts';
import type { Io } from './io.ts';
import { readLiveOptions } from './live-options.ts';

/** Probes a running provider, and judges what it answers. */
export const checkLiveTarget: CheckTarget = async (target, context) => {
  const { spec, args, io, collector } = context;
  const options = readLiveOptions(args, io, target);
  const stop = new AbortController();
  io.untilStopped().then(() => {
    io.stderr('Stopping: what was created is deleted first. Ctrl-C once more ends it at once.\n');
    stop.abort();
  });
  // Loaded here: what judges files starts without it.
  const { probe } = await import('../live/probe.ts');
  const show = progressOn(io);
  const result = await probe(spec, {
    ...options,
    signal: stop.signal,
    onCase: (found) => collector.add(found),
    onProgress: show.update,
  }).finally(show.end);
  for (const { reason, count } of result.skipped) collector.skip(reason, count);
  if (result.isStopped) context.unreadable(`${target} was not probed to the end: it was stopped.`);
};

/** So many milliseconds lie between two lines of progress at least. */
const PAUSE = 100;

/** Shows how far a probe has come in one line of a terminal, and nowhere else. */
function progressOn(io: Io): {
  readonly update: (progress: ProbeProgress) => void;
  readonly end: () => void;
} {
  const { isTerminal } = io.screen('stderr');
  let last = 0;
  return {
    update: ({ checked, most, failed }) => {
      const now = performance.now();
      if (!isTerminal || now - last < PAUSE) return;
      last = now;
      io.stderr(`\r\u001b[K${checked} of at most ${most} answers judged, ${failed} with findings`);
    },
    end: () => {
      if (isTerminal && last > 0) io.stderr('\r\u001b[K');
    },
  };
}
