/** The part of a message that a value was found in. */
export type ValuePlace =
  | 'request.path'
  | 'request.query'
  | 'request.header'
  | 'request.cookie'
  | 'request.body'
  | 'response.header'
  | 'response.body';

/** What is wrong with a value: the family of JSON Schema keywords that it fails. */
export type ValueProblem =
  /** `type`. */
  | 'type'
  /** A property, parameter, header or body that must be there is not (`required`, `dependentRequired`). */
  | 'required'
  /** `enum` or `const`. */
  | 'enum'
  /** `format`. */
  | 'format'
  /** `pattern`. */
  | 'pattern'
  /** `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum`, `multipleOf`. */
  | 'range'
  /** `minLength`, `maxLength`. */
  | 'length'
  /** `minItems`, `maxItems`, `uniqueItems`, `contains`. */
  | 'items'
  /** `minProperties`, `maxProperties`, `propertyNames`. */
  | 'properties'
  /** A name that the document does not know, where it allows no others (or under `strict`). */
  | 'unknown'
  /** `readOnly` in a request. */
  | 'readOnly'
  /** `writeOnly` in a response. */
  | 'writeOnly'
  /** The value of a `discriminator` property names no schema. */
  | 'discriminator'
  /** `anyOf`, `oneOf`: the value fits no alternative, or more than one. */
  | 'alternatives'
  /** `not`, or a schema of `false`. */
  | 'forbidden'
  /** The text cannot be read as what it must be: JSON, a number, percent-encoding, a style. */
  | 'malformed';

/** What an interaction of a pact relies on, or allows, that the document does not promise or take. */
export type PactProblem =
  /** A property or header that the consumer relies on may be missing. */
  | 'optional'
  /** A value that the consumer relies on may be null. */
  | 'nullable'
  /** A list that must have items, or a text that must not be empty, may be empty. */
  | 'empty'
  /** The document promises values that the matching rule refuses. */
  | 'wider'
  /** The matching rule lets the consumer send what the document forbids. */
  | 'allowed'
  /** The example does not satisfy its own matching rule. */
  | 'example';

/** What a finding is about; dotted, from the whole to the part. A closed list. */
export type FindingCode =
  | `${ValuePlace}.${ValueProblem}`
  | `pact.${ValuePlace}.${PactProblem}`
  /** No path of the document matches the URL. */
  | 'request.path.unmatched'
  /** The path exists, the method does not. */
  | 'request.method.unknown'
  /** Credentials that the operation's `security` demands are missing or of another scheme. */
  | 'request.security.missing'
  /** The `Content-Type` is none that the operation takes. */
  | 'request.body.mediaType'
  /** The operation takes no body and one was sent. */
  | 'request.body.unexpected'
  /** The status is none that the operation declares. */
  | 'response.status.undeclared'
  /** The `Content-Type` is none that the response declares. */
  | 'response.body.mediaType'
  /** The response declares no body and one was sent. */
  | 'response.body.unexpected'
  | VerifyCode
  | ProviderCode
  | ChangeCode;

/** What a provider does otherwise than a pact says, or why that cannot be told. */
export type VerifyCode =
  /** The status is another than the consumer expects. */
  | 'verify.status'
  /** A header is missing, or does not match. */
  | 'verify.header'
  /** The body, or a part of it, does not match. */
  | 'verify.body'
  /** The metadata of a message does not match. */
  | 'verify.metadata'
  /** The provider gave no answer. */
  | 'verify.unanswered'
  /** Nothing sets a state of the provider. */
  | 'verify.state.missing'
  /** A state of the provider could not be set, or not taken back. */
  | 'verify.state.failed'
  /** The broker did not take the results. */
  | 'verify.unpublished'
  /** Pact's Verifier could not verify it. */
  | 'verify.error';

/** What a provider that is probed does otherwise than the document says. */
export type ProviderCode =
  /** A provider accepted a request that the document refuses. */
  | 'provider.accepted'
  /** A provider refused a request that the document takes. */
  | 'provider.refused'
  /** A provider answered with a status of 5xx. */
  | 'provider.failed'
  /** A provider sends its client elsewhere, and the document declares no such status. */
  | 'provider.redirect'
  /** A provider did not answer in time. */
  | 'provider.silent'
  /** A provider closed the connection, or what it sent is not HTTP. */
  | 'provider.disconnected'
  /** An answer breaks HTTP and can be read nevertheless. */
  | 'provider.malformed'
  /** `Retry-After` is neither a number of seconds nor a date. */
  | 'provider.retryAfter'
  /** What is read is not what was written. */
  | 'provider.item.stale'
  /** What is there is not found: by its path, its `Location` or in its list. */
  | 'provider.item.lost'
  /** What was deleted is still there. */
  | 'provider.item.deleted'
  /** An item that there is not is answered with success. */
  | 'provider.item.unknown'
  /** The pages of a list overlap or have no end. */
  | 'provider.list.paging'
  /** A declared condition or page size has no effect. */
  | 'provider.parameter.ignored'
  /** HEAD has another status than GET. */
  | 'provider.head'
  /** 405 without `Allow`, or with one that lacks a method. */
  | 'provider.method'
  /** A provider remembers nothing, so that its memory is not judged. */
  | 'provider.stateless'
  /** Nothing that was right was answered with success: the probe tells nothing. */
  | 'provider.untested'
  /** What the probe created could not be deleted. */
  | 'provider.leftover';

/** What a difference of two documents does. */
export type ChangeCode =
  /** It breaks those who use what differs. */
  | 'change.breaking'
  /** It may break them. */
  | 'change.dangerous';

/** A place in an OpenAPI document. */
export interface SpecLocation {
  /** Path or URL of the file; `(inline)` for a document given as an object. */
  readonly file: string;
  /** Line, from 1. For a document given as an object: its line as indented JSON. */
  readonly line: number;
  /** Column, from 1, in UTF-16 code units. */
  readonly column: number;
  /** JSON Pointer (RFC 6901) into that file. */
  readonly pointer: string;
}

/** A place in a file of messages: a pact, a capture. */
export interface MessagePlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

/**
 * How much a finding matters: `error` breaks the promise; `risk` relies on what the document does not
 * promise; `warning` is worth knowing and breaks nothing.
 */
export type Severity = 'error' | 'risk' | 'warning';

/** One way in which a message and the document disagree. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** A sentence for people. */
  readonly message: string;
  /** JSON Pointer into the body (`''` is all of it), or the name of the header or parameter. */
  readonly at: string;
  /** The rule that is broken. */
  readonly spec: SpecLocation;
  /** What the document asks for. */
  readonly expected?: unknown;
  /** What the message has. */
  readonly actual?: unknown;
  /** Where the value stands in a file of messages, for messages that stand in a pact. */
  readonly place?: MessagePlace;
}

/** Writes findings as indented text, one a paragraph: message, code and place, line of the document. */
export function formatFindings(findings: readonly Finding[]): string {
  return findings.map(formatFinding).join('\n');
}

const MARKS: Readonly<Record<Severity, string>> = { error: '×', risk: '~', warning: '!' };

function formatFinding({ code, severity, message, spec }: Finding): string {
  const mark = MARKS[severity];
  return `  ${mark} ${message}\n    ${code}, ${spec.file}:${spec.line}:${spec.column}`;
}
