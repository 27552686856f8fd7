import { isSpec } from './check/given-spec.ts';
import { formatLogEntry, type LogEntry, type LogFormat, toLogEntry } from './check/log.ts';
import { secretNamesOf } from './check/redact.ts';
import { loadSpec } from './check/shipped.ts';
import { ExactMatchError } from './errors.ts';
import type { KeyPair } from './mock/certificate.ts';
import type { Control } from './mock/control/control.ts';
import { FIRST_TIME, LAST_TIME } from './mock/duration.ts';
import { createEngine, type Engine } from './mock/engine.ts';
import { type FaultTexts, readFaults } from './mock/fault/rules.ts';
import { createFetch, type MockFetch } from './mock/fetch.ts';
import type { State, StateSource } from './mock/memory/state.ts';
import { DEFAULT_SCOPE, SCOPE_HEADER } from './mock/scope.ts';
import { type Listening, listen } from './mock/server.ts';
import { openStore } from './mock/store/open.ts';
import { toTraffic } from './mock/traffic.ts';
import type { TrafficPact, TrafficPactOptions } from './pact/traffic-file.ts';
import { child } from './spec/node.ts';
import { basePathsOf } from './spec/server.ts';
import type { Spec } from './spec/spec.ts';

export type { ClockState, Control, RequestFilter } from './mock/control/control.ts';
export type { Exchange } from './mock/journal.ts';
export type {
  FaultTexts,
  KeyPair,
  LogEntry,
  LogFormat,
  MockFetch,
  State,
  StateSource,
  TrafficPact,
  TrafficPactOptions,
};

/** How the mock is started. */
export interface MockOptions extends FaultTexts {
  /** The document: a path, a URL, an object, or one that is loaded. Default: the shipped document. */
  readonly spec?: string | URL | object | Spec;
  /** Whether it listens on a port; without, there is only `fetch`. Default: `true`. */
  readonly listen?: boolean;
  /** Default: 0, a free one. */
  readonly port?: number;
  /** Default: `127.0.0.1`. */
  readonly host?: string;
  /** Speaks HTTPS: with a certificate and its key in PEM, or with `true` by one made for this run. */
  readonly tls?: boolean | KeyPair;
  /** Whether pages of any origin may call it. Default: `false`. */
  readonly cors?: boolean;
  /** Whether answers are made data rather than the document's examples. Default: `false`. */
  readonly dynamic?: boolean;
  /** What ids, faults and made data start from: the same number and requests give the same. Default: 1. */
  readonly seed?: number;
  /** Whether nothing is remembered. Default: `false`. */
  readonly stateless?: boolean;
  /** What is remembered at first: lists of items by the path of their collection. */
  readonly seedData?: State;
  /** The file that `seedData` was read from, and its text: mistakes are told by their line. */
  readonly seedSource?: StateSource;
  /** Where it remembers: `memory`, or the URL of a Redis. Default: `memory`. */
  readonly store?: string;
  /** Where the clock stands at first. Default: that of the machine. */
  readonly now?: string | Date;
  /** Whether the clock stands still until it is moved. Default: `false`. */
  readonly frozen?: boolean;
  /** Whether properties and parameters that the document does not name are refused. Default: `false`. */
  readonly strict?: boolean;
  /** Whether wrong requests are refused; without, findings are logged and an answer is given. Default: `true`. */
  readonly validate?: boolean;
  /** Lets callers from other machines use the admin API, with this bearer token. */
  readonly adminToken?: string;
  /** Largest request body, in bytes. Default: 4194304, as at Microsoft Graph. */
  readonly bodyLimit?: number;
  /** How requests are logged; with `onLog` only. Default: `pretty`. */
  readonly log?: LogFormat;
  /** Takes each log line; without it nothing is logged. */
  readonly onLog?: (line: string, entry: LogEntry) => void;
}

/** A part of a mock with memory, faults, clock and journal of its own. */
export interface MockScope extends Control {
  /** Where requests of this scope go, with the base path of the document's first server. */
  readonly baseUrl: string;
  /** The mock without a socket. */
  readonly fetch: MockFetch;
  /**
   * Writes a pact of what the journal holds, its last 1,000 exchanges: one interaction an operation and
   * status, with matchers from the document. What the document forbids is left out and counted.
   *
   * @throws {ExactMatchError} `OPTION_INVALID`, `PACT_MALFORMED`, `FILE_UNREADABLE`.
   */
  readonly pact: (options: TrafficPactOptions) => Promise<TrafficPact>;
}

