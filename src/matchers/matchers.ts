import {
  type CheckResponseOptions,
  type ClientVerdict,
  judgeClientResponse,
} from '../check/client-response.ts';
import type { ResponseInput } from '../check/exchange.ts';
import { isSpec } from '../check/given-spec.ts';
import type { CheckOptions } from '../check/message.ts';
import { loadSpec } from '../check/shipped.ts';
import { type Finding, formatFindings } from '../finding.ts';
import { checkExactMatchSession } from '../session.ts';
import type { Spec } from '../spec/spec.ts';

/** How a response is held against a document. */
export interface SatisfySpecOptions extends CheckResponseOptions {
  /** The document: a path, a URL, an object, or one that is loaded. Default: the shipped document. */
  readonly spec?: string | URL | object | Spec;
}

/** What a matcher finds, as Vitest and Jest take it. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Documents by path or URL: a test file asks for the same one again and again. */
const documents = new Map<string, Promise<Spec>>();

/**
 * Passes when a response keeps the promise of the operation that it answers, which is found by its
 * URL and method, or by `{ operation }`.
 *
 * @throws {ExactMatchError} as `checkResponse`.
 */
export async function toSatisfySpec(
  received: unknown,
  options: SatisfySpecOptions = {},
): Promise<MatcherResult> {
  return (await judgeSatisfaction(received, options)).result;
}

/** What became of a response that a test expects to satisfy a document. */
export interface Satisfaction {
  readonly spec: Spec;
  readonly verdict: ClientVerdict;
  readonly result: MatcherResult;
}

/**
 * Holds a response against a document, for `toSatisfySpec` and for what keeps account of it.
 *
 * @throws {ExactMatchError} as `checkResponse`.
 */
export async function judgeSatisfaction(
  received: unknown,
  { spec, ...options }: SatisfySpecOptions = {},
): Promise<Satisfaction> {
  const document = await documentOf(spec);
  const verdict = await judgeClientResponse(document, received as ResponseInput, options);
  const result = toResult('the response', 'satisfy the document', verdict.findings);
  return { spec: document, verdict, result };
}

/** Passes when a value is an exactMatchSession as Microsoft Graph answers with it. */
export function toBeExactMatchSession(
  received: unknown,
  options: CheckOptions = {},
): MatcherResult {
  return toResult(
    'the value',
    'be an exactMatchSession',
    checkExactMatchSession(received, options),
  );
}

function documentOf(spec: SatisfySpecOptions['spec']): Promise<Spec> {
  if (isSpec(spec)) return Promise.resolve(spec);
  if (typeof spec !== 'string' && !(spec instanceof URL)) return loadSpec(spec);
  const key = String(spec);
  let loading = documents.get(key);
  if (!loading) {
    loading = loadSpec(spec);
    documents.set(key, loading);
  }
  return loading;
}

function toResult(subject: string, wish: string, findings: readonly Finding[]): MatcherResult {
  const pass = findings.every(({ severity }) => severity !== 'error');
  const reasons = findings.length === 0 ? '' : `\n\n${formatFindings(findings)}`;
  return {
    pass,
    message: () =>
      pass
        ? `expected ${subject} not to ${wish}${reasons}`
        : `expected ${subject} to ${wish}${reasons}`,
  };
}
