import { expect, test } from 'vitest';
import { startMock } from '../../src/mock.ts';

test('says so when the host is none of this machine', async () => {
  await expect(startMock({ host: '192.0.2.1' })).rejects.toMatchObject({
    code: 'ADDRESS_UNAVAILABLE',
    message:
      'Failed to listen on 192.0.2.1:0: this machine has no such address. Choose another with --host.',
  });
});
