import { expect } from 'vitest';
import { checkResponse, type Spec } from '../../src/index.ts';
import type { MockServer } from '../../src/mock.ts';
import { headers } from './mock.ts';

/** The members of a JSON object. */
export type Members = Readonly<Record<string, unknown>>;

/** What came back. */
export interface Asked {
  readonly status: number;
  readonly body: Members;
  readonly headers: Headers;
}

/** Asks, holds the answer to the document, and gives status, body and headers. */
export type Ask = (
  method: string,
  path: string,
  body?: unknown,
  extra?: Readonly<Record<string, string>>,
) => Promise<Asked>;

/** Makes what asks a mock of the shipped document, without a socket. */
export function createAsk(mock: MockServer, spec: Spec): Ask {
  return async (method, path, body, extra = {}) => {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const init = { method, headers: { ...headers, ...extra }, ...content };
    const response = await mock.fetch(`https://graph.microsoft.com/beta${path}`, init);
    expect(await checkResponse(spec, response, { method })).toEqual([]);
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? {} : JSON.parse(text),
      headers: response.headers,
    };
  };
}
