import { ContractError, ExactMatchError } from '../errors.ts';
import type { Finding } from '../finding.ts';
import type { Json } from '../json.ts';
import { objectChild } from '../spec/node.ts';
import { type Operation, operationById, requestBodyOf, responseFor } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import { decodeContent } from './body.ts';
import { judgeBody } from './body-finding.ts';
import { mediaTypeFinding, mediaTypeFor, unreadableBody } from './body-media-type.ts';
import { type CheckResponseOptions, judgeClientResponse } from './client-response.ts';
import { type RequestInput, type ResponseInput, toRequestMessage } from './exchange.ts';
import { requireSpec } from './given-spec.ts';
import { type GivenValue, readValue } from './given-value.ts';
import { readJson } from './json-text.ts';
import type { CheckOptions, Content } from './message.ts';
import { judgeRequest } from './request.ts';
import { undeclaredStatus } from './response.ts';

/** Which body a value is. */
export interface CheckBodyOptions extends CheckOptions {
  /** An `operationId`, or `METHOD /path`. */
  readonly operation: string;
  /** The status of the response whose body it is; without it, the value is the request's body. */
  readonly status?: number;
  /** Default: `application/json`, or the only media type there is. */
  readonly contentType?: string;
}

/**
 * Lists every way in which a request breaks the document; none when it keeps its promise.
 *
 * The operation is found by method and URL, with the servers' base path or without it. Reading a
 * platform `Request` leaves it readable.
 *
 * @throws {ExactMatchError} `MESSAGE_UNREADABLE` for something that is no request, `SPEC_*` when the
 * document is broken where this request needs it.
 */
export async function checkRequest(
  spec: Spec,
  request: RequestInput,
  options: CheckOptions = {},
): Promise<readonly Finding[]> {
  requireSpec(spec);
  return judgeRequest(spec, await toRequestMessage(request), options).findings;
}

/**
 * Lists every way in which a response breaks the document; none when it keeps its promise.
 *
 * The operation is found by the response's URL and method, or by `{ operation }`. A fetch `Response`
 * does not know its method: without `{ method }` all operations of its path that declare its status
 * are asked, and they must agree.
 *
 * @throws {ExactMatchError} `OPERATION_UNKNOWN`, `OPERATION_AMBIGUOUS` when the operation cannot be
 * told, `MESSAGE_UNREADABLE` for something that is no response, `SPEC_*` when the document is broken.
 */
export async function checkResponse(
  spec: Spec,
  response: ResponseInput,
  options: CheckResponseOptions = {},
): Promise<readonly Finding[]> {
  return (await judgeClientResponse(spec, response, options)).findings;
}

/**
 * Lists every way in which a body breaks the document; none when it keeps its promise.
 *
 * The body is what `JSON.stringify` would send: a Date is its text, members that are `undefined` are
 * not there. What JSON has no word for, such as NaN, is a finding.
 *
 * @throws {ExactMatchError} `OPERATION_UNKNOWN`, `SPEC_*` when the document is broken.
 */
export function checkBody(
  spec: Spec,
  body: unknown,
  options: CheckBodyOptions,
): readonly Finding[] {
  const given = readValue(body);
  return checkContent(spec, contentOf(given, body), options);
}

/** As `checkBody`, for a value that must be JSON itself: a Date is no text, though it is sent as one. */
export function checkJson(
  spec: Spec,
  value: unknown,
  options: CheckBodyOptions,
): readonly Finding[] {
  const given = readValue(value);
  const conversion = given.kind === 'value' ? given.conversion : undefined;
  const content = contentOf(given, value);
  return checkContent(spec, conversion ? { ...content, loss: conversion } : content, options);
}

function contentOf(given: GivenValue, value: unknown): Extract<Content, { kind: 'value' }> {
  // `deep` is JSON whose depth no `JSON.stringify` can walk, and `evaluate` can.
  if (given.kind === 'deep') return { kind: 'value', value: value as Json };
  if (given.kind === 'unsayable') return { kind: 'value', value: null, loss: given.loss };
  const { value: json, loss } = given;
  return { kind: 'value', value: json, ...(loss ? { loss } : {}) };
}

/** As `checkBody`, for a body that has not been parsed yet. */
export function checkBodyText(
  spec: Spec,
  text: string,
  options: CheckBodyOptions,
): readonly Finding[] {
  const parsed = readJson(text);
  return checkContent(spec, parsed.kind === 'value' ? parsed : { kind: 'text', text }, options);
}

/** A body that is given without its media type is JSON. */
const ASSUMED_JSON: Content = { kind: 'value', value: null };

function checkContent(spec: Spec, content: Content, options: CheckBodyOptions): readonly Finding[] {
  requireSpec(spec);
  const operation = operationById(spec, options.operation);
  const { status, contentType, strict = false } = options;
  const direction = status === undefined ? 'request' : 'response';
  const owner =
    status === undefined ? requestBodyOf(spec, operation) : responseFor(spec, operation, status);
  if (!owner && status !== undefined) return [undeclaredStatus(operation, status)];
  if (!owner || !objectChild(owner, 'content')) throw bodiless(operation, status);
  const mediaType = mediaTypeFor(owner, contentType, ASSUMED_JSON);
  if (!mediaType) return [mediaTypeFinding(direction, owner, contentType)];
  const decoded = decodeContent(spec, mediaType, contentType ?? mediaType.key, content, direction);
  if (decoded.kind === 'opaque') return [];
  if (decoded.kind !== 'value') return [unreadableBody(direction, mediaType, decoded)];
  return judgeBody(spec, mediaType.schema, decoded.value, { direction, strict });
}

/**
 * Passes when a request keeps its promise.
 *
 * @throws {ContractError} with the findings, when one of them is an error.
 */
export async function assertRequest(
  spec: Spec,
  request: RequestInput,
  options: CheckOptions = {},
): Promise<void> {
  assertNone('The request', await checkRequest(spec, request, options));
}

/**
 * Passes when a response keeps its promise.
 *
 * @throws {ContractError} with the findings, when one of them is an error.
 */
export async function assertResponse(
  spec: Spec,
  response: ResponseInput,
  options: CheckResponseOptions = {},
): Promise<void> {
  assertNone('The response', await checkResponse(spec, response, options));
}

/**
 * Passes when no finding is an error.
 *
 * @throws {ContractError} with all findings, warnings among them.
 */
export function assertNone(subject: string, findings: readonly Finding[]): void {
  if (findings.some(({ severity }) => severity === 'error')) {
    throw new ContractError(subject, findings);
  }
}

function bodiless(operation: Operation, status: number | undefined): ExactMatchError {
  const what = status === undefined ? 'takes no request body' : `declares no body for ${status}`;
  return new ExactMatchError(
    'OPTION_INVALID',
    `${operation.id} ${what}: there is nothing to check.`,
  );
}
