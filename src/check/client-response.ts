import { ExactMatchError } from '../errors.ts';
import type { Finding } from '../finding.ts';
import type { Json } from '../json.ts';
import type { Operation } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import { type ResponseInput, toResponseMessage } from './exchange.ts';
import { requireSpec } from './given-spec.ts';
import type { CheckOptions, ResponseMessage } from './message.ts';
import { operationsFor } from './responding-operation.ts';
import { readResponse } from './response.ts';

/** Which operation a response answers, where the response itself does not tell. */
export interface CheckResponseOptions extends CheckOptions {
  /** An `operationId`, or `METHOD /path`. */
  readonly operation?: string;
  /** The method of the request; a fetch `Response` does not carry it. */
  readonly method?: string;
  /** The URL of the request; default: the response's own. */
  readonly url?: string | URL;
}

/** What a response of a client turned out to be. */
export interface ClientVerdict {
  /** The operations that it may be the answer of: several, where its method is not known. */
  readonly operations: readonly Operation[];
  readonly message: ResponseMessage;
  /** Of the request, where they are known. */
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly findings: readonly Finding[];
  /** Its body as it was read; `undefined` when there is none. */
  readonly body: Json | undefined;
}

/**
 * Judges a response that a client has got, of whose request not all is known.
 *
 * @throws {ExactMatchError} as `checkResponse`.
 */
export async function judgeClientResponse(
  spec: Spec,
  response: ResponseInput,
  options: CheckResponseOptions = {},
): Promise<ClientVerdict> {
  requireSpec(spec);
  const read = await toResponseMessage(response);
  const { message } = read;
  const method = (options.method ?? read.method)?.toUpperCase();
  const url = options.url === undefined ? read.url : String(options.url);
  const asked = { operation: options.operation, method, url };
  const operations = operationsFor(spec, message.status, asked);
  const isHead = method === 'HEAD';
  const verdicts = operations.map((operation) =>
    readResponse(spec, operation, message, { ...options, isHead }),
  );
  const [first = { findings: [], body: undefined }] = verdicts;
  if (verdicts.some(({ findings }) => summary(findings) !== summary(first.findings))) {
    throw ambiguous(operations, message.status);
  }
  return { operations, message, method, url, ...first };
}

function summary(findings: readonly Finding[]): string {
  return findings.map(({ code, at, message }) => `${code} ${at} ${message}`).join('\n');
}

function ambiguous(candidates: readonly Operation[], status: number): ExactMatchError {
  const names = candidates.map(({ id }) => id).join(', ');
  return new ExactMatchError(
    'OPERATION_AMBIGUOUS',
    `A response ${status} without method could be of ${names}, which judge it differently. Pass { method } or { operation }.`,
  );
}
