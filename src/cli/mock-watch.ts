import { loadSpec } from '../check/shipped.ts';
import type { SpecWatch } from '../mock/watch.ts';
import type { Spec } from '../spec/spec.ts';
import type { Io } from './io.ts';
import { tell } from './mock-notice.ts';
import type { MockSettings } from './mock-settings.ts';

/** Follows the document for `--watch`, and tells what comes of it; `undefined` without. */
export async function watchDocument(
  spec: Spec,
  { target, isWatched, log }: MockSettings,
  use: (spec: Spec) => Promise<void>,
  io: Io,
): Promise<SpecWatch | undefined> {
  if (!isWatched) return undefined;
  const { watchSpec } = await import('../mock/watch.ts');
  const { file } = spec.root.source;
  return watchSpec(spec, {
    load: () => loadSpec(target),
    use,
    onReload: (change) => tell({ event: 'reloaded', file, ...change }, io, log),
    onFailure: ({ message }) => tell({ event: 'reload-failed', reason: message }, io, log),
  });
}
