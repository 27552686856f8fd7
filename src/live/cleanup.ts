import type { Trace } from './created.ts';
import { toMessage } from './draft.ts';
import type { Run } from './run.ts';
import { isSuccess } from './run.ts';

/**
 * Deletes what was created and is still there, the last first. Lists what could not be deleted: its URL
 * and why.
 */
export async function cleanUp(run: Run): Promise<readonly string[]> {
  const reasons = new Map<string, string>();
  for (const trace of run.created.traces()) {
    const reason = run.created.has(trace.path) ? await remove(run, trace) : undefined;
    if (reason !== undefined) reasons.set(trace.path, reason);
  }
  // What lay in something that was deleted is gone with it.
  const left = [...reasons].filter(([path]) => run.created.has(path));
  const told = left.map(([path, reason]) => `${run.base()}${path}: ${reason}`);
  return [...told, ...run.created.untraceable()];
}

const GONE: ReadonlySet<number> = new Set([404, 410]);

async function remove(run: Run, { path, removal, operation }: Trace): Promise<string | undefined> {
  const message = removal && toMessage(run, removal);
  if (!message) return `created by ${operation.id}, and the document has no DELETE for it`;
  const { outcome } = await run.client.send(message);
  if (outcome.kind !== 'answer') return 'its DELETE was not answered';
  const { status } = outcome.response;
  if (!isSuccess({ status }) && !GONE.has(status)) return `its DELETE was answered ${status}`;
  run.created.remove(path);
  return undefined;
}
