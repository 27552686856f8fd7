import { ownString } from '../json.ts';
import { objectChild } from '../spec/node.ts';
import { operationsOf } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import { curlOf } from './curl.ts';

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

/** What is printed when the mock listens: where, and a line to try it with. */
export function banner(spec: Spec, started: Started): string {
  const { url, fingerprint, isSelfMade, workers } = started;
  const title = ownString(objectChild(spec.root, 'info')?.value ?? {}, 'title') ?? 'an API';
  const operations = counted(operationsOf(spec).length, 'operation');
  const team = workers === undefined ? '' : `, ${counted(workers, 'worker')}`;
  const lines = [`Mock of ${title} (${operations}) on ${url}${team}`];
  if (fingerprint !== undefined) {
    const origin = isSelfMade ? 'made for this run' : 'given';
    lines.push(`Certificate (${origin}), SHA-256 ${fingerprint}`);
  }
  const curl = curlOf(spec, started.baseUrl);
  // A certificate that was made just now is in no store.
  const line = isSelfMade ? curl?.replace(/^curl/, 'curl --insecure') : curl;
  if (line !== undefined) lines.push('', 'Try it:', `  ${line}`);
  return `${lines.join('\n')}\n`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
