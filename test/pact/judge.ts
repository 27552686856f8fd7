import { type Finding, loadSpec } from '../../src/index.ts';
import { judgePact } from '../../src/pact/check.ts';
import type { LoadSpecOptions } from '../../src/spec/load.ts';
import { pactOf } from './pact.ts';

/** A document without its head, and one interaction with it. */
export interface Case {
  readonly paths: object;
  readonly openapi?: string;
  readonly components?: object;
  readonly servers?: readonly object[];
  readonly security?: readonly object[];
  readonly request?: object;
  readonly response?: object;
  readonly documents?: LoadSpecOptions['documents'];
  /** The version of Pact's specification; default: 3.0.0. */
  readonly version?: string;
}

const REQUEST = { method: 'GET', path: '/x' };

/** The findings of the one interaction of a case. */
export async function judgeCase(one: Case): Promise<readonly Finding[]> {
  const { request, response, documents = {}, version = '3.0.0', openapi = '3.1.0', ...rest } = one;
  const spec = await loadSpec(
    { openapi, info: { title: 'Battery', version: '1' }, ...rest },
    { documents, baseUrl: 'http://localhost/' },
  );
  const interaction = {
    description: 'it',
    request: { ...REQUEST, ...request },
    response: { status: 200, ...response },
  };
  return judgePact(spec, pactOf([interaction], version)).flatMap(({ findings }) => findings);
}

/** What the findings of a case are about: its errors and risks, by code and place. */
export async function verdictOf(one: Case): Promise<readonly string[]> {
  const findings = await judgeCase(one);
  return findings
    .filter(({ severity }) => severity !== 'warning')
    .map(({ severity, code, at }) => `${severity} ${code} ${at}`.trim());
}

export const JSON_TYPE = { 'Content-Type': 'application/json' };

/** An operation `GET /x` whose 200 has a JSON body of that schema, and an interaction that expects it. */
export function answers(schema: unknown, body: unknown, more: object = {}): Case {
  const content = { 'application/json': { schema } };
  return {
    paths: { '/x': { get: { responses: { 200: { description: '', content } } } } },
    response: { headers: JSON_TYPE, body, ...more },
  };
}

/** An operation `POST /x` that takes a JSON body of that schema, and an interaction that sends one. */
export function takes(schema: unknown, body: unknown, more: object = {}): Case {
  const requestBody = { required: true, content: { 'application/json': { schema } } };
  const responses = { 200: { description: '' } };
  return {
    paths: { '/x': { post: { requestBody, responses } } },
    request: { method: 'POST', headers: JSON_TYPE, body, ...more },
  };
}

/** An operation `GET /x` with parameters, and an interaction that sends some. */
export function asks(parameters: readonly object[], request: object): Case {
  return {
    paths: { '/x': { get: { parameters, responses: { 200: { description: '' } } } } },
    request,
  };
}

/** An object whose properties are all required, so that relying on them is no risk. */
export function object(properties: object, more: object = {}): object {
  return { type: 'object', required: Object.keys(properties), properties, ...more };
}

/** Matching rules of V3 for a body. */
export function bodyRules(rules: Readonly<Record<string, object>>): object {
  const body = Object.fromEntries(
    Object.entries(rules).map(([path, rule]) => [path, { matchers: [rule].flat() }]),
  );
  return { matchingRules: { body } };
}
