import { createHash } from 'node:crypto';
import type { Store } from '../store/store.ts';
import type { FaultRules } from './rules.ts';

/** What is to go wrong with one request. */
export interface FaultPlan {
  /** Milliseconds before anything is answered. */
  readonly delay: number;
  /** What is answered instead of the answer. */
  readonly instead:
    | { readonly kind: 'status'; readonly status: number }
    /** Too many requests; `wait` in milliseconds. */
    | { readonly kind: 'throttle'; readonly wait: number }
    | { readonly kind: 'reset' }
    | undefined;
  /** Bytes a second of the body; `undefined` for no limit. */
  readonly rate: number | undefined;
  /** The faults, as the header `x-mock-fault` names them; `''` for none. */
  readonly note: string;
}

/** Nothing goes wrong. */
export const NO_FAULT: FaultPlan = { delay: 0, instead: undefined, rate: undefined, note: '' };

/** What a plan depends on besides its rules: the same gives the same plans, request by request. */
export interface Chance {
  readonly store: Store;
  readonly scope: string;
  readonly seed: string;
  /** What is throttled together. */
  readonly name: string;
  /** Milliseconds since 1970, by the clock of the scope. */
  readonly now: number;
}

/** Decides what goes wrong with a request: first its throttle, then by chance whether it fails. */
export async function planFault(rules: FaultRules, chance: Chance): Promise<FaultPlan> {
  const { latency, fail, throttle, reset, slow } = rules;
  const wait = throttle
    ? await chance.store.takeTurn(chance.scope, chance.name, throttle, chance.now)
    : 0;
  if (throttle && wait > 0) {
    const instead = { kind: 'throttle', wait } as const;
    return { ...NO_FAULT, instead, note: `throttle ${throttle.limit}/${throttle.window}ms` };
  }
  if (!latency && !fail && !reset && !slow) return NO_FAULT;
  const number = await chance.store.count(chance.scope, 'faults');
  const [delayed, failed, chosen, broken, slowed] = draw(
    `${chance.seed} ${chance.scope} ${number}`,
  );
  const notes: string[] = [];
  const delay = latency ? Math.round(latency.least + delayed * (latency.most - latency.least)) : 0;
  if (delay > 0) notes.push(`latency ${delay}ms`);
  if (reset && broken < reset.share) {
    return {
      delay,
      instead: { kind: 'reset' },
      rate: undefined,
      note: [...notes, 'reset'].join(', '),
    };
  }
  const status = fail && failed < fail.share ? pick(fail.statuses, chosen) : undefined;
  if (status !== undefined) notes.push(`fail ${status}`);
  const rate = slow && slowed < slow.share ? slow.rate : undefined;
  if (rate !== undefined) notes.push(`slow ${rate}B/s`);
  const instead = status === undefined ? undefined : ({ kind: 'status', status } as const);
  return { delay, instead, rate, note: notes.join(', ') };
}

type Draws = readonly [number, number, number, number, number];

/** Five numbers from 0 up to 1 that depend on a text alone. */
function draw(text: string): Draws {
  const hash = createHash('sha1').update(text).digest();
  const at = (index: number) => hash.readUInt32BE(index * 4) / 2 ** 32;
  return [at(0), at(1), at(2), at(3), at(4)];
}

function pick(list: readonly number[], chance: number): number | undefined {
  return list[Math.floor(chance * list.length)];
}
