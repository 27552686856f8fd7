import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { generate } from 'selfsigned';
import { expect, test } from 'vitest';
import { readRedisAddress } from '../../../src/mock/store/redis-address.ts';
import { createRedisStore } from '../../../src/mock/store/redis-store.ts';
import { ask, freePort, missingRedis, startRedis } from './redis-server.ts';

const missing = missingRedis();
const defaults = {
  host: 'localhost',
  port: 6379,
  isEncrypted: false,
  username: undefined,
  password: undefined,
  database: 0,
};

test.for([
  ['redis://localhost', { name: 'redis://localhost:6379' }],
  ['redis://', { name: 'redis://localhost:6379' }],
  ['redis:///7', { name: 'redis://localhost:6379/7', database: 7 }],
  ['redis://h:1/', { name: 'redis://h:1', host: 'h', port: 1 }],
  ['rediss://h', { name: 'rediss://h:6379', host: 'h', isEncrypted: true }],
  ['redis://[::1]:7', { name: 'redis://[::1]:7', host: '::1', port: 7 }],
  ['redis://:p%40%2F@h', { name: 'redis://h:6379', host: 'h', password: 'p@/' }],
  [
    'redis://me:x@h/1',
    { name: 'redis://h:6379/1', host: 'h', username: 'me', password: 'x', database: 1 },
  ],
] as const)('%s is read', ([text, want]) => {
  expect(readRedisAddress(text)).toEqual({ ...defaults, ...want });
});

test.for([
  ['', '""'],
  ['memory', '"memory"'],
  ['http://h', '"http://h"'],
  ['redis:h', '"redis:h"'],
  ['redis://h:70000', '"redis://h:70000"'],
  ['redis://h/x', '"redis://h/x"'],
  ['redis://h/-1', '"redis://h/-1"'],
  ['redis://h?password=secret', '"redis://h?…"'],
  ['redis://me:sec#ret@h', '"redis://…@h"'],
  ['redis://me:sec/ret@h', '"redis://…@h"'],
  ['redis://me:sec@ret@h:x', '"redis://…@h:x"'],
  ['redis://me:sec%ret@h', '"redis://…@h"'],
  ['me:secret@h', '"…@h"'],
] as const)('%s is refused, and nothing told that may be a password', ([text, shown]) => {
  expect(() => readRedisAddress(text)).toThrow(
    expect.objectContaining({
      code: 'OPTION_INVALID',
      message: expect.stringMatching(
        /^Failed to read the address of the store ".*": .*\. It must be/,
      ),
    }),
  );
  expect(() => readRedisAddress(text)).toThrow(`the store ${shown}: `);
});

test.skipIf(missing)('user, password and database are those of the address', async () => {
  await using server = await startRedis('--user', 'me', 'on', '>p@ss', '~exactmatch:*', '+@all');
  await ask(server.port, 'CONFIG SET requirepass secret');
  for (const [credentials, database] of [
    ['me:p%40ss@', 2],
    [':secret@', 3],
  ] as const) {
    const store = await createRedisStore(
      `redis://${credentials}127.0.0.1:${server.port}/${database}`,
    );
    expect(await store.count('scope', 'counter')).toBe(1);
    await store.close();
  }
  for (const [credentials, reason] of [
    ['', 'NOAUTH Authentication required'],
    [':guess@', 'WRONGPASS invalid username-password pair or user is disabled'],
  ]) {
    const error = await createRedisStore(`redis://${credentials}127.0.0.1:${server.port}`).catch(
      String,
    );
    expect(error).toBe(
      `ExactMatchError: The store "redis://127.0.0.1:${server.port}" cannot be reached: ${reason}.`,
    );
  }
});

test.skipIf(missing)('rediss:// is TLS, with a certificate that is known', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-tls-'));
  const names = [{ type: 2 as const, value: 'localhost' }];
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: names }],
  });
  const [certFile, keyFile] = [join(folder.path, 'cert.pem'), join(folder.path, 'key.pem')];
  await Promise.all([writeFile(certFile, cert), writeFile(keyFile, key)]);
  const files = ['--tls-cert-file', certFile, '--tls-key-file', keyFile];
  const tls = ['--tls-port', `${await freePort()}`, '--tls-auth-clients', 'no'];
  await using server = await startRedis(...files, ...tls);
  const url = `rediss://localhost:${tls[1]}`;
  const known = getCACertificates('default');

  await expect(createRedisStore(url)).rejects.toThrow(`${url}" cannot be reached: self-signed`);
  await expect(createRedisStore(`rediss://localhost:${server.port}`)).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
  });
  setDefaultCACertificates([...known, cert]);
  const store = await createRedisStore(url);
  setDefaultCACertificates(known);
  expect(await store.count('scope', 'counter')).toBe(1);
  await store.close();
});
