import type { SpecChange } from '../mock/spec-change.ts';
import type { MockOptions } from '../mock.ts';
import type { Io } from './io.ts';
import type { MockSettings } from './mock-settings.ts';

/** What happens to a running mock besides requests. */
export type Notice =
  | ({ readonly event: 'reloaded'; readonly file: string } & SpecChange)
  | { readonly event: 'reload-failed'; readonly reason: string }
  | { readonly event: 'worker-replaced'; readonly pid: number; readonly reason: string };

/** How a mock logs requests to standard error. */
export function logging(log: MockSettings['log'], io: Io): Pick<MockOptions, 'log' | 'onLog'> {
  return log === 'none' ? {} : { log, onLog: (line) => io.stderr(`${line}\n`) };
}

/** Tells what has happened, in the format of the log; also where requests are not logged. */
export function tell(notice: Notice, { stderr }: Io, log: MockSettings['log']): void {
  const text =
    log === 'json'
      ? JSON.stringify({ time: new Date().toISOString(), ...notice })
      : sentenceOf(notice);
  stderr(`${text}\n`);
}

function sentenceOf(notice: Notice): string {
  if (notice.event === 'reload-failed') {
    return `${notice.reason.replace(/\.?$/, '.')} The document before it stays in use.`;
  }
  if (notice.event === 'worker-replaced') {
    return `Worker ${notice.pid} has ended (${notice.reason}). Another one takes its place.`;
  }
  const { file, added, removed, changed } = notice;
  const parts = Object.entries({ added, removed, changed })
    .filter(([, ids]) => ids.length > 0)
    .map(([what, ids]) => `${what} ${listed(ids)}`);
  return `Reloaded ${file}: ${parts.join('; ') || 'no operation has changed'}.`;
}

const MOST = 20;

function listed(ids: readonly string[]): string {
  const rest = ids.length > MOST ? `, … (${ids.length} in all)` : '';
  return ids.slice(0, MOST).join(', ') + rest;
}
