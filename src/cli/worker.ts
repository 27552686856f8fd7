import cluster from 'node:cluster';
import { once } from 'node:events';
import { loadSpec } from '../check/shipped.ts';
import { ExactMatchError } from '../errors.ts';
import { type MockServer, startMock } from '../mock.ts';
import { toSpec } from '../spec/load.ts';
import type { Source } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import type { ExitCode } from './command.ts';
import type { Io } from './io.ts';
import { logging } from './mock-notice.ts';
import { type Order, type Parcel, type Report, WORKER_VARIABLE } from './worker-message.ts';

/** Is one of the processes of `--workers`: does what the first process tells it. */
export async function runWorker(io: Io): Promise<ExitCode> {
  const { worker } = cluster;
  if (!worker) {
    throw new ExactMatchError(
      'OPTION_INVALID',
      `${WORKER_VARIABLE} is set, and this is no worker: the variable is for --workers alone. Unset it.`,
    );
  }
  const stopped = io.untilStopped();
  const report = (message: Report) =>
    new Promise<void>((resolve) => worker.send(message, () => resolve()));
  let mock: MockServer | undefined;
  let code: ExitCode = 0;
  let newest: Parcel | undefined;
  worker.on('message', (order: Order) => {
    if (order.kind !== 'reload') return;
    newest = order.document;
    // What it could not use would not have come: the first process has tried.
    mock?.reload(unpack(newest)).catch(() => {});
  });
  const ordered = once(worker, 'message') as Promise<[Order]>;
  await report({ kind: 'idle' });
  const [order] = await ordered;
  try {
    if (order.kind !== 'start') throw new Error('The first order is to start');
    const { options, log, document } = order;
    const spec = document ? unpack(document) : await loadSpec();
    mock = await startMock({ ...options, spec, ...logging(log, io) });
    if (newest) await mock.reload(unpack(newest));
    await report({ kind: 'listening', url: mock.url, baseUrl: mock.baseUrl });
    await stopped;
  } catch (cause) {
    code = 2;
    await report(
      cause instanceof ExactMatchError
        ? { kind: 'failed', code: cause.code, reason: cause.message }
        : { kind: 'failed', code: undefined, reason: String(cause) },
    );
  }
  await mock?.close();
  worker.disconnect();
  return code;
}

function unpack({ uri, formats, sources }: Parcel): Spec {
  const unpacked = sources.map((source): Source => ({ ...source, text: () => source.text }));
  const first = unpacked.find((source) => source.uri === uri);
  if (!first) throw new Error('A document is among its sources');
  return toSpec(first, new Map(unpacked.map((source) => [source.uri, source])), formats);
}
