import { types } from 'node:util';
import {
  type AxiosResponseLike,
  askedOfAxios,
  isAxiosResponse,
  readAxiosBody,
} from './from-axios.ts';
import { isFetchMessage, readFetchBody } from './from-fetch.ts';
import {
  askedOfPlaywright,
  isPlaywrightResponse,
  type PlaywrightResponseLike,
  readPlaywrightBody,
} from './from-playwright.ts';
import {
  askedOfSuperagent,
  isSuperagentResponse,
  readSuperagentBody,
  type SuperagentResponseLike,
} from './from-superagent.ts';
import { type GivenBody, readBody } from './given-body.ts';
import { type GivenHeaders, readHeaders } from './given-headers.ts';
import { type Asked, member, readAsked, readMethod, readTarget } from './given-target.ts';
import type { Content, HeaderValues, RequestMessage, ResponseMessage } from './message.ts';
import { describeGiven, hasMethod, unreadable } from './unreadable.ts';

/** A request as a plain object. */
export interface PlainRequest {
  readonly method: string;
  /** Absolute, or a path that begins with `/`; with the query. */
  readonly url: string | URL;
  readonly headers?: GivenHeaders | undefined;
  /** Text, bytes, a Blob or a form as it travels; any other value is what its JSON says. */
  readonly body?: unknown;
  /** Whether a body was there and is not at hand: then only its media type is judged. */
  readonly bodyOmitted?: boolean | undefined;
}

/** A response as a plain object; clients that call the status `statusCode` are understood. */
export interface PlainResponse {
  readonly status?: number | undefined;
  readonly statusCode?: number | undefined;
  readonly headers?: GivenHeaders | undefined;
  /** Text, bytes, a Blob or a form as it travels; any other value is what its JSON says. */
  readonly body?: unknown;
  /** Whether a body was there and is not at hand: then only its media type is judged. */
  readonly bodyOmitted?: boolean | undefined;
  /** The method of the request that it answers. */
  readonly method?: string | undefined;
  /** The URL of the request that it answers: absolute, or a path that begins with `/`. */
  readonly url?: string | URL | undefined;
}

/** Everything that a request is read from. */
export type RequestInput = Request | PlainRequest;

/** Everything that a response is read from. */
export type ResponseInput =
  | Response
  | AxiosResponseLike
  | SuperagentResponseLike
  | PlaywrightResponseLike
  | PlainResponse;

/** A response, and what it says that it answers. */
export interface ReadResponse extends Asked {
  readonly message: ResponseMessage;
}

/**
 * Reads a request, so that it can be judged; a `Request` can still be read by the caller.
 *
 * @throws {ExactMatchError} `MESSAGE_UNREADABLE`, saying what was given and what can be.
 */
export async function toRequestMessage(input: RequestInput): Promise<RequestMessage> {
  const given: unknown = input;
  if (isFetchMessage(given)) {
    const { method, url } = input;
    const headers = readHeaders(given.headers);
    const content = await readFetchBody('request', given);
    return { method: readMethod(method), ...readTarget(url), headers, content };
  }
  if (typeof given !== 'object' || given === null || !('method' in given) || !('url' in given)) {
    throw unreadable(
      'request',
      `got ${describeGiven(given)}`,
      'Give a Request, or { method, url, headers?, body? }.',
    );
  }
  const method = readMethod(given.method);
  const target = readTarget(given.url);
  const headers = readHeaders(member(given, 'headers'));
  if (isOmitted(given)) return { method, ...target, headers, content: UNSEEN };
  if (hasUnreadBody(given, headers)) throw unread('request');
  const body = await readBody((given as PlainRequest).body);
  return { method, ...target, headers: withContentType(headers, body), content: body.content };
}

/**
 * Reads a response of `fetch`, axios, supertest, superagent, got, Playwright or a plain object.
 *
 * @throws {ExactMatchError} `MESSAGE_UNREADABLE`, saying what was given and what can be.
 */
