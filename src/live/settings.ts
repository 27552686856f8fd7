import { ExactMatchError } from '../errors.ts';
import type { CaseResult, ProbeProgress } from './result.ts';

/** A text that is shown to nobody. */
export interface ProbeSecret {
  readonly value: string;
  /** The variable of the environment that stands for it in `curl` lines. */
  readonly variable: string;
}

/** A token that is sent where the document demands credentials; of HTTP Basic, `user:password`. */
export interface ProbeToken extends ProbeSecret {
  /** The security scheme that it is for, as the document names it. Default: every one. */
  readonly scheme?: string;
}

/** How a provider is probed. */
export interface ProbeOptions {
  /** Where the API is, with the base path of the document's servers or without. */
  readonly baseUrl: string | URL;
  /** A bearer token or an API key, whatever the document demands; `$TOKEN` in `curl` lines. */
  readonly token?: string;
  /** Tokens, where one does not do. */
  readonly tokens?: readonly ProbeToken[];
  /** Headers that every request carries. */
  readonly headers?: Readonly<Record<string, string | ProbeSecret>>;
  /** Values for path parameters, by name: things that exist. */
  readonly pathParameters?: Readonly<Record<string, string>>;
  /** The ids of the operations that are probed. Default: all. */
  readonly operations?: readonly string[];
  /** Whether requests other than GET and HEAD are sent. Default: `false`. */
  readonly allowWrites?: boolean;
  /** Whether properties of answers that the document does not name are findings. Default: `false`. */
  readonly strict?: boolean;
  /** What made-up values start from: the same number makes the same requests. Default: 1. */
  readonly seed?: number;
  /** How many answers are judged at most. Default: 1000. */
  readonly maxCases?: number;
  /** How many requests are sent in a second at most. Default: no limit. */
  readonly rate?: number;
  /** How many requests wait for their answers at a time. Default: 4. */
  readonly concurrency?: number;
  /** Milliseconds after which a request is given up. Default: 10000. */
  readonly timeout?: number;
  /** Ends the probe early: what was created is still deleted. */
  readonly signal?: AbortSignal;
  /** Takes each answer that was judged, as it comes. */
  readonly onCase?: (result: CaseResult) => void;
  /** Takes how far the probe has come. */
  readonly onProgress?: (progress: ProbeProgress) => void;
}

/** The options, read and complete. */
export interface Settings {
  readonly baseUrl: URL;
  readonly tokens: readonly ProbeToken[];
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | ProbeSecret>>;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly operations: readonly string[] | undefined;
  readonly allowWrites: boolean;
  readonly strict: boolean;
  readonly seed: number;
  readonly maxCases: number;
  readonly rate: number | undefined;
  readonly concurrency: number;
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  readonly onCase: (result: CaseResult) => void;
  readonly onProgress: (progress: ProbeProgress) => void;
}

/**
 * The options with their defaults.
 *
 * @throws {ExactMatchError} `OPTION_INVALID`.
 */
export function readSettings(options: ProbeOptions): Settings {
  const { token, tokens = [], operations, signal, rate } = options;
  return {
    baseUrl: readBaseUrl(options.baseUrl),
    tokens: token === undefined ? tokens : [{ value: token, variable: 'TOKEN' }, ...tokens],
    headers: lowerCased(options.headers ?? {}),
    pathParameters: options.pathParameters ?? {},
    operations: operations && operations.length > 0 ? operations : undefined,
    allowWrites: options.allowWrites === true,
    strict: options.strict === true,
    seed: whole('seed', options.seed ?? 1, 0, 2 ** 32 - 1),
    maxCases: whole('maxCases', options.maxCases ?? 1_000, 1, 1_000_000),
    rate: rate === undefined ? undefined : positive('rate', rate, 10_000),
    concurrency: whole('concurrency', options.concurrency ?? 4, 1, 100),
    timeout: positive('timeout', options.timeout ?? 10_000, 3_600_000),
    signal,
    onCase: options.onCase ?? (() => undefined),
    onProgress: options.onProgress ?? (() => undefined),
  };
}

function readBaseUrl(given: string | URL): URL {
  const url = URL.parse(String(given));
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (!url || !isHttp) {
    throw new ExactMatchError(
      'OPTION_INVALID',
      `The base URL must begin with http:// or https://, got "${given}".`,
    );
  }
  if (url.search === '' && url.hash === '' && url.username === '' && url.password === '')
    return url;
  throw new ExactMatchError(
    'OPTION_INVALID',
    'The base URL must have no query, no fragment and no credentials: give these as headers or token.',
  );
}

function lowerCased<T>(headers: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

function whole(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw wrong(name, value, `a whole number from ${least} to ${most}`);
}

function positive(name: string, value: number, most: number): number {
  if (value > 0 && value <= most) return value;
  throw wrong(name, value, `a number above 0 and at most ${most}`);
}

function wrong(name: string, value: number, wanted: string): ExactMatchError {
  return new ExactMatchError('OPTION_INVALID', `\`${name}\` must be ${wanted}, got ${value}.`);
}
