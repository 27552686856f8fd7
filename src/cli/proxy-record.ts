import { secretNamesOf } from '../check/redact.ts';
import type { ProxiedExchange } from '../proxy/exchange.ts';
import { toHarEntry } from '../proxy/har-entry.ts';
import { startHarFile } from '../proxy/har-file.ts';
import type { Spec } from '../spec/spec.ts';

/** What writes down what passes; `undefined` without a file. */
export async function record(file: string | undefined, spec: Spec, version: string) {
  if (file === undefined) return undefined;
  const har = await startHarFile(file, version);
  const secrets = secretNamesOf(spec);
  return {
    add: (exchange: ProxiedExchange) => har.add(toHarEntry(exchange, secrets)),
    close: har.close,
  };
}
