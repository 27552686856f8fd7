import { MatchersV3 } from '@pact-foundation/pact';
import { expect, test } from 'vitest';
import { clientOf, newPact } from './consumer.ts';
import {
  createdHeaders,
  exampleOf,
  failure,
  jsonHeaders,
  made,
  SESSIONS_PATH,
  STORE,
  withToken,
} from './shapes.ts';

const { regex } = MatchersV3;

/** A mock server of Pact has no memory: the provider before the wait and after it are two of them. */
test('creates a session when the time that a 429 asks for is over', () => {
  const body = { fileName: 'patients.tsv' };
  const created = { ...made, ...body };
  const throttled = newPact()
    .addInteraction()
    .given('too many requests were sent')
    .uponReceiving('a request to create a session')
    .withRequest('POST', SESSIONS_PATH, (request) => {
      request.headers(withToken).jsonBody(body);
    })
    .willRespondWith(429, (response) => {
      response
        .headers({ ...jsonHeaders, 'Retry-After': regex('^\\d+$', '10') })
        .jsonBody(failure('TooManyRequests', 'Come back later.'));
    });
  const rested = newPact()
    .addInteraction()
    .given('the time to wait is over')
    .uponReceiving('a request to create a session')
    .withRequest('POST', SESSIONS_PATH, (request) => {
      request.headers(withToken).jsonBody(body);
    })
    .willRespondWith(201, (response) => {
      response.headers(createdHeaders).jsonBody(created);
    });

  return throttled.executeTest((before) =>
    rested.executeTest(async (after) => {
      let now = before;
      const waits: number[] = [];
      const client = clientOf(before, {
        fetch: (request) => fetch(new Request(request.url.replace(before.url, now.url), request)),
        sleep: async (milliseconds) => {
          waits.push(milliseconds);
          now = after;
        },
      });
      expect(await client.create(STORE, body)).toEqual(exampleOf(created));
      expect(waits).toEqual([10_000]);
    }),
  );
});
