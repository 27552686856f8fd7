import { loadSpec } from '../check/shipped.ts';
import type { Command, ExitCode } from './command.ts';
import type { Io } from './io.ts';
import { announce } from './mock-banner.ts';
import { logging } from './mock-notice.ts';
import { mockOptions } from './mock-options.ts';
import type { MockSettings } from './mock-settings.ts';
import { watchDocument } from './mock-watch.ts';
import { tellPact } from './traffic-notice.ts';
import { WORKER_VARIABLE } from './worker-message.ts';

/** `exactmatch mock`. */
export const mockCommand: Command = {
  name: 'mock',
  summary:
    'Run a local mock of the API: it judges requests, answers by the document, and remembers',
  positionals: [{ name: 'DOCUMENT', isRequired: false }],
  options: mockOptions,
  examples: [
    'exactmatch mock',
    'exactmatch mock openapi.yaml --port 8080 --cors --watch',
    'exactmatch mock --latency 50..200 --fail 5%:503 --throttle 100/10s',
    'exactmatch mock --dynamic --seed 42 --log json 2> requests.jsonl',
    'exactmatch mock --workers 4 --store redis://127.0.0.1:6379',
  ],
  run: async (args, io) => {
    // Each is loaded where it is needed: other commands and most mocks need none of it.
    if (io.env(WORKER_VARIABLE) !== undefined) return (await import('./worker.ts')).runWorker(io);
    const { readMockSettings } = await import('./mock-settings.ts');
    const settings = await readMockSettings(args, io);
    const { workers } = settings;
    if (workers === undefined) return runAlone(settings, io);
    return (await import('./workers.ts')).runWorkers({ ...settings, workers }, io);
  },
};

/** In a function of its own: the compiler leaves imports as they are beside `using`. */
function library(): Promise<typeof import('../mock.ts')> {
  return import('../mock.ts');
}

async function runAlone(settings: MockSettings, io: Io): Promise<ExitCode> {
  const { options, target, log } = settings;
  const spec = await loadSpec(target);
  const { startMock } = await library();
  const stopped = io.untilStopped();
  await using mock = await startMock({ ...options, spec, ...logging(log, io) });
  using _watch = await watchDocument(spec, settings, mock.reload, io);
  const { url, baseUrl, certificate } = mock;
  const isSelfMade = options.tls === true;
  const fingerprint = certificate?.fingerprint;
  await announce(spec, { url, baseUrl, fingerprint, isSelfMade, workers: undefined }, io);
  await stopped;
  if (settings.pact) tellPact(await mock.pact(settings.pact), io);
  return 0;
}
