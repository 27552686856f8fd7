import { test } from 'vitest';
import { added, type EntryCase, entry, expectEntry } from './notes.ts';

const typed = { name: 'content-type', value: 'application/json' };
const bad = JSON.stringify({ id: 'one', text: 'Milk' });
const gone = { status: 204, headers: [], content: { size: 0 } };

/** What an entry says, and what is found; nothing where nothing is named. */
const table: Readonly<Record<string, EntryCase>> = {
  'a good exchange': { entry: entry() },
  'a broken response': {
    entry: entry({ response: { content: { text: bad } } }),
    findings: ['response.body.type /id'],
  },
  'a broken request': {
    entry: entry({ request: { url: 'https://api.test/v1/notes/x?lang=fr' } }),
    findings: ['request.path.type id', 'request.query.enum lang'],
  },
  'a query beside the URL': {
    entry: entry({ request: { queryString: [{ name: 'lang', value: 'fr' }] } }),
    findings: ['request.query.enum lang'],
  },
  'a URL with a fragment': {
    entry: entry({ request: { url: 'https://api.test/v1/notes/1#top' } }),
  },
  'an undeclared status': {
    entry: entry({ response: { status: 302 } }),
    findings: ['response.status.undeclared'],
  },
  'a path of no operation': {
    entry: entry({ request: { url: 'https://api.test/v1/nope' } }),
    findings: ['request.path.unmatched'],
  },
  // Headers.
  'pseudo-headers of HTTP/2': {
    entry: entry({
      request: {
        headers: [
          { name: ':authority', value: 'api.test' },
          { name: ':method', value: 'GET' },
        ],
      },
    }),
  },
  'headers of one name': {
    entry: entry({
      response: {
        headers: [typed, ...['a', 'b', 'c'].map((value) => ({ name: 'X-Tags', value }))],
      },
    }),
    findings: ['response.header.items x-tags'],
  },
  'headers in lines': {
    entry: entry({ response: { headers: [typed, { name: 'x-tags', value: 'a\nb\nc' }] } }),
    findings: ['response.header.items x-tags'],
  },
  'cookies alone': {
    entry: added(
      { text: '{"text":"Milk"}' },
      { request: { cookies: [{ name: 'seen', value: 'often' }] } },
    ),
    findings: ['request.cookie.type seen'],
  },
  // What is no exchange.
  'a preflight request': {
    entry: entry({
      request: {
        method: 'OPTIONS',
        headers: [{ name: 'Access-Control-Request-Method', value: 'GET' }],
      },
    }),
    skipped: ['1 CORS preflight requests'],
  },
  'a preflight request by its type': {
    entry: entry({ _resourceType: 'preflight', request: { method: 'OPTIONS' } }),
    skipped: ['1 CORS preflight requests'],
  },
  'OPTIONS that is none': {
    entry: entry({ request: { method: 'OPTIONS' } }),
    findings: ['request.method.unknown'],
  },
  'status 0': {
    entry: entry({ response: { status: 0, _error: 'net::ERR_ABORTED' } }),
    skipped: ['1 requests without a response: net::ERR_ABORTED'],
  },
  'status -1': {
    entry: entry({ response: { status: -1, _failureText: 'blocked' } }),
    skipped: ['1 requests without a response: blocked'],
  },
  'no response': {
    entry: { ...entry(), response: null },
    skipped: ['1 requests without a response'],
  },
  'a WebSocket by its URL': {
    entry: entry({ request: { url: 'wss://api.test/v1/live' } }),
    skipped: ['1 WebSocket connections'],
  },
  'a WebSocket by its type': {
    entry: entry({ _resourceType: 'websocket' }),
    skipped: ['1 WebSocket connections'],
  },
  'a data: URL': {
    entry: entry({ request: { url: 'data:text/plain,x' } }),
    skipped: ['1 data: URLs'],
  },
  // What stands for something else.
  'an answer of the cache': {
    entry: entry({
      _fromCache: 'disk',
      request: { method: 'DELETE' },
      response: gone,
    }),
    skipped: ['1 requests that a cache answered'],
  },
  'credentials taken out': {
    entry: entry({
      request: { method: 'DELETE', headers: [{ name: 'authorization', value: 'REDACTED' }] },
      response: gone,
    }),
    skipped: ['1 credentials that the capture leaves out'],
  },
  'a value taken out': {
    entry: entry({
      response: {
        content: {
          text: JSON.stringify({ id: 1, text: 'x', link: 'https://x.test/?sig=[redacted]' }),
        },
      },
    }),
    skipped: ['1 values that the capture leaves out'],
  },
};

test.for(Object.entries(table))('%s', async ([, given]) => expectEntry(given));
