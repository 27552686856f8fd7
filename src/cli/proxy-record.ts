import { secretNamesOf } from '../check/redact.ts';
import type { ProxiedExchange } from '../proxy/exchange.ts';
import { toHarEntry } from '../proxy/har-entry.ts';
import { startHarFile } from '../proxy/har-file.ts';
import type { Spec } from '../spec/spec.ts';

/** What writes down what passes. */
export interface TrafficRecord {
  readonly add: (exchange: ProxiedExchange) => void;
  /**
   * Ends when all is written.
   *
   * @throws {ExactMatchError} `FILE_UNREADABLE` when something could not be.
   */
  readonly close: () => Promise<void>;
}

/** Starts a HAR of what passes; `undefined` without a file. */
export async function record(
  file: string | undefined,
  spec: Spec,
  version: string,
): Promise<TrafficRecord | undefined> {
  if (file === undefined) return undefined;
  const har = await startHarFile(file, version);
  const secrets = secretNamesOf(spec);
  return {
    add: (exchange) => har.add(toHarEntry(exchange, secrets)),
    close: har.close,
  };
}
