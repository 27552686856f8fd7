import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { ExactMatchError } from '../errors.ts';
import { type Order, type Report, WORKER_VARIABLE } from './worker-message.ts';

/** What a team is made of. */
export interface TeamOptions {
  readonly count: number;
  /** What each new worker is told, as it is at that moment. */
  readonly firstOrder: () => Promise<Order>;
  /** Told of a worker that ended by itself and is replaced. */
  readonly onReplace: (pid: number, reason: string) => void;
}

/** Where the workers listen. */
export type Address = Omit<Extract<Report, { kind: 'listening' }>, 'kind'>;

/** Workers that listen together, each replaced when it ends. */
export interface Team {
  /** Resolves when all listen for the first time. */
  readonly listening: Promise<Address>;
  /** Rejects when a worker cannot start, now or later: another one could not either. */
  readonly failure: Promise<never>;
  readonly tell: (order: Order) => void;
  /** Ends all workers; what they are answering is answered first. */
  readonly stop: () => Promise<void>;
}

/** How long workers may take to end, in milliseconds. */
const PATIENCE = 5000;

/** Starts workers. */
export function startTeam(options: TeamOptions): Team {
  // What they have to do comes by message: tokens must not stand in the list of processes.
  cluster.setupPrimary({ args: ['mock'], serialization: 'advanced' });
  const listening = Promise.withResolvers<Address>();
  const failure = Promise.withResolvers<never>();
  // Whoever awaits it later must not find that nobody did before.
  failure.promise.catch(() => {});
  const workers = new Set<Worker>();
  /** Those that have been told to start, and of these the ones that listen. */
  const started = new Set<Worker>();
  const ready = new Set<Worker>();
  let isStopping = false;

  const start = async (worker: Worker) => {
    const order = await options.firstOrder();
    started.add(worker);
    send(worker, order);
  };
  const hear = (worker: Worker, report: Report) => {
    if (report.kind === 'failed') failure.reject(errorOf(report));
    else if (report.kind === 'idle') start(worker).catch(failure.reject);
    else {
      ready.add(worker);
      if (ready.size === options.count) listening.resolve(report);
    }
  };
  const replace = (worker: Worker, reason: string) => {
    workers.delete(worker);
    started.delete(worker);
    const wasReady = ready.delete(worker);
    if (isStopping) return;
    if (wasReady) {
      options.onReplace(worker.process.pid ?? 0, reason);
      add();
      return;
    }
    const fail = () => failure.reject(unstartable(reason));
    // What it has told of the reason may still be on its way.
    if (worker.isConnected()) worker.once('disconnect', fail);
    else fail();
  };
  const add = () => {
    const worker = cluster.fork({ [WORKER_VARIABLE]: '1' });
    workers.add(worker);
    worker.on('message', (report: Report) => hear(worker, report));
    worker.on('exit', (code, signal) => replace(worker, signal ?? `exit code ${code}`));
  };
  for (let index = 0; index < options.count; index += 1) add();

  return {
    listening: listening.promise,
    failure: failure.promise,
    tell: (order) => {
      for (const worker of started) send(worker, order);
    },
    stop: async () => {
      isStopping = true;
      await Promise.all([...workers].map(end));
    },
  };
}

function errorOf({ code, reason }: Extract<Report, { kind: 'failed' }>): Error {
  return code === undefined ? new Error(reason) : new ExactMatchError(code, reason);
}

function unstartable(reason: string): ExactMatchError {
  const message = `A worker has ended before it listened: ${reason}.`;
  return new ExactMatchError('ADDRESS_UNAVAILABLE', message);
}

/** One that is gone meanwhile hears nothing, and its end is seen. */
function send(worker: Worker, order: Order): void {
  worker.send(order, () => {});
}

async function end(worker: Worker): Promise<void> {
  const { process } = worker;
  if (process.exitCode !== null || process.signalCode !== null) return;
  const ended = once(process, 'exit');
  process.kill('SIGTERM');
  const late = setTimeout(() => process.kill('SIGKILL'), PATIENCE);
  await ended;
  clearTimeout(late);
}
