import { expect, test } from 'vitest';
import { clientOf, pact, store } from './consumer.ts';

/** A mock server of Pact has no memory: the provider before the wait and after it are two of them. */
test('creates a session when the time that a 429 asks for is over', () => {
  const body = { fileName: 'patients.tsv' };
  const creation = {
    operation: 'createExactMatchSession',
    description: 'a request to create a session',
    path: store,
    body,
  } as const;
  return pact.interaction(
    {
      ...creation,
      given: 'too many requests were sent',
      status: 429,
      uses: ['error.code'],
      usesHeaders: { 'Retry-After': 10 },
    },
    (before) =>
      pact.interaction(
        {
          ...creation,
          given: 'the time to wait is over',
          status: 201,
          uses: ['id', 'dataUploadURI'],
          like: body,
        },
        async (after) => {
          let now = before.url;
          const waits: number[] = [];
          const client = clientOf(before, {
            fetch: (request) => fetch(new Request(request.url.replace(before.url, now), request)),
            sleep: async (milliseconds) => {
              waits.push(milliseconds);
              now = after.url;
            },
          });
          expect(await client.create('patients', body)).toEqual(after.response.body);
          expect(waits).toEqual([10_000]);
        },
      ),
  );
});
