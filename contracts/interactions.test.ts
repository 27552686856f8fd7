import { expect, test } from 'vitest';
import { checkRequest, checkResponse, loadSpec } from '../src/index.ts';
import { type Interaction, PACTS, readPacts } from './pact-files.ts';

const spec = await loadSpec();
const interactions = (await readPacts(PACTS)).flatMap((pact) => pact.interactions);

/** What is wrong with the requests that are wrong on purpose. */
const MISTAKES: Readonly<Record<string, string>> = {
  'a request to create a session without a token': 'request.security.missing authorization',
  'a request to create a session with text for rowsPerBlock': 'request.body.type /rowsPerBlock',
};

test('there are pacts to check, and every mistake is in one', () => {
  const descriptions = interactions.map(({ description }) => description);
  expect(descriptions).not.toEqual([]);
  expect(descriptions).toEqual(expect.arrayContaining(Object.keys(MISTAKES)));
});

test.for(interactions)(
  'the document allows $description, answered with $response.status',
  async (interaction) => {
    expect(interaction.type).toBe('Synchronous/HTTP');
    const mistake = MISTAKES[interaction.description];
    expect(await findingsOfRequest(interaction)).toEqual(mistake === undefined ? [] : [mistake]);
    expect(await findingsOfResponse(interaction)).toEqual([]);
  },
);

test('the document does not allow what it does not say', async () => {
  const [interaction] = interactions;
  if (interaction === undefined) throw new Error('There is no interaction.');
  const { request, response } = interaction;
  const elsewhere = { ...interaction, request: { ...request, path: '/elsewhere' } };
  expect(await findingsOfRequest(elsewhere)).toEqual(['request.path.unmatched ']);
  const teapot = { ...interaction, response: { ...response, status: 418 } };
  expect(await findingsOfResponse(teapot)).toEqual(['response.status.undeclared ']);
});

async function findingsOfRequest({ request }: Interaction): Promise<readonly string[]> {
  const { method, headers, body } = request;
  const findings = await checkRequest(
    spec,
    { method, url: urlOf(request), headers: headersOf(headers), body: textOf(body) },
    { strict: true },
  );
  return findings.map(({ code, at }) => `${code} ${at}`);
}

async function findingsOfResponse({ request, response }: Interaction): Promise<readonly string[]> {
  const { status, headers, body } = response;
  const { method } = request;
  const findings = await checkResponse(
    spec,
    { status, headers: headersOf(headers), body: textOf(body), method, url: urlOf(request) },
    { strict: true },
  );
  return findings.map(({ code, at }) => `${code} ${at}`);
}

function urlOf({ path, query = {} }: Interaction['request']): string {
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  );
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}

function headersOf(headers: Interaction['request']['headers'] = {}): Headers {
  const pairs = Object.entries(headers).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  );
  return new Headers(pairs);
}

/** The body as it travels, and not as a value, so that the media type is judged as well. */
function textOf(body: Interaction['request']['body']): string | undefined {
  return body && JSON.stringify(body.content);
}
