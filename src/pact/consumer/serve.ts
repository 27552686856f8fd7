import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExactMatchError } from '../../errors.ts';
import { isJson } from '../../spec/media-type.ts';
import type { BuiltInteraction } from './build.ts';
import type { MatcherList } from './matcher.ts';
import { loadPactLibrary } from './pact-library.ts';
import type { WrittenRequest, WrittenResponse, WrittenValues } from './written.ts';

/** Between whom an interaction is. */
export interface Parties {
  readonly consumer: string;
  readonly provider: string;
}

/**
 * Has Pact serve one interaction while a function runs, and says whether it was asked for as it is
 * defined.
 *
 * The file that Pact writes is thrown away: it has one interaction, which `built` has as well.
 *
 * @throws {ExactMatchError} `PACT_UNMET` when Pact was asked for anything else, or for nothing; its
 * `cause` is what the function threw. `PEER_MISSING` without Pact.
 */
export async function serveInteraction<T>(
  parties: Parties,
  { written, text }: BuiltInteraction,
  run: (url: string) => T | Promise<T>,
): Promise<T> {
  const library = await loadPactLibrary();
  const dir = mkdtempSync(join(tmpdir(), 'exactmatch-pact-'));
  const { description, request, response } = written;
  let outcome: Outcome<T> | undefined;
  try {
    await new library.PactV4({ ...parties, dir, logLevel: 'error' })
      .addInteraction()
      .uponReceiving(description)
      .withRequest(request.method, request.path, (builder) => {
        fillRequest(builder, request, text);
      })
      .willRespondWith(response.status, (builder) => {
        fillResponse(builder, response);
      })
      .executeTest(async ({ url }) => {
        // Pact would keep what it has to say to itself when the function throws.
        outcome = await settle(() => run(url));
      });
  } catch (cause) {
    if (!outcome) throw cause;
    throw unmet(description, cause, outcome);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  if (outcome?.kind !== 'returned') throw outcome?.error;
  return outcome.value;
}

/** Pact's builders: the part of them that is used here. */
interface Builder {
  readonly headers: (headers: Values) => unknown;
  /** A text is JSON already. */
  readonly jsonBody: (body: string) => unknown;
}

interface RequestBuilder extends Builder {
  readonly query: (query: Values) => unknown;
}

interface ResponseBuilder extends Builder {
  readonly body: (contentType: string, body: Buffer) => unknown;
}

type Outcome<T> =
  | { readonly kind: 'returned'; readonly value: T }
  | { readonly kind: 'threw'; readonly error: unknown };

async function settle<T>(run: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { kind: 'returned', value: await run() };
  } catch (error) {
    return { kind: 'threw', error };
  }
}

function fillRequest(
  builder: RequestBuilder,
  { query, headers, body, matchingRules }: WrittenRequest,
  text: string | undefined,
): void {
  if (query) builder.query(withMatchers(query, matchingRules?.query));
  if (headers) builder.headers(withMatchers(headers, matchingRules?.header));
  if (!body || text === undefined) return;
  if (isJson(body.contentType)) builder.jsonBody(text);
  else (builder as RequestBuilder & RawBuilder).interaction.withRequestBody(text, body.contentType);
}

/** Pact's builder has a method for JSON and for XML, and keeps the one for any text inside. */
interface RawBuilder {
  readonly interaction: {
    readonly withRequestBody: (body: string, contentType: string) => unknown;
  };
}

type Values = Record<string, string | string[] | { 'pact:matcher:type': string; value: string }>;

function withMatchers(
  values: WrittenValues,
  rules: Readonly<Record<string, MatcherList>> = {},
): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, list]) => {
      const [first = ''] = list;
      const matcher = rules[name]?.matchers[0];
      if (matcher?.match !== 'regex') return [name, list.length === 1 ? first : [...list]];
      return [name, { 'pact:matcher:type': 'regex', regex: matcher.regex, value: first }];
    }),
  );
}

function fillResponse(builder: ResponseBuilder, { headers = {}, body }: WrittenResponse): void {
  builder.headers(
    Object.fromEntries(Object.entries(headers).map(([name, [text = '']]) => [name, text])),
  );
  if (!body) return;
  const { content, contentType } = body;
  if (isJson(contentType)) builder.jsonBody(JSON.stringify(content));
  else builder.body(contentType, Buffer.from(String(content)));
}

function unmet(description: string, cause: unknown, outcome: Outcome<unknown>): ExactMatchError {
  const said = cause instanceof Error ? cause.message : String(cause);
  const reasons = said.replace(/^[\s\S]*following (?:mismatches|reasons):\s*/, '').trimEnd();
  const thrown = outcome.kind === 'threw' ? outcome.error : undefined;
  const because = thrown instanceof Error ? `\nThe test threw: ${thrown.message}` : '';
  return new ExactMatchError(
    'PACT_UNMET',
    `The interaction "${description}" was not asked for as it is defined:\n\n${reasons}\n${because}`,
    { cause: thrown ?? cause },
  );
}
