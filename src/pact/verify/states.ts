import { setTimeout as wait } from 'node:timers/promises';
import { isObject, type JsonObject } from '../../json.ts';
import type { StateChange } from './gate.ts';
import type { Expected, InteractionOrder } from './interaction-order.ts';
import type { FilteredRequest } from './options.ts';

/** Sets states of a provider. */
export interface StateSetter {
  /** An interaction begins: nothing of the one before may be left. */
  readonly begin?: () => Promise<void>;
  /**
   * Sets a state or takes it back, and gives values for `fromProviderState`.
   *
   * @throws {StateMissing} when nothing sets the state; anything else when it could not be set.
   */
  readonly change: (change: StateChange) => Promise<unknown>;
  /** What the provider is sent besides, in the states that are set. */
  readonly headersFor?: (request: FilteredRequest) => Readonly<Record<string, string>>;
}

/** Nothing sets a state; the message says what could be set, as a sentence. */
export class StateMissing extends Error {
  override readonly name = 'StateMissing';
}

/** A state that was not set, or not taken back. */
export interface StateFailure {
  readonly expected: Expected | undefined;
  readonly change: StateChange;
  readonly isMissing: boolean;
  /** A sentence. */
  readonly reason: string;
}

/** How states are set. */
export interface StatesOptions {
  readonly setter: StateSetter;
  readonly order: InteractionOrder;
  /** Milliseconds for one state. */
  readonly timeout: number;
}

/** Sets the states of a run, and remembers which failed. */
export interface States {
  readonly change: (change: StateChange) => Promise<JsonObject>;
  readonly failures: readonly StateFailure[];
  /** Takes back what the Verifier has left: after a state that fails, it leaves the others set. */
  readonly close: () => Promise<void>;
}

/** Makes what sets the states of a run. */
export function createStates({ setter, order, timeout }: StatesOptions): States {
  const failures: StateFailure[] = [];
  const left: StateChange[] = [];
  const attempt = async (change: StateChange, isFirst: boolean) => {
    if (isFirst) await setter.begin?.();
    return setter.change(change);
  };
  const takeBack = async () => {
    for (const change of left.splice(0).reverse()) {
      await within(timeout, setter.change({ ...change, action: 'teardown' })).catch(() => {});
    }
  };
  return {
    failures,
    change: async (change) => {
      const isSetup = change.action === 'setup';
      const isFirst = isSetup && order.isFirstState();
      if (isFirst) await takeBack();
      if (!isSetup) {
        order.pass();
        // The Verifier takes them back in the order in which it set them.
        left.shift();
      }
      try {
        const values = await within(timeout, attempt(change, isFirst));
        if (isSetup) left.push(change);
        return isObject(values) ? values : {};
      } catch (cause) {
        const reason = reasonOf(cause);
        const isMissing = cause instanceof StateMissing;
        failures.push({ expected: order.current(), change, isMissing, reason });
        throw cause;
      }
    },
    close: takeBack,
  };
}

/** A sentence; an error without words is known by its name. */
function reasonOf(cause: unknown): string {
  const said = (Error.isError(cause) ? cause.message || cause.name : String(cause)).trim();
  return /[.!?]$/.test(said) ? said : `${said}.`;
}

async function within<Value>(timeout: number, work: Promise<Value>): Promise<Value> {
  const late = new AbortController();
  const clock = wait(timeout, undefined, { signal: late.signal }).then(() => {
    throw new Error(`It took longer than ${timeout} ms.`);
  });
  try {
    return await Promise.race([work, clock]);
  } finally {
    late.abort();
    clock.catch(() => {});
  }
}
