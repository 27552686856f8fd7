import { fileURLToPath } from 'node:url';
import { shippedSpec } from '../check/shipped.ts';
import { ExactMatchError } from '../errors.ts';
import { FAULT_NAMES, type FaultTexts, faultMistake } from '../mock/fault/rules.ts';
import type { LogFormat, MockOptions, State, TrafficPactOptions } from '../mock.ts';
import { isDateTime } from '../schema/date-time.ts';
import { readJson } from '../spec/json-text.ts';
import { type Args, documentOf, integerOf, textOf, wordOf } from './command.ts';
import type { Io } from './io.ts';
import { ADMIN_TOKEN_VARIABLE, DEFAULT_PORT, STORE_VARIABLE } from './mock-options.ts';

/** What `exactmatch mock` was told. */
export interface MockSettings {
  /** The document; `undefined` for the shipped one. */
  readonly target: string | undefined;
  /** Data and nothing else: workers get it by message. */
  readonly options: Omit<MockOptions, 'spec' | 'log' | 'onLog' | 'listen'>;
  readonly log: LogFormat | 'none';
  readonly isWatched: boolean;
  /** What pact is written at the end; `undefined` for none. */
  readonly pact: TrafficPactOptions | undefined;
  /** How many processes; `undefined` for this one alone. */
  readonly workers: number | undefined;
}

const LARGEST_BODY = 2 ** 30;
const MOST_WORKERS = 128;

/**
 * Reads what `exactmatch mock` was told, and the files that it names.
 *
 * @throws {ExactMatchError} `OPTION_INVALID`, `FILE_UNREADABLE`, or `SPEC_MALFORMED` for seed data.
 */
export async function readMockSettings(args: Args, io: Io): Promise<MockSettings> {
  const isOn = (name: string) => args.values[name] === true;
  const isWatched = isOn('watch');
  const store = textOf(args, 'store') ?? io.env(STORE_VARIABLE);
  const options = {
    port: integerOf(args, 'port', { min: 0, max: 65_535 }) ?? DEFAULT_PORT,
    seed: integerOf(args, 'seed', { min: 0, max: 2 ** 31 - 1 }),
    bodyLimit: integerOf(args, 'body-limit', { min: 1, max: LARGEST_BODY }),
    host: textOf(args, 'host'),
    ...{ dynamic: isOn('dynamic'), cors: isOn('cors'), strict: isOn('strict') },
    ...{ stateless: isOn('stateless'), frozen: isOn('frozen'), validate: !isOn('no-validate') },
    now: timeOf(args),
    adminToken: tokenOf(args, io),
    ...faultsOf(args),
    store,
  };
  return {
    target: targetOf(args, isWatched),
    log: wordOf(args, 'log', ['pretty', 'json', 'none']),
    isWatched,
    pact: pactOf(args),
    workers: workersOf(args, store),
    options: withoutNothing({
      ...options,
      tls: await tlsOf(args, io),
      ...(await seedDataOf(args, io)),
    }),
  };
}

/** The members that have a value. */
function withoutNothing<T extends object>(
  members: T,
): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  // `fromEntries` knows the names no more.
  return Object.fromEntries(entries) as { [Name in keyof T]?: Exclude<T[Name], undefined> };
}

function targetOf(args: Args, isWatched: boolean): string | undefined {
  const target = documentOf(args);
  if (!isWatched) return target;
  if (target !== undefined && /^https?:/i.test(target)) {
    throw misuse(`--watch follows files, and "${target}" is none. Give the path of a file.`);
  }
  // The shipped document comes compiled: to follow it, it is read as any other is.
  return target ?? fileURLToPath(shippedSpec().root.source.uri);
}

function faultsOf(args: Args): FaultTexts {
  const faults = FAULT_NAMES.map((name) => [name, textOf(args, name)] as const);
  for (const [name, text] of faults) {
    const mistake = text === undefined ? undefined : faultMistake(name, text);
    if (mistake !== undefined) throw misuse(`--${name} ${mistake}.`);
  }
  return Object.fromEntries(faults);
}

function timeOf(args: Args): string | undefined {
  const now = textOf(args, 'now');
  if (now === undefined || (isDateTime(now) && !Number.isNaN(Date.parse(now)))) return now;
  throw misuse(`--now must be a date-time such as 2024-05-14T08:20:31Z, got "${now}".`);
}

function tokenOf(args: Args, io: Io): string | undefined {
  const token = textOf(args, 'admin-token') ?? io.env(ADMIN_TOKEN_VARIABLE);
  // What else a header can carry is no token (RFC 6750), and the message must not repeat it.
  if (token === undefined || /^[\x21-\x7e]+$/.test(token)) return token;
  throw misuse('--admin-token must be letters, digits and signs of ASCII, without spaces.');
}

function workersOf(args: Args, store = 'memory'): number | undefined {
  const workers = integerOf(args, 'workers', { min: 1, max: MOST_WORKERS });
  if (workers === undefined || /^rediss?:/i.test(store)) return workers;
  throw misuse(
    '--workers needs --store redis://HOST:PORT: without it each worker would remember something else.',
  );
}

function pactOf(args: Args): TrafficPactOptions | undefined {
  const consumer = textOf(args, 'pact');
  const [provider, dir] = [textOf(args, 'provider'), textOf(args, 'pact-dir')];
  if (consumer === undefined) {
    if (provider === undefined && dir === undefined) return undefined;
    throw misuse('--provider and --pact-dir go with --pact CONSUMER. Give it, or none of them.');
  }
  if (args.values['workers'] !== undefined) {
    throw misuse('--pact is written by one process. Leave out --workers.');
  }
  return withoutNothing({ consumer, provider, dir }) as TrafficPactOptions;
}

async function tlsOf(args: Args, io: Io): Promise<MockOptions['tls']> {
  const [cert, key] = [textOf(args, 'cert'), textOf(args, 'key')];
  if ((cert === undefined) !== (key === undefined)) {
    throw misuse('--cert and --key go together. Give both, or --https alone.');
  }
  if (cert === undefined || key === undefined) return args.values['https'] === true || undefined;
  return { cert: await io.read(cert), key: await io.read(key) };
}

async function seedDataOf(
  args: Args,
  io: Io,
): Promise<Pick<MockOptions, 'seedData' | 'seedSource'>> {
  const file = textOf(args, 'seed-data');
  if (file === undefined) return {};
  if (args.values['stateless'] === true) {
    throw misuse('--seed-data says what to remember, --stateless to remember nothing. Give one.');
  }
  // Its form is checked against the document.
  const text = await io.read(file);
  return { seedData: readJson(text, file) as State, seedSource: { file, text } };
}

function misuse(message: string): ExactMatchError {
  return new ExactMatchError('OPTION_INVALID', message);
}
