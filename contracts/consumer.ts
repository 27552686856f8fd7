import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PactV4 } from '@pact-foundation/pact';
import { expect, inject } from 'vitest';
import {
  createSessionsClient,
  type SessionsClient,
  type SessionsClientOptions,
} from './sessions-client.ts';

const folder = join(inject('pactFolder'), basename(expect.getState().testPath ?? ''));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);

/**
 * A pact of one interaction, in a folder of its own: processes that write into one file at the same
 * time lose what the others wrote.
 */
export function newPact(): PactV4 {
  return new PactV4({
    consumer: 'exact-match-uploader',
    provider: 'microsoft-graph',
    dir: mkdtempSync(join(folder, 'pact-')),
    logLevel: 'error',
  });
}

/** The client under test: it has a token and does not wait, unless a test says otherwise. */
export function clientOf(
  server: { readonly url: string },
  options: Partial<SessionsClientOptions> = {},
): SessionsClient {
  return createSessionsClient({
    baseUrl: server.url,
    getToken: () => 'eyJ0eXAiOiJKV1QifQ',
    sleep: () => Promise.reject(new Error('Nothing here has to be waited for.')),
    ...options,
  });
}
