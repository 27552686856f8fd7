import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ExchangeInput } from '../check/judge-exchange.ts';
import { ExactMatchError } from '../errors.ts';
import { isObject, ownString } from '../json.ts';
import type { Spec } from '../spec/spec.ts';
import { pactFile } from './consumer/pact-file.ts';
import { keyOf, readPactText, writePactText } from './consumer/pact-text.ts';
import { interactionsOfTraffic, type TrafficInteractions } from './traffic.ts';

/** Between whom a pact is that is made of traffic, and where it is written. */
export interface TrafficPactOptions {
  /** Who sent the requests. */
  readonly consumer: string;
  /** Who answered them. Default: the title of the document, in lower case with hyphens. */
  readonly provider?: string;
  /** The folder of the pact file. Default: `pacts`, in the working directory. */
  readonly dir?: string;
}

/** What was written. */
export interface TrafficPact {
  /** The path of the pact file. */
  readonly path: string;
  /** The operation and status of each interaction that was written: `getPet 200`. */
  readonly interactions: readonly string[];
  /** What no interaction was made of, and why. */
  readonly left: TrafficInteractions['left'];
}

/**
 * Writes a pact of what a consumer sent and got: one interaction an operation and status, with matchers
 * from the document. Interactions that the file has under other names stay.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` for a name that no file can have; `PACT_MALFORMED`,
 * `FILE_UNREADABLE` when the file that is there cannot be read or written.
 */
export async function writeTrafficPact(
  spec: Spec,
  exchanges: Iterable<ExchangeInput> | AsyncIterable<ExchangeInput>,
  { consumer, provider = providerOf(spec), dir = 'pacts' }: TrafficPactOptions,
): Promise<TrafficPact> {
  const { path, parties } = pactFile(dir, { consumer, provider });
  const { interactions, left } = await interactionsOfTraffic(spec, exchanges);
  const known = await readExisting(path);
  const all = new Map(
    [
      ...(known === undefined ? [] : readPactText(known, path, parties)),
      ...interactions.values(),
    ].map((one) => [keyOf(one), one]),
  );
  if (interactions.size > 0) await write(path, writePactText(parties, [...all.values()]));
  return { path, interactions: [...interactions.keys()].sort(), left };
}

/** As a name of a file. */
function providerOf({ root }: Spec): string {
  const { info } = root.value;
  const title = isObject(info) ? (ownString(info, 'title') ?? '') : '';
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['provider'];
  return words.join('-');
}

async function readExisting(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unusable('read', path, cause);
  }
}

async function write(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (cause) {
    throw unusable('write', path, cause);
  }
}

function unusable(verb: string, path: string, cause: unknown): ExactMatchError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ExactMatchError('FILE_UNREADABLE', `Failed to ${verb} "${path}": ${reason}.`, {
    cause,
  });
}
