import { loadSpec } from './check/shipped.ts';
import { ExactMatchError } from './errors.ts';
import { formatLogEntry, type LogEntry, type LogFormat, toLogEntry } from './mock/log.ts';
import { createPipeline } from './mock/pipeline.ts';
import { listen } from './mock/server.ts';
import { child } from './spec/node.ts';
import { basePathsOf } from './spec/server.ts';
import type { Spec } from './spec/spec.ts';

export type { LogEntry, LogFormat };

/** How the mock is started. */
export interface MockOptions {
  /** The document: a path, a URL, an object, or one that is loaded. Default: the shipped document. */
  readonly spec?: string | URL | object | Spec;
  /** Default: 0, a free one. */
  readonly port?: number;
  /** Default: `127.0.0.1`. */
  readonly host?: string;
  /** Whether pages of any origin may call it. Default: `false`. */
  readonly cors?: boolean;
  /** Whether answers are made data rather than the document's examples. Default: `false`. */
  readonly dynamic?: boolean;
  /** What made data starts from: the same number and the same requests give the same data. Default: 1. */
  readonly seed?: number;
  /** Largest request body, in bytes. Default: 4194304, as at Microsoft Graph. */
  readonly bodyLimit?: number;
  /** How requests are logged; with `onLog` only. Default: `pretty`. */
  readonly log?: LogFormat;
  /** Takes each log line; without it nothing is logged. */
  readonly onLog?: (line: string, entry: LogEntry) => void;
}

/** A mock that is listening. */
export interface MockServer {
  /** Where it listens, without a slash at the end: `http://127.0.0.1:4010`. */
  readonly url: string;
  /** `url` with the base path of the document's first server: `http://127.0.0.1:4010/beta`. */
  readonly baseUrl: string;
  readonly port: number;
  /** Stops listening; running requests are answered first. */
  readonly close: () => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

const BODY_LIMIT = 4 * 1024 * 1024;

/**
 * Starts a mock of a document's API: requests are judged by `check/`, answered by Prism.
 *
 * @throws {ExactMatchError} `ADDRESS_UNAVAILABLE`, `OPTION_INVALID`, or `SPEC_*` when the document
 * cannot be loaded.
 * @example
 * await using mock = await startMock();
 * const response = await fetch(`${mock.baseUrl}/dataClassification/exactMatchDataStores/patients/sessions`);
 */
export async function startMock(options: MockOptions = {}): Promise<MockServer> {
  const { port = 0, host = '127.0.0.1', cors = false, dynamic = false, seed = 1 } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ExactMatchError(
      'OPTION_INVALID',
      `The port must be a whole number from 0 to 65535, got ${port}.`,
    );
  }
  const spec = await specOf(options.spec);
  const { log = 'pretty', onLog, bodyLimit = BODY_LIMIT } = options;
  const server = await listen(
    {
      spec,
      pipeline: createPipeline(spec, { dynamic, seed }),
      cors,
      bodyLimit,
      onReply: (message, reply, milliseconds) => {
        if (!onLog) return;
        const entry = toLogEntry(message, reply, milliseconds);
        onLog(formatLogEntry(entry, log), entry);
      },
    },
    port,
    host,
  );
  const { address, family, port: bound } = server.address;
  const name = family === 'IPv6' ? `[${address}]` : address;
  const url = `http://${name}:${bound}`;
  return {
    url,
    baseUrl: url + basePathOf(spec),
    port: bound,
    close: server.close,
    [Symbol.asyncDispose]: server.close,
  };
}

async function specOf(given: MockOptions['spec']): Promise<Spec> {
  if (typeof given === 'object' && 'sources' in given && given.sources instanceof Map)
    return given as Spec;
  return loadSpec(given);
}

function basePathOf(spec: Spec): string {
  const servers = child(spec.root, 'servers');
  return (servers && basePathsOf(servers)[0]?.path) ?? '';
}
