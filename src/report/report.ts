import type { ExchangeVerdict } from '../check/judge-exchange.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { Shortfall } from '../coverage/minimum.ts';
import type { CountedOperations } from '../coverage/tally.ts';
import type { Finding, MessagePlace, Severity } from '../finding.ts';
import type { Frame } from './frame.ts';

export type { MessagePlace } from '../finding.ts';

/** One thing that was judged: a message, an exchange, a case of a probe, an interaction of a pact. */
export interface CheckResult {
  /** What reports group by, such as `createExactMatchSession 201`. */
  readonly subject: string;
  /** The id of the operation, where one is known. */
  readonly operation?: string | undefined;
  /** Where it came from, such as `session.har, entry 17`. */
  readonly origin: string;
  /** Where the message stands in that file, where it stands in one. */
  readonly place?: MessagePlace | undefined;
  readonly findings: readonly Finding[];
  /** Files that findings lead to besides those of the document. */
  readonly sources?: readonly TextSource[] | undefined;
  /** What travelled. Secrets are taken out before it is kept. */
  readonly exchange?: ExchangeVerdict | undefined;
  /** A body that was judged alone, as it was read, instead of an exchange. */
  readonly body?: JudgedBody | undefined;
  /** What was made of an exchange elsewhere, instead of the exchange itself. */
  readonly kept?: KeptExchange | undefined;
  /** A command line that does it again. */
  readonly reproduce?: string | undefined;
}

/** A file that a rule can stand in. */
export interface TextSource {
  /** As `file` of a finding's `spec`. */
  readonly file: string;
  /** The same object gives the same text: it is asked once. */
  readonly text: () => string;
}

/** A body that was judged alone. */
export interface JudgedBody {
  readonly text: string;
  /** The status of the response whose body it is; left out for a request's. */
  readonly status?: number | undefined;
}

/** What one process keeps of an exchange for another one that writes the report. */
export interface KeptExchange {
  /** As many as the findings, in their order. */
  readonly occurrences: readonly Occurrence[];
  readonly rules: readonly (Frame | null)[];
  readonly counted: CountedOperations;
}

/** A request and its response as people read them, without secrets. */
export interface ExchangeText {
  readonly request: {
    readonly method: string;
    /** With the query. */
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  readonly response?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  };
}

/** One time that a problem was seen. */
export interface Occurrence {
  readonly origin: string;
  readonly place?: MessagePlace;
  /** As `at` of a finding: of an item of a list, each time another one. */
  readonly at: string;
  /** The lines of the message around it. */
  readonly frame?: Frame;
  /** Left out where a report has become too large to hold more of them. */
  readonly exchange?: ExchangeText;
  readonly reproduce?: string;
}

/** A finding, and how often it was seen. */
export interface Problem {
  /** As it was first seen. */
  readonly finding: Finding;
  readonly count: number;
  /** The lines of the document around the rule that is broken. */
  readonly rule?: Frame;
  /** The first times, at most three. */
  readonly occurrences: readonly Occurrence[];
}

/** All that was judged of one subject. */
export interface Subject {
  readonly name: string;
  /** The id of the operation, where one is known. */
  readonly operation?: string;
  readonly checked: number;
  /** How many of them had an error. */
  readonly failed: number;
  readonly problems: readonly Problem[];
  /** How many findings are not listed, because there are too many different ones. */
  readonly unlisted?: number;
}

/** What was not judged, and why. */
export interface Skipped {
  readonly reason: string;
  readonly count: number;
}

/** What a run of a command found. */
export interface Report {
  /** Of the form of the report; it grows when a reader of the form before could not read it. */
  readonly version: 1;
  readonly tool: { readonly name: 'exactmatch-kit'; readonly version: string };
  readonly command: string;
  readonly targets: readonly string[];
  /** When the run began, as RFC 3339 has it. */
  readonly startedAt: string;
  /** How long it took. */
  readonly milliseconds: number;
  readonly document: { readonly file: string; readonly title: string; readonly version: string };
  readonly summary: {
    readonly checked: number;
    readonly failed: number;
    readonly skipped: number;
    /** Findings, each time counted. */
    readonly findings: Readonly<Record<Severity, number>>;
  };
  readonly subjects: readonly Subject[];
  readonly skipped: readonly Skipped[];
  /** What of the document was exercised; left out where nothing was that could tell. */
  readonly coverage?: Coverage;
  /** Where less was exercised than `--min-coverage` asks for. */
  readonly shortfalls?: readonly Shortfall[];
}
