import { randomUUID } from 'node:crypto';
import { ExactMatchError } from '../../errors.ts';
import { isArray, isObject, type Json, type JsonObject } from '../../json.ts';
import type { MockState } from './options.ts';
import { missing } from './state-setters.ts';
import { StateMissing, type StateSetter } from './states.ts';

/** A mock that is verified. */
export interface FoundMock {
  /** Where its admin API is, with the scope that the provider's address names. */
  readonly admin: string;
  /** What its requests need, so that nobody else's are disturbed. */
  readonly headers: Readonly<Record<string, string>>;
}

/** How the states of a mock are set. */
export interface MockSetterOptions {
  readonly mock: FoundMock;
  /** By name; without, those that the mock's document names. */
  readonly states: Readonly<Record<string, MockState>> | undefined;
  readonly adminToken: string | undefined;
  readonly timeout: number;
}

const HINT = 'Give the mock its states: --states FILE.json, or x-mock.states in its document.';
const SCOPE = /^\/__scope\/[^/]+/;
/** For the question whether a provider is a mock, in milliseconds. */
const PATIENCE = 2000;

/** Tells whether a provider is a mock of ours, by its health. */
export async function findMock(provider: URL, timeout: number): Promise<FoundMock | undefined> {
  const scope = SCOPE.exec(provider.pathname)?.[0];
  const admin = `${provider.origin}${scope ?? ''}/__mock`;
  try {
    const response = await fetch(`${admin}/health`, {
      signal: AbortSignal.timeout(Math.min(timeout, PATIENCE)),
    });
    const health = (await response.json()) as Json;
    if (!isObject(health) || typeof health['operations'] !== 'number') return undefined;
  } catch {
    // Whatever does not answer so is a provider like any other.
    return undefined;
  }
  return {
    admin,
    headers: scope === undefined ? { 'x-mock-scope': `verify-${randomUUID()}` } : {},
  };
}

/**
 * Sets the states of a mock by its admin API: each interaction starts afresh, with what the mock was
 * seeded with, in a scope of its own.
 */
export function createMockSetter(options: MockSetterOptions): StateSetter {
  let known: Promise<Readonly<Record<string, MockState>>> | undefined;
  let preferred: string[] = [];
  return {
    begin: async () => {
      preferred = [];
      await call(options, 'POST', '/reset');
    },
    change: async ({ state, action, params }) => {
      if (state === '' || action === 'teardown') return undefined;
      known ??= options.states ? Promise.resolve(options.states) : declaredStates(options);
      const states = await known;
      const wanted = Object.hasOwn(states, state) ? states[state] : undefined;
      if (wanted === undefined) throw new StateMissing(missing(state, Object.keys(states), HINT));
      const { memory, faults, clock, prefer } = fill(
        wanted as unknown as Json,
        params,
      ) as MockState;
      if (memory) await add(options, memory);
      if (clock) await call(options, 'PUT', '/clock', clock);
      if (faults) await call(options, 'PUT', '/faults', faults);
      if (prefer !== undefined) preferred.push(prefer);
      return undefined;
    },
    headersFor: ({ headers: { prefer } }) =>
      preferred.length === 0
        ? {}
        : { prefer: [...(prefer === undefined ? [] : [prefer]), ...preferred].join(', ') },
  };
}

/** The states that the document of the mock names, in `x-mock` beside its paths. */
async function declaredStates(
  options: MockSetterOptions,
): Promise<Readonly<Record<string, MockState>>> {
  const document = await call(options, 'GET', '/document');
  const extension = isObject(document) ? document['x-mock'] : undefined;
  const states = isObject(extension) ? extension['states'] : undefined;
  return states === undefined ? {} : readMockStates(states, 'x-mock of the document');
}

/** Puts items beside those that are there. */
async function add(options: MockSetterOptions, memory: JsonObject): Promise<void> {
  const present = await call(options, 'GET', '/state');
  const state: Record<string, Json> = isObject(present) ? { ...present } : {};
  for (const [path, items] of Object.entries(memory)) {
    const before = state[path];
    state[path] = isArray(before) && isArray(items) ? [...before, ...items] : items;
  }
  await call(options, 'PUT', '/state', state);
}

async function call(
  { mock, adminToken, timeout }: MockSetterOptions,
  method: string,
  path: string,
  body?: JsonObject,
): Promise<Json | undefined> {
  const response = await fetch(mock.admin + path, {
    method,
    headers: {
      ...mock.headers,
      ...(adminToken === undefined ? {} : { authorization: `Bearer ${adminToken}` }),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    signal: AbortSignal.timeout(timeout),
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`The mock refused ${method} ${path}: ${reasonIn(text)}`);
  return text === '' ? undefined : (JSON.parse(text) as Json);
}

/** Refusals are problem details, or an error as OData has it. */
function reasonIn(text: string): string {
  try {
    const { detail, error } = JSON.parse(text) as {
      detail?: unknown;
      error?: { message?: unknown };
    };
    return String(error?.message ?? detail ?? text);
  } catch {
    return text;
  }
}

/** Puts parameters of a state where a text names them: `{params.id}`. */
function fill(value: Json, params: JsonObject): Json {
  if (isArray(value)) return value.map((item) => fill(item, params));
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [String(fill(name, params)), fill(item, params)]),
    );
  }
  if (typeof value !== 'string') return value;
  const whole = /^\{params\.([\w-]+)\}$/.exec(value)?.[1];
  if (whole !== undefined) return parameter(params, whole);
  return value.replaceAll(/\{params\.([\w-]+)\}/g, (_, name: string) =>
    String(parameter(params, name)),
  );
}

function parameter(params: JsonObject, name: string): Json {
  if (Object.hasOwn(params, name)) return params[name] as Json;
  const given = Object.keys(params).join(', ') || 'none';
  throw new Error(`The state has no parameter "${name}". It has: ${given}.`);
}

const PARTS: readonly string[] = ['memory', 'faults', 'clock', 'prefer'];

/**
 * Reads states of the mock from JSON: by name, each with `memory`, `faults`, `clock` and `prefer`, or none
 * of them.
 *
 * @throws {ExactMatchError} `OPTION_INVALID`.
 */
export function readMockStates(value: Json, file: string): Readonly<Record<string, MockState>> {
  if (!isObject(value)) throw stateMistake(file, 'they are no object by the names of states');
  for (const [name, state] of Object.entries(value)) {
    if (!isObject(state)) throw stateMistake(file, `"${name}" is no object`);
    for (const [part, content] of Object.entries(state)) {
      if (!PARTS.includes(part)) throw stateMistake(file, `"${name}" has a part "${part}"`);
      const isText = part === 'prefer';
      if (isText ? typeof content === 'string' : isObject(content)) continue;
      throw stateMistake(file, `"${name}": its ${part} is no ${isText ? 'text' : 'object'}`);
    }
  }
  // Each part was looked at.
  return value as unknown as Readonly<Record<string, MockState>>;
}

function stateMistake(file: string, reason: string): ExactMatchError {
  return new ExactMatchError(
    'OPTION_INVALID',
    `The states in "${file}" cannot be used: ${reason}. A state may have ${PARTS.join(', ')}: { "the session exists": { "memory": { … } } }.`,
  );
}
