import { assertNone, checkJson } from './check/check.ts';
import type { CheckOptions } from './check/message.ts';
import { shippedSpec } from './check/shipped.ts';
import type { Finding } from './finding.ts';
import type { components, Readable } from './generated/types.ts';

/** An exactMatchSession as Microsoft Graph answers with it. */
export type ExactMatchSession = Readable<components['schemas']['exactMatchSession']>;

/** The response that a session is the body of. */
const CREATED = { operation: 'createExactMatchSession', status: 201 } as const;

/** Lists every way in which a value is no exactMatchSession; none when it is one. */
export function checkExactMatchSession(
  value: unknown,
  options: CheckOptions = {},
): readonly Finding[] {
  return checkJson(shippedSpec(), value, { ...CREATED, ...options });
}

/** Tells whether a value is an exactMatchSession as Microsoft Graph answers with it. */
export function isExactMatchSession(value: unknown): value is ExactMatchSession {
  return checkExactMatchSession(value).length === 0;
}

/**
 * Passes when a value is an exactMatchSession as Microsoft Graph answers with it.
 *
 * @throws {ContractError} with the findings, when it is not.
 */
export function assertExactMatchSession(value: unknown): asserts value is ExactMatchSession {
  assertNone('The exactMatchSession', checkExactMatchSession(value));
}