export async function toResponseMessage(input: ResponseInput): Promise<ReadResponse> {
  const given = responseOf(input);
  if (isPlaywrightResponse(given)) return readPlaywright(given);
  const status = member(given, 'status') ?? member(given, 'statusCode');
  if (typeof given !== 'object' || given === null || !isStatus(status)) throw noResponse(given);
  const headers = readHeaders(member(given, 'headers') ?? member(given, 'header'));
  if (isFetchMessage(given)) {
    const content = await readFetchBody('response', given);
    return { message: { status, headers, content }, ...readAsked(undefined, given.url) };
  }
  if (isAxiosResponse(given)) {
    const content = await readAxiosBody(given, headers);
    return { message: { status, headers, content }, ...askedOfAxios(given) };
  }
  if (isSuperagentResponse(given)) {
    const content = await readSuperagentBody(given);
    return { message: { status, headers, content }, ...askedOfSuperagent(given) };
  }
  if (isOmitted(given)) {
    return { message: { status, headers, content: UNSEEN }, ...askedOfPlain(given) };
  }
  if (hasUnreadBody(given, headers)) throw unread('response');
  const body = await readBody(rawBodyOf(given));
  return {
    message: { status, headers: withContentType(headers, body), content: body.content },
    ...askedOfPlain(given),
  };
}

async function readPlaywright(given: PlaywrightResponseLike): Promise<ReadResponse> {
  const content = await readPlaywrightBody(given);
  const message = { status: given.status(), headers: readHeaders(given.headers()), content };
  return { message, ...askedOfPlaywright(given) };
}

/**
 * The response that an error carries, as those of axios, ky, got and superagent do; else what is given.
 *
 * @throws {ExactMatchError} `MESSAGE_UNREADABLE` for an error that carries none.
 */
function responseOf(given: unknown): unknown {
  const isError = types.isNativeError(given) || member(given, 'isAxiosError') === true;
  if (!isError) return given;
  const response = member(given, 'response');
  if (typeof response === 'object') return response;
  const reason = `got an error that carries no response: ${String(member(given, 'message'))}`;
  throw unreadable('response', reason, 'There is nothing to check: no answer came.');
}

function isStatus(status: unknown): status is number {
  return Number.isInteger(status) && Number(status) >= 100 && Number(status) <= 999;
}

function noResponse(given: unknown): Error {
  const status = member(given, 'status') ?? member(given, 'statusCode');
  const reason =
    status === undefined
      ? `got ${describeGiven(given)}`
      : `its status is ${describeGiven(status)}, which is no number from 100 to 999`;
  const advice =
    'Give a Response, an axios, supertest or Playwright response, or { status, headers?, body?, method?, url? }.';
  return unreadable('response', reason, advice);
}

/** got and light-my-request keep the bytes beside what they made of them. */
function rawBodyOf(given: object): unknown {
  const raw = member(given, 'rawBody') ?? member(given, 'rawPayload');
  return ArrayBuffer.isView(raw) ? raw : (given as PlainResponse).body;
}

function askedOfPlain(given: object): Asked {
  return readAsked(
    member(given, 'method') ??
      member(given, 'request', 'options', 'method') ??
      member(given, 'raw', 'req', 'method'),
    member(given, 'url') || member(given, 'raw', 'req', 'url'),
  );
}

const UNSEEN: Content = { kind: 'unseen' };

function isOmitted(given: object): boolean {
  return member(given, 'bodyOmitted') === true && member(given, 'body') === undefined;
}

/** A message of `node:http` whose body is still on its way. */
function hasUnreadBody(given: object, headers: HeaderValues): boolean {
  const isRead = rawBodyOf(given) !== undefined;
  if (isRead || !hasMethod(given, 'pipe')) return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0;
}

function unread(what: 'request' | 'response'): Error {
  const advice = `Read it first and give it as \`body\`.`;
  return unreadable(what, 'its body is a stream that nobody has read', advice);
}

/** A form or a blob says itself what it is, where the headers do not. */
function withContentType(headers: HeaderValues, { contentType }: GivenBody): HeaderValues {
  if (contentType === undefined || headers['content-type'] !== undefined) return headers;
  return Object.assign(Object.create(null), headers, { 'content-type': contentType });
}
