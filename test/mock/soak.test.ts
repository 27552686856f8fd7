import { expect, test } from 'vitest';
import { createSend, soakFor, soakTurn } from '../../scripts/bench/soak-traffic.ts';
import { startMock } from '../../src/mock.ts';
import { headers, sessions } from './mock.ts';
import { startProcess } from './process/mock-process.ts';

/** EXACTMATCH_SECONDS makes it longer. */
const SECONDS = Number(process.env['EXACTMATCH_SECONDS'] ?? 3);
const MEBIBYTE = 2 ** 20;

test('memory stays where it is, whatever is asked', {
  timeout: SECONDS * 3000 + 60_000,
}, async () => {
  await using mock = await startProcess({});
  const send = createSend(mock.url);
  // Until the journal is full, and all code is compiled that ever will be.
  let turns = 0;
  for (; turns < 120; turns += 8) {
    await Promise.all(Array.from({ length: 8 }, (_, index) => soakTurn(send, turns + index)));
  }
  const before = await mock.memory();
  const during = await soakFor(send, SECONDS * 1000, turns);
  const after = await mock.memory();
  expect(during).toBeGreaterThan(SECONDS * 3);
  expect(after.heapUsed - before.heapUsed).toBeLessThan(8 * MEBIBYTE);
  expect(after.external - before.external).toBeLessThan(8 * MEBIBYTE);
});

test('a scope too many is refused, until others are brought back to their start', async () => {
  await using mock = await startMock({ listen: false, seedData: { [sessions]: [{ id: 's1' }] } });
  const ask = async (scope: string) => {
    const response = await mock.fetch(sessions, { headers: { ...headers, 'x-mock-scope': scope } });
    return [response.status, await response.text()] as const;
  };
  for (let number = 1; number <= 1000; number += 1) await ask(`s${number}`);
  const [status, text] = await ask('one-more');
  expect(status).toBe(400);
  expect(text).toContain('The scope \\"one-more\\" cannot be begun: there are 1000 already');
  await expect(mock.scope('one-more').advance('1m')).rejects.toMatchObject({
    code: 'OPTION_INVALID',
  });
  expect((await ask('s7'))[0]).toBe(200);
  expect(await mock.scope('s8').requests()).toHaveLength(1);
  await mock.scope('s9').reset();
  expect((await ask('one-more'))[0]).toBe(200);
  // And nothing is lost by that: its place is gone, its seed data is not.
  await mock.scope('s10').reset();
  expect((await ask('s9'))[1]).toContain('"id":"s1"');
});

test('of a large body the journal keeps its beginning, without secrets', async () => {
  await using mock = await startMock({ listen: false });
  const body = JSON.stringify({ salt: 'hidden', fileName: 'x'.repeat(100_000) });
  await mock.fetch(sessions, { method: 'POST', headers, body });
  const [exchange] = await mock.requests();
  for (const message of [exchange?.request, exchange?.response]) {
    expect(message?.body).toMatch(/^\{.*x…$/);
    expect(String(message?.body).length).toBeLessThan(17_000);
    expect(String(message?.body)).not.toContain('hidden');
  }
});
