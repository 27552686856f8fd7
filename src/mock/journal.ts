import type { RequestMessage } from '../check/message.ts';
import {
  REDACTED,
  redactFinding,
  redactHeaders,
  redactQuery,
  redactValue,
} from '../check/redact.ts';
import type { Finding } from '../finding.ts';
import type { Json } from '../json.ts';
import { DEEPEST, isTooDeep } from './depth.ts';
import { type Correlation, headersOf, type Reply } from './reply.ts';

/** A scope remembers this many exchanges. */
export const JOURNAL_SIZE = 1_000;
/** Of a body that is no JSON, or is too long, the journal keeps at most this many characters. */
const BODY_SIZE = 16_384;
/** JSON longer than this is kept as a text that is cut. */
const JSON_SIZE = 65_536;

/** A request and its answer, as the journal has them: without credentials. */
export interface Exchange {
  /** The `request-id` of the answer. */
  readonly id: string;
  readonly time: string;
  readonly milliseconds: number;
  /** The `operationId`; none where no operation matched. */
  readonly operation?: string;
  readonly request: {
    readonly method: string;
    /** With the query. */
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    /** JSON as a value, everything else, and what is too long, as text; none where there was none. */
    readonly body?: Json;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: Json;
  };
  /** What the request breaks. */
  readonly findings: readonly Finding[];
}

/** What an exchange is made of, when somebody asks for it. */
export interface Line {
  readonly message: RequestMessage;
  /** The body, where it was read. */
  readonly body: Json | undefined;
  readonly reply: Reply;
  readonly correlation: Correlation;
  readonly milliseconds: number;
  /** The names under which the document has credentials travel. */
  readonly secrets: ReadonlySet<string>;
}

/**
 * A line of the journal: written out, and its secrets taken out, only when somebody reads it. What is
 * large is cut at once: a thousand lines must not hold a thousand large bodies.
 */
export function toLine(line: Line): Json {
  const { message, reply } = line;
  if (sizeOf(message.content) > JSON_SIZE || reply.body.length > JSON_SIZE) {
    const exchange = JSON.stringify(toExchange(line));
    return JSON.parse(exchange) as Json;
  }
  // What was read of JSON can be read again, and takes more room than its bytes.
  const body = isJsonText(message) ? undefined : line.body;
  const { correlation, milliseconds, secrets } = line;
  // JSON.stringify asks for it: to anybody else the line is a closed box.
  return { message, body, reply, correlation, milliseconds, secrets, toJSON } as never;
}

function toJSON(this: Line): Exchange {
  return toExchange(this);
}

function isJsonText({ headers, content }: RequestMessage): boolean {
  return content.kind !== 'value' && /[/+]json\b/i.test(headers['content-type'] ?? '');
}

function toExchange({ message, body, reply, correlation, milliseconds, secrets }: Line): Exchange {
  const { method, path, query, headers, content } = message;
  const sent = body ?? sentIn(message);
  const findings = reply.findings.map((finding) => redactFinding(finding, secrets));
  const told = reply.findings.filter((finding, index) => finding !== findings[index]);
  const answered = readBody(reply, told);
  return {
    id: correlation.requestId,
    time: new Date(correlation.time).toISOString(),
    milliseconds: Math.round(milliseconds * 100) / 100,
    ...(reply.operation ? { operation: reply.operation.id } : {}),
    request: {
      method,
      path: query === '' ? path : `${path}?${redactQuery(query, secrets)}`,
      headers: redactHeaders(headers, secrets),
      ...(sent === undefined ? {} : { body: kept(sent, sizeOf(content)) }),
    },
    response: {
      status: reply.status,
      headers: redactHeaders(headersOf(reply), secrets),
      ...(answered === undefined ? {} : { body: kept(answered, reply.body.length) }),
    },
    findings,
  };
}

function sizeOf(content: RequestMessage['content']): number {
  if (content.kind === 'text') return content.text.length;
  return content.kind === 'bytes' ? content.bytes.length : 0;
}

/** What is kept of a body: without secrets, and not too much. */
function kept(body: Json, size: number): Json {
  if (isTooDeep(body)) return `(nested more than ${DEEPEST} values deep)`;
  const redacted = redactValue(body);
  if (size <= JSON_SIZE || typeof redacted === 'string') return redacted;
  return cut(JSON.stringify(redacted));
}

/** The body of a request as it came: JSON as a value, where it is JSON. */
function sentIn(message: RequestMessage): Json | undefined {
  const { content } = message;
  if (content.kind !== 'text' && content.kind !== 'bytes') return undefined;
  const text = content.kind === 'text' ? content.text : Buffer.from(content.bytes).toString('utf8');
  try {
    return isJsonText(message) ? (JSON.parse(text) as Json) : cut(text);
  } catch {
    return cut(text);
  }
}

/** A body, without the values of secrets that an error repeats. */
function readBody({ body }: Reply, secret: readonly Finding[]): Json | undefined {
  if (body.length === 0) return undefined;
  let text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  for (const { actual } of secret) {
    if (typeof actual === 'string' && actual !== '') text = text.replaceAll(actual, REDACTED);
  }
  try {
    return JSON.parse(text) as Json;
  } catch {
    return cut(text);
  }
}

function cut(text: string): string {
  return text.length > BODY_SIZE ? `${text.slice(0, BODY_SIZE)}…` : text;
}
