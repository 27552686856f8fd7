import { ExactMatchError } from '../../errors.ts';
import { isObject } from '../../json.ts';
import { networkReason } from '../../network-error.ts';
import type { StateHandler } from './options.ts';
import { StateMissing, type StateSetter } from './states.ts';

/** Sets states by handlers. */
export function createHandlerSetter(
  handlers: Readonly<Record<string, StateHandler>>,
  provider: string,
): StateSetter {
  return {
    change: async ({ state, action, params }) => {
      if (state === '') return undefined;
      const handler = Object.hasOwn(handlers, state) ? handlers[state] : undefined;
      if (handler === undefined)
        throw new StateMissing(
          missing(state, Object.keys(handlers), 'There is no handler at all.'),
        );
      const steps = typeof handler === 'function' ? { setup: handler } : handler;
      try {
        return await steps[action]?.(params, { state, action, provider });
      } catch (cause) {
        throw placed(cause);
      }
    },
  };
}

/** An error that says where in the handlers it was thrown. */
function placed(cause: unknown): unknown {
  if (!Error.isError(cause)) return cause;
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const own = frames.find((line) => !/\bnode:|[\\/]node_modules[\\/]/.test(line));
  const place = /((?:file:|[\\/]|[A-Z]:)[^()]*:\d+):\d+\)?$/.exec(own ?? '')?.[1];
  if (place === undefined) return cause;
  const name = place.replace(/^file:\/\//, '');
  return new Error(`${cause.message || cause.name} (${name})`, { cause });
}

/** Sets no states: there is nothing that could. */
export const noSetter: StateSetter = {
  change: async ({ state }) => {
    if (state === '') return undefined;
    throw new StateMissing(
      `Nothing sets "${state}": there are no handlers. Give them (--states FILE), or an address (--states-url URL).`,
    );
  },
};

/** Sets states by posting them to an address, as Pact's Verifier does. */
export function createUrlSetter(url: URL, timeout: number): StateSetter {
  return {
    change: async (change) => {
      const response = await post(url, JSON.stringify(change), timeout);
      const text = await response.text();
      // Without a state there is nothing to set; some providers take it for a sign to start afresh.
      if (!response.ok && change.state !== '') {
        const said = text.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
        throw new Error(`${url} answered ${response.status}${said === '' ? '.' : `: ${said}`}`);
      }
      return readValues(text);
    },
  };
}

async function post(url: URL, body: string, timeout: number): Promise<Response> {
  try {
    const headers = { 'content-type': 'application/json' };
    return await fetch(url, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(timeout),
    });
  } catch (cause) {
    throw new Error(`${url} ${networkReason(cause)}.`, { cause });
  }
}

/** What is no JSON holds no values. */
function readValues(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is said of a state that nothing sets, with what to do where nothing sets any. */
export function missing(state: string, known: readonly string[], hint: string): string {
  const names = known.map((name) => `"${name}"`).join(', ');
  const rest = known.length === 0 ? hint : `There are ${names}.`;
  return `Nothing sets "${state}". ${rest}`;
}

/**
 * Takes handlers from what a module exports: its `default` or `states`, else all that it exports.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` when one is no handler.
 */
export function readHandlers(
  exported: Readonly<Record<string, unknown>>,
  file: string,
): Readonly<Record<string, StateHandler>> {
  const chosen = exported['default'] ?? exported['states'] ?? exported;
  const entries = typeof chosen === 'object' && chosen !== null ? Object.entries(chosen) : [];
  if (entries.length === 0) throw handlerMistake(file, 'it exports no handlers');
  for (const [name, handler] of entries) {
    if (!isHandler(handler)) throw handlerMistake(file, `"${name}" is no handler`);
  }
  // Each was looked at.
  return chosen as Readonly<Record<string, StateHandler>>;
}

function isHandler(handler: unknown): boolean {
  if (typeof handler === 'function') return true;
  if (!isObject(handler)) return false;
  const steps = Object.entries(handler);
  return (
    steps.length > 0 &&
    steps.every(
      ([name, step]) => (name === 'setup' || name === 'teardown') && typeof step === 'function',
    )
  );
}

function handlerMistake(file: string, reason: string): ExactMatchError {
  return new ExactMatchError(
    'OPTION_INVALID',
    `The states in "${file}" cannot be used: ${reason}. Export an object by the names of states, each a function or { setup, teardown }.`,
  );
}
