import type { ExchangeText } from '../report.ts';
import { html, type Markup } from './markup.ts';

/** A whole exchange: its request beside its response. */
export function exchangeMarkup({ request, response }: ExchangeText, id: string): Markup {
  const asked = messageMarkup('Request', `${request.method} ${request.url}`, request);
  const answered = response && messageMarkup('Response', String(response.status), response);
  return html`<details id="${id}"><summary>The whole exchange</summary><div class="pair">${asked}${answered}</div></details>`;
}

function messageMarkup(
  title: string,
  start: string,
  { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body?: string },
): Markup {
  const lines = [start, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  const text = body === undefined ? lines.join('\n') : `${lines.join('\n')}\n\n${body}`;
  return html`<figure><figcaption>${title}</figcaption><pre>${text}</pre></figure>`;
}
