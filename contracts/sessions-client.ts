import createClient from 'openapi-fetch';
import type {
  CreateExactMatchSessionRequest,
  ExactMatchSession,
  ExactMatchSessionCollection,
  operations,
  paths,
} from '../src/types.ts';
import { createRetryingFetch, sleepFor } from './retry.ts';

export interface SessionsClientOptions {
  /** Where the API is, with its version: `https://graph.microsoft.com/beta`. */
  readonly baseUrl: string;
  /** Gives the access token of a request; `undefined` sends none. */
  readonly getToken: () => string | undefined | Promise<string | undefined>;
  /** Default: the platform's. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Waits that many milliseconds; default: a timer. */
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  /** How often a request is tried again at most, after a 429 or 503. Default: 3. */
  readonly retries?: number;
}

/** What a list is asked for. */
export type ListQuery = NonNullable<operations['listExactMatchSessions']['parameters']['query']>;

/** The sessions API, as the uploader uses it. Every function throws `SessionsApiError`. */
export interface SessionsClient {
  readonly create: (
    dataStoreId: string,
    session?: CreateExactMatchSessionRequest,
  ) => Promise<ExactMatchSession>;
  readonly get: (dataStoreId: string, sessionId: string) => Promise<ExactMatchSession>;
  readonly list: (dataStoreId: string, query?: ListQuery) => Promise<ExactMatchSessionCollection>;
  readonly commit: (dataStoreId: string, sessionId: string) => Promise<void>;
}

/** Thrown when the service answers with anything but success. */
class SessionsApiError extends Error {
  override readonly name = 'SessionsApiError';
  readonly status: number;
  /** The service's short name of the failure; `unknown` when the answer has none. */
  readonly code: string;
  /** What the service's own people need to find the request. */
  readonly requestId: string | undefined;

  constructor(response: Response, error: unknown) {
    const { code, message } = readError(error);
    super(message ?? `The service answered ${response.status}.`);
    this.status = response.status;
    this.code = code ?? 'unknown';
    this.requestId = response.headers.get('request-id') ?? undefined;
  }
}

const SESSIONS = '/dataClassification/exactMatchDataStores/{exactMatchDataStoreId}/sessions';

/**
 * Makes a client of the sessions API.
 *
 * @example
 * const sessions = createSessionsClient({ baseUrl: 'https://graph.microsoft.com/beta', getToken });
 * const { id } = await sessions.create('patients', { fileName: 'patients.tsv' });
 */
export function createSessionsClient(options: SessionsClientOptions): SessionsClient {
  const { baseUrl, getToken, sleep = sleepFor, retries = 3 } = options;
  const { fetch = (request: Request) => globalThis.fetch(request) } = options;
  const client = createClient<paths>({
    baseUrl,
    querySerializer: { array: { style: 'form', explode: false } },
    fetch: createRetryingFetch({
      // A token can expire while the client waits: each attempt asks for one.
      fetch: async (request) => fetch(withToken(request, await getToken())),
      sleep,
      retries,
    }),
  });
  return {
    create: async (exactMatchDataStoreId, session = {}) =>
      dataOf(
        await client.POST(SESSIONS, { params: { path: { exactMatchDataStoreId } }, body: session }),
      ),
    get: async (exactMatchDataStoreId, exactMatchSessionId) =>
      dataOf(
        await client.GET(`${SESSIONS}/{exactMatchSessionId}`, {
          params: { path: { exactMatchDataStoreId, exactMatchSessionId } },
        }),
      ),
    list: async (exactMatchDataStoreId, query = {}) =>
      dataOf(await client.GET(SESSIONS, { params: { path: { exactMatchDataStoreId }, query } })),
    commit: async (exactMatchDataStoreId, exactMatchSessionId) => {
      const { response, error } = await client.POST(`${SESSIONS}/{exactMatchSessionId}/commit`, {
        params: { path: { exactMatchDataStoreId, exactMatchSessionId } },
      });
      if (!response.ok) throw new SessionsApiError(response, error);
    },
  };
}

function withToken(request: Request, token: string | undefined): Request {
  if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`);
  return request;
}

/** Success without a body is no success here: the caller asked for what it says. */
function dataOf<T>(result: { data?: T; error?: unknown; response: Response }): NonNullable<T> {
  const { data, error, response } = result;
  if (data === undefined || data === null) throw new SessionsApiError(response, error);
  return data;
}

/** A proxy on the way answers in HTML, or with nothing: an error is read without trusting it. */
function readError(error: unknown): { code?: string; message?: string } {
  const inner = memberOf(error, 'error');
  const code = memberOf(inner, 'code');
  const message = memberOf(inner, 'message');
  return {
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof message === 'string' ? { message } : {}),
  };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
