import type { Frame } from '../frame.ts';
import { html, type Markup } from './markup.ts';

/** The lines of a frame, with the place marked. */
export function linesMarkup(caption: Markup, { first, lines, marked, from, to }: Frame): Markup {
  const rows = lines.map((text, index) => {
    const number = first === undefined ? undefined : html`<b>${first + index}</b>`;
    if (index !== marked) return html`<li>${number}<span>${text}</span></li>`;
    return html`<li class="here">${number}<span>${text.slice(0, from)}<mark>${text.slice(from, to)}</mark>${text.slice(to)}</span></li>`;
  });
  return html`<figure><figcaption>${caption}</figcaption><ol class="lines">${rows}</ol></figure>`;
}
