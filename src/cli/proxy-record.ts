import { secretNamesOf } from '../check/redact.ts';
import type { ProxiedExchange } from '../proxy/exchange.ts';
import { toHarEntry } from '../proxy/har-entry.ts';
import { startHarFile } from '../proxy/har-file.ts';
import type { Spec } from '../spec/spec.ts';

/** Writes down what passes. */
export interface Recorder {
  readonly add: (exchange: ProxiedExchange) => void;
  readonly close: () => Promise<void>;
}

/** What writes down what passes; `undefined` without a file. */
export async function record(
  file: string | undefined,
  spec: Spec,
  version: string,
): Promise<Recorder | undefined> {
  if (file === undefined) return undefined;
  const har = await startHarFile(file, version);
  const secrets = secretNamesOf(spec);
  return {
    add: (exchange: ProxiedExchange) => har.add(toHarEntry(exchange, secrets)),
    close: har.close,
  };
}