/** A mock that is running. */
export interface MockServer extends MockScope {
  /** Where it listens, without a slash at the end: `http://127.0.0.1:4010`. */
  readonly url: string;
  readonly port: number;
  /** With `tls`: what clients have to trust, and its SHA-256. */
  readonly certificate: { readonly cert: string; readonly fingerprint: string } | undefined;
  /** A part of its own, such as one a test: requests with `x-mock-scope: NAME` belong to it. */
  readonly scope: (name: string) => MockScope;
  /** Goes on with another document, or the same one read anew; what is remembered stays. */
  readonly reload: (spec: string | URL | object | Spec) => Promise<void>;
  /** Stops listening; running requests are answered first. */
  readonly close: () => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

const BODY_LIMIT = 4 * 1024 * 1024;
/** What a mock is called that does not listen: no such host exists (RFC 2606). */
const NOWHERE = 'http://mock.invalid';

/**
 * Starts a mock of a document's API: requests are judged by `check/`, answered from memory or by Prism.
 *
 * @throws {ExactMatchError} `ADDRESS_UNAVAILABLE`, `STORE_UNAVAILABLE`, `OPTION_INVALID`, or `SPEC_*`
 * when the document cannot be loaded.
 * @example
 * await using mock = await startMock();
 * const response = await fetch(`${mock.baseUrl}/dataClassification/exactMatchDataStores/patients/sessions`);
 */
export async function startMock(options: MockOptions = {}): Promise<MockServer> {
  const { port = 0, host = '127.0.0.1', cors = false, bodyLimit = BODY_LIMIT } = options;
  checkAddress(port, host);
  const isListening = options.listen !== false;
  const tls = options.tls && isListening ? await keyPairFor(options.tls, host) : undefined;
  const spec = await specOf(options.spec);
  const store = await openStore(options.store ?? 'memory');
  let listening: Listening | undefined;
  let engine: Engine;
  try {
    engine = createEngine(
      spec,
      engineOptions(options, store, () => engine.spec()),
    );
    listening = isListening
      ? await listen({ engine, cors, bodyLimit, tls }, port, host)
      : undefined;
  } catch (cause) {
    await store.close();
    throw cause;
  }
  const url = listening ? urlOf(listening, tls !== undefined) : NOWHERE;
  const scope = (name: string, prefix: string): MockScope => {
    const headers = prefix === '' ? {} : { [SCOPE_HEADER]: name };
    const control = engine.control(name);
    return {
      ...control,
      pact: async (pactOptions) => {
        // Loaded here: most mocks write none.
        const { writeTrafficPact } = await import('./pact/traffic-file.ts');
        return writeTrafficPact(engine.spec(), toTraffic(await control.requests()), pactOptions);
      },
      baseUrl: url + prefix + basePathOf(engine.spec()),
      fetch: createFetch({ engine, url, bodyLimit, headers }),
    };
  };
  const close = async () => {
    await listening?.close();
    await store.close();
  };
  return {
    ...scope(DEFAULT_SCOPE, ''),
    url,
    port: listening?.address.port ?? 0,
    certificate: tls && { cert: tls.cert, fingerprint: tls.fingerprint },
    scope: (name) => scope(name, `/__scope/${name}`),
    reload: async (next) => engine.replace(await specOf(next)),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function engineOptions(
  options: MockOptions,
  store: Awaited<ReturnType<typeof openStore>>,
  spec: () => Spec,
): Parameters<typeof createEngine>[1] {
  const { dynamic = false, seed = 1, strict = false, log = 'pretty', onLog } = options;
  const { latency, fail, throttle, reset, slow } = options;
  const faults: FaultTexts = { latency, fail, throttle, reset, slow };
  readFaults(faults);
  const hasFaults = Object.values(faults).some((text) => text !== undefined);
  return {
    ...{ store, dynamic, seed, strict },
    isStateless: options.stateless === true,
    isLenient: options.validate === false,
    initial: { ...clockOf(options), faults: hasFaults ? faults : undefined },
    seedData: options.seedData,
    seedSource: options.seedSource,
    adminToken: options.adminToken,
    onReply:
      onLog &&
      ((message, reply, milliseconds) => {
        const entry = toLogEntry(message, reply, milliseconds, secretNamesOf(spec()));
        onLog(formatLogEntry(entry, log), entry);
      }),
  };
}

function clockOf({ now, frozen = false }: MockOptions): {
  offset: number;
  frozenAt: number | undefined;
} {
  const start = now === undefined ? Date.now() : new Date(now).getTime();
  if (!(start >= FIRST_TIME && start <= LAST_TIME)) {
    throw new ExactMatchError(
      'OPTION_INVALID',
      `now must be a date-time such as 2024-05-14T08:20:31Z, got "${String(now)}".`,
    );
  }
  return {
    offset: now === undefined ? 0 : start - Date.now(),
    frozenAt: frozen ? start : undefined,
  };
}

function checkAddress(port: number, host: string): void {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ExactMatchError(
      'OPTION_INVALID',
      `The port must be a whole number from 0 to 65535, got ${port}.`,
    );
  }
  if (host === '') {
    throw new ExactMatchError(
      'OPTION_INVALID',
      'The host must not be empty. Give an address of this machine; 0.0.0.0 for all of them.',
    );
  }
}

function urlOf({ address }: Listening, isSecure: boolean): string {
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `${isSecure ? 'https' : 'http'}://${name}:${address.port}`;
}

/** TLS is loaded by those who speak it. */
async function keyPairFor(given: true | KeyPair, host: string) {
  const { certificateFor } = await import('./mock/certificate.ts');
  return certificateFor(given, host);
}

async function specOf(given: MockOptions['spec']): Promise<Spec> {
  return isSpec(given) ? given : loadSpec(given);
}

function basePathOf(spec: Spec): string {
  const servers = child(spec.root, 'servers');
  return (servers && basePathsOf(servers)[0]?.path) ?? '';
}
