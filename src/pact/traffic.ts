import { toRequestMessage, toResponseMessage } from '../check/exchange.ts';
import {
  type ExchangeInput,
  type ExchangeVerdict,
  judgeExchange,
} from '../check/judge-exchange.ts';
import type { ParameterValues } from '../check/parameters.ts';
import { redactValue } from '../check/redact.ts';
import { ContractError, ExactMatchError } from '../errors.ts';
import type { Finding } from '../finding.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import type { Operation, ParameterPlace } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import { buildInteraction } from './consumer/build.ts';
import type { PlainDefinition } from './consumer/plain-definition.ts';

/** What was made of what travelled. */
export interface TrafficInteractions {
  /** As a pact of version 4 has them, by operation and status: `getPet 200`. */
  readonly interactions: ReadonlyMap<string, JsonObject>;
  /** What no interaction was made of, and why. */
  readonly left: readonly { readonly reason: string; readonly count: number }[];
}

/**
 * Makes interactions of exchanges: one an operation and status, of the exchange whose answer has
 * most fields, with matchers from the document. What the document forbids is left out and counted; what
 * looks secret is `REDACTED`.
 *
 * @throws {ExactMatchError} `SPEC_*` when the document is broken where an exchange needs it.
 */
export async function interactionsOfTraffic(
  spec: Spec,
  exchanges: Iterable<ExchangeInput> | AsyncIterable<ExchangeInput>,
): Promise<TrafficInteractions> {
  const left = new Map<string, number>();
  const leave = (reason: string) => left.set(reason, (left.get(reason) ?? 0) + 1);
  const best = new Map<string, Candidate>();
  for await (const exchange of exchanges) {
    const found = await candidateOf(spec, exchange);
    if (typeof found === 'string') leave(found);
    else if (found.fields > (best.get(found.name)?.fields ?? -1)) best.set(found.name, found);
  }
  const interactions = new Map<string, JsonObject>();
  for (const [name, candidate] of best) {
    const built = interactionOf(spec, candidate);
    if (typeof built === 'string') leave(`${name}: ${built}`);
    else interactions.set(name, built);
  }
  return { interactions, left: [...left].map(([reason, count]) => ({ reason, count })) };
}

/** An exchange that an interaction may be made of. */
interface Candidate {
  /** The operation and the status. */
  readonly name: string;
  readonly operation: Operation;
  readonly verdict: ExchangeVerdict;
  readonly status: number;
  /** How many different fields its answer has. */
  readonly fields: number;
}

/** The candidate, or why the exchange is none. */
async function candidateOf(spec: Spec, exchange: ExchangeInput): Promise<Candidate | string> {
  if (exchange.response === undefined) return 'nothing answered';
  const request = await toRequestMessage(exchange.request);
  const { message: response } = await toResponseMessage(exchange.response);
  const verdict = judgeExchange(spec, { request, response });
  const { operation, requestFindings, responseFindings, responseBody } = verdict;
  if (!operation) return 'no operation of the document matches';
  if (responseFindings.some(isError)) return 'the response breaks the document';
  const { status } = response;
  const isRefusal = status >= 400 && status < 500;
  if (!isRefusal && requestFindings.some(isError)) return 'the request breaks the document';
  const name = `${operation.id} ${status}`;
  return { name, operation, verdict, status, fields: fieldsOf(responseBody ?? null).size };
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

/** So often, fields that the document does not know are taken out of an answer. */
const ROUNDS = 20;

/** The interaction, or why there is none. */
function interactionOf(spec: Spec, candidate: Candidate): JsonObject | string {
  const { responseBody } = candidate.verdict;
  let like = responseBody === undefined ? undefined : redactValue(responseBody);
  for (let round = 0; round < ROUNDS; round += 1) {
    try {
      const definition = definitionOf(candidate, like);
      return buildInteraction(spec, definition, { strict: false }).written as unknown as JsonObject;
    } catch (cause) {
      const unknown = cause instanceof ContractError ? unknownIn(cause.findings) : undefined;
      if (unknown && like !== undefined) like = without(like, unknown, '');
      else if (cause instanceof ExactMatchError && !cause.code.startsWith('SPEC_')) {
        return cause.message.split('\n').slice(0, 2).join(' ').replaceAll(/\s+/g, ' ');
      } else throw cause;
    }
  }
  return 'its answer has too many fields that the document does not know';
}

function definitionOf({ operation, verdict, status }: Candidate, like?: Json): PlainDefinition {
  const { body, requestFindings } = verdict;
  const parameters = withRefused(verdict);
  const { path } = parameters;
  const mistakes = requestFindings.filter(isError).map(({ code }) => code);
  return {
    operation: operation.id,
    status,
    given: { name: `${operation.id} is answered with ${status}`, params: path },
    path,
    query: redactValue(parameters.query) as JsonObject,
    headers: redactValue(parameters.header) as JsonObject,
    cookies: redactValue(parameters.cookie) as JsonObject,
    ...(body === undefined ? {} : { body: redactValue(body) }),
    ...(like === undefined ? {} : { like }),
    ...(mistakes.length > 0 ? { mistakes: [...new Set(mistakes)] } : {}),
  };
}

/** With the values that the document forbids, which are not among those that were read. */
function withRefused({ parameters, requestFindings }: ExchangeVerdict): ParameterValues {
  const { path, query, header, cookie } = parameters;
  const all: Record<ParameterPlace, Record<string, Json>> = {
    ...{ path: { ...path }, query: { ...query } },
    ...{ header: { ...header }, cookie: { ...cookie } },
  };
  for (const { code, at, actual } of requestFindings) {
    const [, place] = /^request\.(path|query|header|cookie)\./.exec(code) ?? [];
    const isText = ['string', 'number', 'boolean'].includes(typeof actual);
    if (place === undefined || !isText || at.includes('/')) continue;
    all[place as ParameterPlace][at] ??= actual as Json;
  }
  return all;
}

/** The paths of fields that the document does not know, when nothing else is wrong. */
function unknownIn(findings: readonly Finding[]): ReadonlySet<string> | undefined {
  const isKnown = findings.some(({ code }) => code !== 'response.body.unknown');
  return isKnown ? undefined : new Set(findings.map(({ actual }) => plain(String(actual))));
}

/** Any item of a list stands for all. */
function plain(path: string): string {
  return path.replaceAll(/\[\d+\]/g, '[]');
}

function without(value: Json, unknown: ReadonlySet<string>, path: string): Json {
  if (isArray(value)) return value.map((item) => without(item, unknown, `${path}[]`));
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(
    ([name, member]) => [path === '' ? name : `${path}.${name}`, name, member] as const,
  );
  return Object.fromEntries(
    members
      .filter(([field]) => !unknown.has(field))
      .map(([field, name, member]) => [name, without(member, unknown, field)]),
  );
}

function fieldsOf(value: Json, path = '', found = new Set<string>()): ReadonlySet<string> {
  if (isArray(value)) for (const item of value) fieldsOf(item, `${path}[]`, found);
  else if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      found.add(`${path}.${name}`);
      fieldsOf(member, `${path}.${name}`, found);
    }
  }
  return found;
}
