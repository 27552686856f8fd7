import type { ExchangeMessage } from '../check/judge-exchange.ts';
import { type MessageText, requestText, responseText } from './message-text.ts';
import type { ExchangeText } from './report.ts';

/** Of a body, a report shows at most so many UTF-16 code units. */
const BODY_SIZE = 8_192;

/** Both messages of an exchange, whole and without secrets. */
export interface WholeExchange {
  readonly request: MessageText;
  readonly response: MessageText | undefined;
}

/** Both messages of an exchange as people read them. */
export function wholeExchange(
  exchange: ExchangeMessage,
  secrets: ReadonlySet<string>,
): WholeExchange {
  return { request: requestText(exchange, secrets), response: responseText(exchange, secrets) };
}

/** What travelled, without more than a page shows. */
export function toExchangeText(
  { request, response }: ExchangeMessage,
  whole: WholeExchange,
): ExchangeText {
  const { start, headers } = whole.request;
  const url = (start ?? '').slice(request.method.length + 1);
  return {
    request: { method: request.method, url, headers, ...cut(whole.request) },
    ...(response && whole.response
      ? {
          response: {
            status: response.status,
            headers: whole.response.headers,
            ...cut(whole.response),
          },
        }
      : {}),
  };
}

function cut({ body }: MessageText): { readonly body?: string } {
  if (body === undefined) return {};
  return { body: body.length > BODY_SIZE ? `${body.slice(0, BODY_SIZE)}…` : body };
}
