import { X509Certificate } from 'node:crypto';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { generate } from 'selfsigned';
import { expect, test } from 'vitest';
import { type MockServer, startMock } from '../../src/mock.ts';
import { sessions } from './mock.ts';

/** Asks the health of a mock by a name of its host, trusting its certificate and no other. */
async function ask(mock: MockServer, host: string, ca = mock.certificate?.cert): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const url = `https://${host}:${mock.port}/__mock/health`;
  const asking = request(url, { ca }, (response) => {
    text(response).then((body) => resolve(`${response.statusCode} ${body}`), reject);
  });
  asking.on('error', reject).end();
  return promise;
}

test('makes a certificate that is valid for this machine and the host', async () => {
  await using mock = await startMock({ tls: true });
  expect(mock.url).toBe(`https://127.0.0.1:${mock.port}`);
  expect(mock.baseUrl).toBe(`${mock.url}/beta`);
  for (const host of ['127.0.0.1', 'localhost']) {
    expect(await ask(mock, host)).toMatch(/^200 \{"status":"ok"/);
  }
  await using other = await startMock({ tls: true, host: '::1' });
  expect(await ask(other, '[::1]')).toMatch(/^200 /);
  const { subjectAltName } = new X509Certificate(other.certificate?.cert ?? '');
  expect(subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
});

test('makes another certificate each time, and is trusted by none but its own', async () => {
  await using one = await startMock({ tls: true });
  await using other = await startMock({ tls: true });
  expect(one.certificate?.fingerprint).toMatch(/^(?:[\dA-F]{2}:){31}[\dA-F]{2}$/);
  expect(one.certificate?.fingerprint).not.toBe(other.certificate?.fingerprint);
  await expect(ask(one, 'localhost', other.certificate?.cert)).rejects.toMatchObject({
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  });
});

test('says https in the addresses that it writes', async () => {
  await using mock = await startMock({ tls: true });
  const agent = { ca: mock.certificate?.cert, headers: { authorization: 'Bearer token' } };
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  request(mock.baseUrl + sessions, agent, (response) => {
    text(response).then(resolve, reject);
  })
    .on('error', reject)
    .end();
  expect(JSON.parse(await promise)).toMatchObject({
    '@odata.context': expect.stringMatching(`^https://127\\.0\\.0\\.1:${mock.port}/`),
  });
});

test('makes none where it does not listen', async () => {
  await using mock = await startMock({ tls: true, listen: false });
  expect(mock.certificate).toBeUndefined();
});

test('breaks a connection through TLS as well', async () => {
  await using mock = await startMock({ tls: true, reset: '100%' });
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const headers = { authorization: 'Bearer token' };
  request(mock.baseUrl + sessions, { ca: mock.certificate?.cert, headers }, resolve)
    .on('error', resolve)
    .end();
  expect(await promise).toMatchObject({ code: 'ECONNRESET' });
});

test('takes a certificate that is given, and refuses what is none', async () => {
  // Of another kind than those that the mock makes.
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'mine' }], {
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  await using mock = await startMock({ tls: { cert, key } });
  expect(await ask(mock, 'localhost')).toMatch(/^200 /);
  expect(mock.certificate?.cert).toBe(cert);
  await using made = await startMock({ tls: true });
  for (const [tls, reason] of [
    [{ cert: 'none', key }, 'it is no certificate in PEM'],
    [{ cert, key: 'none' }, 'its key is no private key in PEM without a passphrase'],
    [{ cert: made.certificate?.cert ?? '', key }, 'the key is that of another one'],
  ] as const) {
    await expect(startMock({ tls })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: `The certificate cannot be used: ${reason}.`,
    });
  }
});
