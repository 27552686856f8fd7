import type { Finding } from './finding.ts';
import { formatFindings } from './finding.ts';

/**
 * Why an answer could not be given.
 *
 * A message that breaks its promise is not an error: it yields findings.
 */
export type ErrorCode =
  /** The document's file, URL or referenced file cannot be read. */
  | 'SPEC_NOT_FOUND'
  /** The document is not JSON or YAML, or has no OpenAPI shape. */
  | 'SPEC_MALFORMED'
  /** The document is of a version other than OpenAPI 3.0 or 3.1. */
  | 'SPEC_UNSUPPORTED'
  /** A `$ref` leads nowhere, or in a circle. */
  | 'SPEC_REF_UNRESOLVED'
  /** A schema cannot be compiled: an unknown type, a broken pattern, a keyword of the wrong shape. */
  | 'SPEC_SCHEMA_INVALID'
  /** No operation has that id, or matches that method and URL. */
  | 'OPERATION_UNKNOWN'
  /** Several operations could have answered and they judge differently. */
  | 'OPERATION_AMBIGUOUS'
  /** The object given is no request or response that we know how to read. */
  | 'MESSAGE_UNREADABLE'
  /** An option or argument has a value that it cannot have. */
  | 'OPTION_INVALID'
  /** A capture is no JSON, or not of the form that it must have; the message has line and column. */
  | 'CAPTURE_UNREADABLE'
  /** A file given on the command line cannot be read or written. */
  | 'FILE_UNREADABLE'
  /** A pact file is no pact of specification 1 to 4. */
  | 'PACT_MALFORMED'
  /** There are no pacts of that provider to be verified. */
  | 'PACT_NOT_FOUND'
  /** Pact's own program has failed to do its work. */
  | 'PACT_FAILED'
  /** The broker cannot be reached, refuses, or does not answer as a Pact Broker. */
  | 'BROKER_UNAVAILABLE'
  /** A package is needed that is not installed. */
  | 'PEER_MISSING'
  /** Two tests have an interaction of one name, and they differ. */
  | 'PACT_CONFLICT'
  /** The consumer did not send what the interaction says. */
  | 'PACT_UNMET'
  /** The mock cannot listen on the address asked for. */
  | 'ADDRESS_UNAVAILABLE'
  /** The store that the mock remembers in cannot be reached. */
  | 'STORE_UNAVAILABLE'
  /** A provider that is to be probed does not answer, or something else does. */
  | 'PROVIDER_UNREACHABLE'
  /** The vendor extension `x-mock` is used wrongly in the document. */
  | 'SPEC_EXTENSION_INVALID'
  /** `assert*` found that the message breaks its promise; `findings` says where. */
  | 'CONTRACT_BROKEN';

/** Thrown when we cannot answer; `code` says why for machines, `message` for people. */
export class ExactMatchError extends Error {
  override readonly name: string = 'ExactMatchError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Thrown by `assert*` only: the message breaks its promise, `findings` says where and why. */
export class ContractError extends ExactMatchError {
  override readonly name = 'ContractError';
  readonly findings: readonly Finding[];

  constructor(subject: string, findings: readonly Finding[]) {
    super('CONTRACT_BROKEN', `${subject} breaks the contract:\n${formatFindings(findings)}`);
    this.findings = findings;
  }
}
