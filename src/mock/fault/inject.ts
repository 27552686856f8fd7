import type { Operation } from '../../spec/operation.ts';
import type { Environment, MockRequest } from '../environment.ts';
import { reject } from '../rejection.ts';
import type { Reply } from '../reply.ts';
import { timeOf } from '../settings.ts';
import type { Maybe } from '../store/store.ts';
import { operationFaults } from './operation-faults.ts';
import { type FaultPlan, NO_FAULT, planFault } from './plan.ts';
import { preferredFault } from './preferred.ts';
import { readFaults } from './rules.ts';

/** The header that says that a fault was injected, and which. */
const FAULT_HEADER = 'x-mock-fault';

/**
 * What is to go wrong with a request: what it asks for itself, else by the faults of its operation
 * and of its scope. A string is why its own wish cannot be understood.
 */
export function faultFor(
  { options }: Environment,
  { message, scope, settings }: MockRequest,
  operation: Operation,
): Maybe<FaultPlan | string> {
  const preferred = preferredFault(message);
  if (preferred) return preferred.kind === 'plan' ? preferred.plan : preferred.reason;
  const own = operationFaults(operation);
  const { faults } = settings;
  if (!own && !faults) return NO_FAULT;
  // What an operation throttles itself has turns of its own.
  const name = own?.throttle === undefined ? 'all' : `${operation.method} ${operation.path}`;
  const { store, seed } = options;
  const chance = { store, scope, seed: String(seed), name, now: timeOf(settings) };
  return planFault(readFaults({ ...faults, ...own }), chance);
}

/** The reply that a fault has in place of the answer; `undefined` when it only delays or slows it. */
export function faultReply(
  { spec }: Environment,
  { correlation }: MockRequest,
  { instead }: FaultPlan,
  operation: Operation | undefined,
): Reply | undefined {
  if (!instead) return undefined;
  if (instead.kind === 'throttle') {
    const reason = 'Too many requests. Try again after the time in Retry-After.';
    const headers = { 'retry-after': String(Math.max(1, Math.ceil(instead.wait / 1000))) };
    return reject(spec, { status: 429, reason, operation, headers }, correlation);
  }
  const status = instead.kind === 'status' ? instead.status : 503;
  const reason = 'The mock was asked to fail here.';
  const mayWait = status === 429 || status === 503;
  const headers = mayWait ? { 'retry-after': '1' } : {};
  return reject(spec, { status, reason, operation, headers }, correlation);
}

/** A reply that says what has gone wrong with it, and what is still to go wrong. */
export function faulted(reply: Reply, { instead, rate, note }: FaultPlan): Reply {
  if (note === '') return reply;
  return {
    ...reply,
    headers: { ...reply.headers, [FAULT_HEADER]: note },
    fault: { isReset: instead?.kind === 'reset', rate },
  };
}
