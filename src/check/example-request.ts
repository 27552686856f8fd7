import { isObject, type Json } from '../json.ts';
import { isJson, parseMediaType } from '../spec/media-type.ts';
import { children, objectChild } from '../spec/node.ts';
import { type Operation, parametersOf, requestBodyOf } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import { exampleOf } from './example-value.ts';
import type { RequestMessage } from './message.ts';
import { writeParameter } from './parameter-text.ts';
import { judgeRequest } from './request.ts';
import { credentialsOf } from './security.ts';

/**
 * A request that an operation takes: what it requires and no more, from examples where there are
 * some; `undefined` when none was found that the operation takes.
 */
export function exampleRequest(spec: Spec, operation: Operation): RequestMessage | undefined {
  const headers: Record<string, string> = {};
  const query: string[] = [];
  const cookies: string[] = [];
  let { path } = operation;
  const put = (place: string, name: string, text: string) => {
    if (place === 'path') path = path.replaceAll(`{${name}}`, text);
    else if (place === 'query') query.push(text);
    else if (place === 'cookie') cookies.push(text);
    else headers[name.toLowerCase()] = text;
  };
  for (const credential of credentialsOf(spec, operation)) {
    const [place = ''] = credential.place.split(' ');
    const isScheme = credential.name === 'authorization' && place === 'header';
    const value = isScheme ? `${credential.challenge} token` : 'key';
    const start = place === 'header' ? '' : `${encodeURIComponent(credential.name)}=`;
    put(place, credential.name, start + value);
  }
  for (const parameter of parametersOf(spec, operation)) {
    if (!parameter.required) continue;
    const value = exampleOf(spec, parameter.node, isPlain);
    if (value === undefined) return undefined;
    const text = writeParameter(parameter, value);
    if (text === undefined) return undefined;
    put(parameter.in, parameter.name, text);
  }
  if (cookies.length > 0) headers['cookie'] = cookies.join('; ');
  const body = bodyOf(spec, operation);
  if (body) headers['content-type'] = body.contentType;
  const message: RequestMessage = {
    method: operation.method,
    path,
    query: query.join('&'),
    headers,
    content: body ? { kind: 'text', text: body.text } : { kind: 'none' },
  };
  const { operation: found, findings } = judgeRequest(spec, message);
  const isTaken = found === operation && findings.every(({ severity }) => severity !== 'error');
  return isTaken ? message : undefined;
}

function isPlain(value: Json): boolean {
  return !isObject(value) && value !== '';
}

function bodyOf(
  spec: Spec,
  operation: Operation,
): { readonly contentType: string; readonly text: string } | undefined {
  const requestBody = requestBodyOf(spec, operation);
  const content = requestBody && objectChild(requestBody, 'content');
  for (const [contentType, mediaType] of content ? children(content) : []) {
    if (!isJson(parseMediaType(contentType)?.essence ?? '')) continue;
    const value = exampleOf(spec, mediaType, () => true);
    if (value !== undefined) return { contentType, text: JSON.stringify(value) };
  }
  return undefined;
}
