import { readHeaders } from '../check/given-headers.ts';
import type { Content, HeaderValues, RequestMessage, ResponseMessage } from '../check/message.ts';
import type { PactBody, PactRequest, PactResponse } from './interaction.ts';

/** The request of an interaction as it travels, by its examples. */
export function toRequestMessage({
  method,
  path,
  query,
  headers,
  body,
}: PactRequest): RequestMessage {
  return { method, path, query, headers: headersOf(headers, body), content: contentOf(body) };
}

/** The response of an interaction as it travels, by its examples. */
export function toResponseMessage({ status, headers, body }: PactResponse): ResponseMessage {
  return { status, headers: headersOf(headers, body), content: contentOf(body) };
}

/** A body of V4 says itself what it is, where no header does. */
function headersOf(headers: PactRequest['headers'], body: PactBody): HeaderValues {
  const values = readHeaders(headers);
  const contentType = 'contentType' in body ? body.contentType : undefined;
  if (contentType === undefined || values['content-type'] !== undefined) return values;
  return Object.assign(Object.create(null), values, { 'content-type': contentType });
}

function contentOf(body: PactBody): Content {
  switch (body.kind) {
    case 'json':
      return { kind: 'value', value: body.value };
    case 'text':
      return { kind: 'text', text: body.text };
    case 'bytes':
      return { kind: 'bytes', bytes: body.bytes };
    default:
      return { kind: 'none' };
  }
}
