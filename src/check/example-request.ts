import { isArray, isObject, type Json } from '../json.ts';
import { isValid } from '../schema/judge.ts';
import { sample } from '../schema/sample.ts';
import { isJson, parseMediaType } from '../spec/media-type.ts';
import { child, children, isObjectNode, objectChild } from '../spec/node.ts';
import { type Operation, type Parameter, parametersOf, requestBodyOf } from '../spec/operation.ts';
import { resolve } from '../spec/ref.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import type { RequestMessage } from './message.ts';
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
  const put = (place: string, name: string, texts: readonly string[], isSpread = false) => {
    const values = texts.map(encodeURIComponent);
    const start = `${encodeURIComponent(name)}=`;
    if (place === 'path') path = path.replaceAll(`{${name}}`, values.join(','));
    else if (place === 'query' && isSpread) query.push(...values.map((value) => start + value));
    else if (place === 'query') query.push(start + values.join(','));
    else if (place === 'cookie') cookies.push(start + values.join(','));
    else headers[name.toLowerCase()] = texts.join(',');
  };
  for (const credential of credentialsOf(spec, operation)) {
    const [place = ''] = credential.place.split(' ');
    const isScheme = credential.name === 'authorization' && place === 'header';
    put(place, credential.name, [isScheme ? `${credential.challenge} token` : 'key']);
  }
  for (const parameter of parametersOf(spec, operation)) {
    if (!parameter.required) continue;
    const value = exampleOf(spec, parameter.node, isPlain);
    if (value === undefined) return undefined;
    const isSpread = parameter.node.value['explode'] !== false;
    put(parameter.in, parameter.name, written(value, parameter), isSpread);
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

/** A value as texts: of a list one for each item. */
function written(value: Json, { node }: Parameter): readonly string[] {
  if (child(node, 'content')) return [JSON.stringify(value)];
  return isArray(value) ? value.map(String) : [String(value)];
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

/** The shortest example of a parameter or media type that says something and is right, or a sample. */
function exampleOf(spec: Spec, node: Node, isFit: (value: Json) => boolean): Json | undefined {
  const content = objectChild(node, 'content');
  const [, inner] = content ? ([...children(content)][0] ?? []) : [];
  const schema = child(inner ?? node, 'schema');
  const isRight = (value: Json) =>
    !schema || isValid(spec, schema, value, { direction: 'request', strict: false });
  const shortest = [...namedExamplesOf(spec, node)]
    .filter((value) => isFit(value) && !isVoid(value))
    .sort((one, other) => lengthOf(one) - lengthOf(other))
    .find(isRight);
  return shortest ?? (schema && sample(spec, schema, { direction: 'request' }));
}

function isVoid(value: Json): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

function lengthOf(value: Json): number {
  return JSON.stringify(value).length;
}

function* namedExamplesOf(spec: Spec, node: Node): Iterable<Json> {
  const example = child(node, 'example');
  if (example) yield example.value;
  const examples = objectChild(node, 'examples');
  for (const [, found] of examples ? children(examples) : []) {
    const named = resolve(spec, found);
    const value = isObjectNode(named) ? child(named, 'value') : undefined;
    if (value) yield value.value;
  }
}
