import type { RequestMessage } from '../../check/message.ts';
import { preferencesOf } from '../preference.ts';
import type { FaultPlan } from './plan.ts';
import { faultMistake, readFaults } from './rules.ts';

/** What a request asks to go wrong with itself, or why that cannot be understood. */
export type PreferredFault =
  | { readonly kind: 'plan'; readonly plan: FaultPlan }
  | { readonly kind: 'mistake'; readonly reason: string };

const NAMES = /\b(?:latency|fail|throttle|reset|slow)\b/i;

/**
 * The faults of `Prefer: latency=200, fail=503, throttle=10, reset, slow=1000`; `undefined` for none.
 *
 * `fail` takes a status, `throttle` the seconds of `Retry-After`, `slow` bytes a second.
 */
export function preferredFault({ headers }: RequestMessage): PreferredFault | undefined {
  const { prefer } = headers;
  if (prefer === undefined || !NAMES.test(prefer)) return undefined;
  const read = preferencesOf(prefer);
  const latency = read('latency');
  const slow = read('slow');
  const fail = read('fail');
  const throttle = read('throttle');
  const reset = read('reset');
  const all = [latency, slow, fail, throttle, reset];
  if (all.every((text) => text === undefined)) return undefined;
  const mistakes = [
    latency === undefined ? undefined : mistakeOf('latency', faultMistake('latency', latency)),
    slow === undefined ? undefined : mistakeOf('slow', faultMistake('slow', slow)),
    fail !== undefined && !/^[45]\d\d$/.test(fail)
      ? `fail must be a status from 400 to 599, got "${fail}"`
      : undefined,
    throttle !== undefined && !/^\d{0,6}$/.test(throttle)
      ? `throttle must be seconds, got "${throttle}"`
      : undefined,
  ].filter((mistake) => mistake !== undefined);
  if (mistakes.length > 0) return { kind: 'mistake', reason: mistakes.join('; ') };
  const rules = readFaults({ latency, slow });
  const delay = rules.latency?.most ?? 0;
  const rate = rules.slow?.rate;
  const notes = [
    ...(delay > 0 ? [`latency ${delay}ms`] : []),
    ...(throttle === undefined ? [] : ['throttle']),
    ...(fail === undefined ? [] : [`fail ${fail}`]),
    ...(reset === undefined ? [] : ['reset']),
    ...(rate === undefined ? [] : [`slow ${rate}B/s`]),
  ];
  return { kind: 'plan', plan: { delay, rate, note: notes.join(', '), instead: insteadOf() } };

  function insteadOf(): FaultPlan['instead'] {
    if (reset !== undefined) return { kind: 'reset' };
    if (throttle !== undefined) return { kind: 'throttle', wait: Number(throttle || 1) * 1000 };
    return fail === undefined ? undefined : { kind: 'status', status: Number(fail) };
  }
}

function mistakeOf(name: string, mistake: string | undefined): string | undefined {
  return mistake === undefined ? undefined : `${name} ${mistake}`;
}
