import type { ExchangeMessage } from '../check/judge-exchange.ts';
import type { Content, HeaderValues } from '../check/message.ts';
import { redactBody, redactHeaders, redactQuery, redactValue } from '../check/redact.ts';
import type { Json } from '../json.ts';
import { isForm, parseMediaType } from '../spec/media-type.ts';

/** One message as people read it, whole and without secrets. */
export interface MessageText {
  /** `POST /sessions?top=1`, or the status; `undefined` for a body that was judged alone. */
  readonly start: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Whether the body is JSON, written with an indent of two. */
  readonly isJson: boolean;
}

/** A request as people read it. */
export function requestText(
  { request }: ExchangeMessage,
  secrets: ReadonlySet<string>,
): MessageText {
  const { method, path, query, headers, content } = request;
  const url = query === '' ? path : `${path}?${redactQuery(query, secrets)}`;
  return { start: `${method} ${url}`, ...partsOf(headers, content, secrets) };
}

/** A response as people read it; `undefined` where nothing answered. */
export function responseText(
  { response }: ExchangeMessage,
  secrets: ReadonlySet<string>,
): MessageText | undefined {
  if (!response) return undefined;
  const { status, headers, content } = response;
  return { start: String(status), ...partsOf(headers, content, secrets) };
}

/** A body that was judged alone, as people read it. */
export function bodyText(text: string): MessageText {
  const body = prettyJson(text) ?? { body: redactBody(text, ''), isJson: false };
  return { start: undefined, headers: {}, ...body };
}

function partsOf(
  headers: HeaderValues,
  content: Content,
  secrets: ReadonlySet<string>,
): Omit<MessageText, 'start'> {
  return {
    headers: redactHeaders(headers, secrets),
    ...toBody(content, headers['content-type'], secrets),
  };
}

type Body = Pick<MessageText, 'body' | 'isJson'>;

function toBody(
  content: Content,
  contentType: string | undefined,
  secrets: ReadonlySet<string>,
): Body {
  if (content.kind === 'none' || content.kind === 'unseen') {
    return { body: undefined, isJson: false };
  }
  if (content.kind === 'value') return fromJson(content.value);
  const text = content.kind === 'text' ? content.text : decoded(content.bytes);
  const essence = parseMediaType(contentType ?? '')?.essence ?? '';
  const shown = isForm(essence) ? undefined : prettyJson(text);
  return shown ?? { body: redactBody(text, contentType ?? '', secrets), isJson: false };
}

/** Bytes as text; what is none is only counted. */
function decoded(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  return /[\0\ufffd]/.test(text) ? `[${bytes.length} bytes]` : text;
}

/** The text of JSON with an indent; `undefined` for a text that is none. */
function prettyJson(text: string): Body | undefined {
  try {
    return fromJson(JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

function fromJson(value: Json): Body {
  try {
    return { body: JSON.stringify(redactValue(value), null, 2), isJson: true };
  } catch {
    // Nested too deep for the stack.
    return { body: '…', isJson: false };
  }
}
