import type { ExchangeVerdict } from '../check/judge-exchange.ts';
import type { Finding } from '../finding.ts';

/** An answer of a provider, judged. */
export interface CaseResult {
  /** The operation and the status, such as `getPet 200`. */
  readonly subject: string;
  /** The id of the operation; `undefined` for a method that the document does not have. */
  readonly operation: string | undefined;
  /** What was sent, in words. */
  readonly origin: string;
  readonly findings: readonly Finding[];
  /** What travelled, tokens taken out; `undefined` where nothing did. */
  readonly exchange: ExchangeVerdict | undefined;
  /** A line for a POSIX shell that does it again, tokens replaced by variables; with findings only. */
  readonly reproduce: string | undefined;
}

/** How far a probe has come. */
export interface ProbeProgress {
  /** How many answers were judged. */
  readonly checked: number;
  /** At most so many will be. */
  readonly most: number;
  /** How many of them have findings. */
  readonly failed: number;
}

/** What was not judged, and why. */
export interface LeftOut {
  readonly reason: string;
  readonly count: number;
}

/** What a probe found. */
export interface ProbeResult {
  /** All findings, in the order in which they were found; the same one may be there several times. */
  readonly findings: readonly Finding[];
  /** The answers with findings. */
  readonly failures: readonly CaseResult[];
  /** How many answers were judged. */
  readonly checked: number;
  readonly skipped: readonly LeftOut[];
  /** The URLs of what was created and could not be deleted, each with the reason. */
  readonly leftovers: readonly string[];
  /** Where the API was found: the base URL with its base path. */
  readonly baseUrl: string;
  /** What made-up values started from. */
  readonly seed: number;
  /** Whether the signal ended it early. */
  readonly isStopped: boolean;
}
