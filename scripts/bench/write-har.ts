import { closeSync, openSync, writeSync } from 'node:fs';
import { sessionBody, sessionsPath } from './subjects.ts';

const pairs = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

const sentHeaders = pairs({
  ':authority': 'graph.microsoft.com',
  ':method': 'GET',
  accept: 'application/json',
  'accept-encoding': 'gzip, deflate, br, zstd',
  authorization: 'Bearer eyJ0eXAiOiJKV1QiLCJub25jZSI6',
  origin: 'https://app.example.com',
  'user-agent':
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0',
});
const answeredHeaders = pairs({
  'cache-control': 'no-cache',
  'content-encoding': 'gzip',
  'content-type': 'application/json;odata.metadata=minimal;charset=utf-8',
  date: 'Tue, 14 May 2024 08:21:02 GMT',
  'request-id': '8c5a7a0a-9a3e-4f0e-8c87-0c6a3e3b9d11',
  'client-request-id': '8c5a7a0a-9a3e-4f0e-8c87-0c6a3e3b9d11',
});

/**
 * Writes a HAR of so many entries, as a browser records them: a full session each time, read by its key.
 * It is written piece by piece; returns its size in bytes.
 */
export function writeHar(path: string, count: number): number {
  const file = openSync(path, 'w');
  let size = writeSync(
    file,
    '{"log":{"version":"1.2","creator":{"name":"Bench","version":"1"},"entries":[',
  );
  for (let start = 0; start < count; start += 500) {
    const entries = Array.from({ length: Math.min(500, count - start) }, (_, index) =>
      JSON.stringify(entryOf(start + index)),
    );
    size += writeSync(file, (start === 0 ? '' : ',') + entries.join(','));
  }
  size += writeSync(file, ']}}');
  closeSync(file);
  return size;
}

function entryOf(number: number): object {
  const id = `ab8cf3ab-36b0-b07a-e010-${String(number).padStart(12, '0')}`;
  const text = JSON.stringify({ id, ...sessionBody, remainingBlockCount: number % 13 });
  return {
    _resourceType: 'fetch',
    cache: {},
    pageref: 'page_1',
    request: {
      method: 'GET',
      url: `https://graph.microsoft.com/beta${sessionsPath}/${id}`,
      httpVersion: 'http/2.0',
      headers: sentHeaders,
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: 0,
    },
    response: {
      status: 200,
      statusText: '',
      httpVersion: 'http/2.0',
      headers: answeredHeaders,
      cookies: [],
      content: { size: text.length, mimeType: 'application/json', text },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
    },
    startedDateTime: '2024-05-14T08:21:02.123Z',
    time: 123.4,
    timings: { blocked: 1.2, dns: -1, ssl: -1, connect: -1, send: 0.2, wait: 100.1, receive: 1.2 },
  };
}
