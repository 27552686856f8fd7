import type { ExchangeMessage } from '../check/judge-exchange.ts';
import type { Content } from '../check/message.ts';
import { redactHeaders, redactQuery, redactValue } from '../check/redact.ts';
import type { Json } from '../json.ts';
import type { ExchangeText } from './report.ts';

/** Of a body, a report shows at most this many characters. */
const BODY_SIZE = 16_384;

/** What travelled, as people read it: without secrets, and without more than a page shows. */
export function toExchangeText(
  { request, response }: ExchangeMessage,
  secrets: ReadonlySet<string>,
): ExchangeText {
  const { method, path, query } = request;
  const sent = toText(request.content);
  const answered = response && toText(response.content);
  return {
    request: {
      method,
      url: query === '' ? path : `${path}?${redactQuery(query, secrets)}`,
      headers: redactHeaders(request.headers, secrets),
      ...(sent === undefined ? {} : { body: sent }),
    },
    ...(response
      ? {
          response: {
            status: response.status,
            headers: redactHeaders(response.headers, secrets),
            ...(answered === undefined ? {} : { body: answered }),
          },
        }
      : {}),
  };
}

function toText(content: Content): string | undefined {
  if (content.kind === 'none') return undefined;
  if (content.kind === 'value') return cut(JSON.stringify(redactValue(content.value), null, 2));
  const text = content.kind === 'text' ? content.text : new TextDecoder().decode(content.bytes);
  try {
    return cut(JSON.stringify(redactValue(JSON.parse(text) as Json), null, 2));
  } catch {
    return cut(text);
  }
}

function cut(text: string): string {
  return text.length > BODY_SIZE ? `${text.slice(0, BODY_SIZE)}…` : text;
}
