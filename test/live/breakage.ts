import type { MockOptions } from '../../src/mock.ts';
import type { Alter, Asked, Given } from './provider.ts';

/** One way in which a provider breaks its promise, and what a probe finds of it. */
export interface Breakage {
  readonly name: string;
  readonly alter: Alter;
  /** The codes of all findings but warnings, each once. */
  readonly found: readonly string[];
  /** Those of warnings. */
  readonly warned?: readonly string[];
  /** The operations that are probed: those that show it. */
  readonly operations: readonly string[];
  readonly isReading?: boolean;
  readonly mock?: MockOptions;
  readonly timeout?: number;
  /** Default: 40, which show most. */
  readonly maxCases?: number;
}

/** A JSON object. */
export type Json = Record<string, unknown>;

/** Tells whether a path is that of a customer. */
export const isItem = (path: string) => /\/customers\/[^/]+$/.test(path);
/** Tells whether a path is that of the customers. */
export const isList = (path: string) => /\/customers$/.test(path);
/** Tells whether a request is of a method, on such a path. */
export const is = (asked: Asked, method: string, isPath: (path: string) => boolean) =>
  asked.method === method && isPath(asked.path);
/** Tells whether an answer is one of success. */
export const isDone = ({ status }: Given) => status >= 200 && status < 300;

/** Alters the JSON of the answers of success to a method on a path. */
export function body(
  method: string,
  isPath: (path: string) => boolean,
  change: (value: Json) => unknown,
): Alter {
  return async (asked, ask) => {
    const given = await ask(asked);
    if (!is(asked, method, isPath) || !isDone(given) || given.body === '') return given;
    return { ...given, body: JSON.stringify(change(JSON.parse(given.body))) };
  };
}

/** Alters the answers that are meant. */
export function answers(
  isMeant: (asked: Asked, given: Given) => boolean,
  change: (given: Given) => Given,
): Alter {
  return async (asked, ask) => {
    const given = await ask(asked);
    return isMeant(asked, given) ? change(given) : given;
  };
}

/** Alters requests on their way. */
export function requests(
  isMeant: (asked: Asked) => boolean,
  change: (asked: Asked) => Asked,
): Alter {
  return async (asked, ask) => ask(isMeant(asked) ? change(asked) : asked);
}

/** Refuses what the document takes. */
export function refuses(isMeant: (value: Json, asked: Asked) => boolean, status = 400): Alter {
  return async (asked, ask) => {
    const value = parsed(asked.body);
    const isRefused = (asked.method === 'POST' || asked.method === 'PUT') && value !== undefined;
    return isRefused && isMeant(value, asked) ? problem(status) : ask(asked);
  };
}

/** The JSON object that a text is; `undefined` when it is none. */
export function parsed(text: string): Json | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The failure that the shop declares. */
export function problem(status: number): Given {
  const headers = { 'content-type': 'application/problem+json', 'www-authenticate': 'ApiKey' };
  return { status, headers, body: JSON.stringify({ title: 'No', status }) };
}

/** An answer without one of its headers. */
export function withoutHeader(given: Given, name: string): Given {
  return {
    ...given,
    headers: Object.fromEntries(Object.entries(given.headers).filter(([key]) => key !== name)),
  };
}

/** An answer with another value of a header. */
export const withHeader = (given: Given, name: string, value: string): Given => ({
  ...given,
  headers: { ...given.headers, [name]: value },
});

/** What shows what is wrong with reading. */
export const GET = ['getCustomer', 'createCustomer'];
/** What shows what is wrong with creating, and with the life of what is created. */
export const CREATE = ['createCustomer'];
/** The least that a customer is. */
export const valid = { name: 'Ann', email: 'ann@example.com' };
