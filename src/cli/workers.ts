import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { loadSpec } from '../check/shipped.ts';
import { type Certificate, certificateFor } from '../mock/certificate.ts';
import { type MockServer, startMock } from '../mock.ts';
import type { Spec } from '../spec/spec.ts';
import type { ExitCode } from './command.ts';
import type { Io } from './io.ts';
import { announce } from './mock-banner.ts';
import { tell } from './mock-notice.ts';
import type { MockSettings } from './mock-settings.ts';
import { watchDocument } from './mock-watch.ts';
import { type Order, toParcel } from './worker-message.ts';
import { startTeam, type Team } from './worker-team.ts';

/** What all workers have in common. */
interface Common {
  readonly settings: MockSettings & { readonly workers: number };
  /** One for all: clients could not trust another one at each request. */
  readonly certificate: Certificate | undefined;
  readonly port: number;
  /** A mock that does not listen: what it refuses, each worker would. It has the clock too. */
  readonly model: MockServer;
}

/** Runs the mock in several processes that listen on one port; this one serves no request. */
export async function runWorkers(settings: Common['settings'], io: Io): Promise<ExitCode> {
  const stopped = io.untilStopped();
  const { options, target, log } = settings;
  const { host = '127.0.0.1', port = 0 } = options;
  let spec = await loadSpec(target);
  await using model = await startMock({ ...options, spec, listen: false, store: 'memory' });
  const certificate = options.tls ? await certificateFor(options.tls, host) : undefined;
  const common = { settings, certificate, port: port || (await freePort(host)), model };
  const team = startTeam({
    count: settings.workers,
    firstOrder: () => firstOrder(common, () => spec),
    onReplace: (pid, reason) => tell({ event: 'worker-replaced', pid, reason }, io, log),
  });
  const use = async (next: Spec) => {
    await model.reload(next);
    spec = next;
    team.tell({ kind: 'reload', document: toParcel(next) });
  };
  try {
    using _watch = await watchDocument(spec, settings, use, io);
    await Promise.race([serve(common, spec, team, io), stopped, team.failure]);
    await Promise.race([stopped, team.failure]);
  } finally {
    await team.stop();
  }
  return 0;
}

async function serve(
  { settings, certificate }: Common,
  spec: Spec,
  team: Team,
  io: Io,
): Promise<void> {
  const { url, baseUrl } = await team.listening;
  const fingerprint = certificate?.fingerprint;
  const isSelfMade = settings.options.tls === true;
  await announce(spec, { url, baseUrl, fingerprint, isSelfMade, workers: settings.workers }, io);
}

async function firstOrder(common: Common, spec: () => Spec): Promise<Order> {
  const { settings, certificate, port, model } = common;
  const { options, log, target } = settings;
  // A worker that starts later must not begin at the beginning of time.
  const hasClock = options.now !== undefined || options.frozen === true;
  const { now } = await model.clock();
  return {
    kind: 'start',
    log,
    options: {
      ...options,
      port,
      ...(hasClock ? { now } : {}),
      ...(certificate ? { tls: { cert: certificate.cert, key: certificate.key } } : {}),
    },
    // The shipped one is there, compiled.
    document: target === undefined ? undefined : toParcel(spec()),
  };
}

/** A port that is free now; 0 where none can be had, for then each worker says why. */
function freePort(host: string): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(0));
    server.listen(0, host, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
