import { expect, test } from 'vitest';
import { loadSpec } from '../../src/check/shipped.ts';
import { announce } from '../../src/cli/mock-banner.ts';

const started = {
  url: 'http://127.0.0.1:1',
  baseUrl: 'http://127.0.0.1:1/beta',
  fingerprint: undefined,
  isSelfMade: false,
  workers: undefined,
};

test('says where it is before it makes up a request to try, and lets others go first', async () => {
  const order: string[] = [];
  const announcing = announce(await loadSpec(), started, {
    stdout: (text) => order.push(/Try it:\n {2}curl .+\n$/.test(text) ? 'line' : text),
  });
  expect(order).toEqual([
    'Mock of Microsoft Graph exactMatchSession (16 operations) on http://127.0.0.1:1\n',
  ]);
  setImmediate(() => order.push('a request'));
  await announcing;
  expect(order.slice(1)).toEqual(['a request', 'line']);
});
