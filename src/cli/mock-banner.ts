import { setImmediate } from 'node:timers/promises';
import { ownString } from '../json.ts';
import { countOf } from '../report/count.ts';
import { objectChild } from '../spec/node.ts';
import { operationsOf } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import { curlOf } from './curl.ts';
import type { Io } from './io.ts';

/** What is told of a mock that listens. */
export interface Started {
  readonly url: string;
  readonly baseUrl: string;
  /** SHA-256 of its certificate, if it speaks HTTPS. */
  readonly fingerprint: string | undefined;
  /** Whether nobody can trust that certificate yet: it was made for this run. */
  readonly isSelfMade: boolean;
  readonly workers: number | undefined;
}

/**
 * Prints where the mock listens, and a turn later a line to try it with: to make that up takes a while
 * in a large document, and whoever has waited for the mock is answered before.
 */
export async function announce(
  spec: Spec,
  started: Started,
  { stdout }: Pick<Io, 'stdout'>,
): Promise<void> {
  stdout(whereabouts(spec, started));
  for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
  const curl = curlOf(spec, started.baseUrl);
  // A certificate that was made just now is in no store.
  const line = started.isSelfMade ? curl?.replace(/^curl/, 'curl --insecure') : curl;
  if (line !== undefined) stdout(`\nTry it:\n  ${line}\n`);
}

/** A request that came meanwhile is read in one turn of the event loop and answered in the next. */
const TURNS = 2;

function whereabouts(spec: Spec, { url, fingerprint, isSelfMade, workers }: Started): string {
  const title = ownString(objectChild(spec.root, 'info')?.value ?? {}, 'title') ?? 'an API';
  const operations = countOf(operationsOf(spec).length, 'operation');
  const team = workers === undefined ? '' : `, ${countOf(workers, 'worker')}`;
  const lines = [`Mock of ${title} (${operations}) on ${url}${team}`];
  if (fingerprint !== undefined) {
    const origin = isSelfMade ? 'made for this run' : 'given';
    lines.push(`Certificate (${origin}), SHA-256 ${fingerprint}`);
  }
  return `${lines.join('\n')}\n`;
}
