import { expect, test } from 'vitest';
import { judgeExchange } from '../../src/check/judge-exchange.ts';
import { loadSpec } from '../../src/index.ts';
import { toHarEntry } from '../../src/proxy/har-entry.ts';

test('writes bytes that are no text in base64, and text without secrets', async () => {
  const spec = await loadSpec();
  const bytes = Uint8Array.of(0xff, 0xfe, 0);
  const type = { 'content-type': 'text/plain' };
  const verdict = judgeExchange(spec, {
    request: {
      ...{ method: 'POST', path: '/x', query: '', headers: type },
      content: { kind: 'bytes', bytes },
    },
    response: {
      ...{ status: 200, headers: type },
      content: { kind: 'bytes', bytes: Buffer.from('see https://b.example/u?sig=s3cret') },
    },
  });
  const url = 'https://a.example/x';
  const times = { start: 0, waited: 1, milliseconds: 2, unjudged: undefined, refused: undefined };
  expect(toHarEntry({ verdict, url, ...times }, new Set())).toMatchObject({
    request: { postData: { text: '//4A', encoding: 'base64' } },
    response: { content: { text: 'see https://b.example/u?sig=REDACTED' } },
  });
});
