import fc from 'fast-check';
import type { Sent } from './exchange.ts';

type Edit = (sent: Sent) => Sent;

const MISHAPS: readonly Edit[] = [
  (sent) => ({ ...sent, url: sent.url.replace(/(?=\?|$)/, '/') }),
  (sent) => ({ ...sent, url: `/base${sent.url}` }),
  (sent) => ({ ...sent, url: sent.url.replace('/o', '/O') }),
  (sent) => ({ ...sent, url: sent.url.replace('/o', '/%6F') }),
  (sent) => ({ ...sent, url: `${sent.url}${sent.url.includes('?') ? '&' : '?'}unknown=1` }),
  (sent) => ({ ...sent, method: sent.method === 'GET' ? 'POST' : 'GET' }),
];

/** Small accidents that happen to requests on the way: most of them one character. */
export const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.constantFrom(...MISHAPS),
  fc
    .record({
      part: fc.constantFrom('url', 'body', 'headers'),
      at: fc.nat({ max: 1000 }),
      character: fc.constantFrom(...'a0,.;=&%[]{}"-+ /|'),
      isInstead: fc.boolean(),
    })
    .map(({ part, at, character, isInstead }): Edit => {
      const edit = (text: string, first = 0) => {
        const place = first + (at % Math.max(1, text.length - first));
        return text.slice(0, place) + character + text.slice(place + (isInstead ? 1 : 0));
      };
      if (part === 'url') {
        return (sent) => ({ ...sent, url: edit(sent.url, 2).replaceAll(' ', '%20') });
      }
      if (part === 'body') {
        return (sent) => (sent.body === undefined ? sent : { ...sent, body: edit(sent.body) });
      }
      return (sent) => {
        const headers = Object.entries(sent.headers);
        const edited = headers.map(([name, value]) => [name, edit(value).trim()]);
        return { ...sent, headers: Object.fromEntries(edited) };
      };
    }),
);
