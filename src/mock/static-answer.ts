import { isObject, type Json, type JsonObject } from '../json.ts';
import { child, children, isObjectNode, objectChild } from '../spec/node.ts';
import { type Operation, statusesOf } from '../spec/operation.ts';
import { resolve } from '../spec/ref.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { preferredMediaType } from './accept.ts';
import type { PrismAnswer, PrismQuestion } from './prism.ts';

/** A response that was chosen, and the status to send it with. */
interface Chosen {
  readonly status: number;
  readonly node: Node<JsonObject>;
}

/** The media type of an answer, and the example that is its body. */
interface Body {
  readonly mediaType: string | undefined;
  readonly example: Json | undefined;
}

/**
 * What Prism would answer from the examples of the document, without Prism: choosing among them is a
 * matter of some lines, and loading Prism one of a second. `undefined` for whatever it takes Prism
 * to answer: made data, a response or header without example, an odd header.
 *
 * A test holds it to Prism, for every operation, status, example and kind of `Accept`.
 */
export function staticAnswer(
  spec: Spec,
  operation: Operation,
  question: PrismQuestion,
): PrismAnswer | undefined {
  if (question.isDynamic) return undefined;
  const chosen = chooseResponse(spec, operation, question.code);
  if (!chosen) return undefined;
  const headers = exampleHeaders(spec, chosen.node);
  if (!headers) return undefined;
  const { status } = chosen;
  if (question.method === 'HEAD') return { kind: 'response', status, headers, body: undefined };
  const body = chooseBody(spec, chosen.node, status, question);
  if (!body) return undefined;
  if ('reason' in body) {
    // Where a status was asked for, Prism tries the others now.
    return question.code === undefined ? body : undefined;
  }
  const { mediaType, example } = body;
  const type = mediaType === undefined ? {} : { 'Content-type': mediaType };
  return { kind: 'response', status, headers: { ...headers, ...type }, body: example };
}

const PLAIN_STATUS = /^(?:[1-5]\d\d|[1-5]XX|default)$/;

function chooseResponse(
  spec: Spec,
  operation: Operation,
  code: number | undefined,
): Chosen | undefined {
  const keys = statusesOf(operation);
  if (!keys.every((key) => PLAIN_STATUS.test(key))) return undefined;
  const key = code === undefined ? successOf(keys) : keyOfStatus(keys, String(code));
  const responses = objectChild(operation.node, 'responses');
  const found = responses && key !== undefined ? child(responses, key) : undefined;
  const node = found && resolve(spec, found);
  if (key === undefined || !node || !isObjectNode(node)) return undefined;
  const status = code ?? (key === 'default' ? 200 : Number(key.replace('XX', '00')));
  return { status, node };
}

/** The lowest success, by its text; else `default`; else the first response. */
function successOf(keys: readonly string[]): string | undefined {
  const [lowest] = keys.filter((key) => key.startsWith('2')).sort();
  return lowest ?? keys.find((key) => key === 'default') ?? keys[0];
}

function keyOfStatus(keys: readonly string[], code: string): string | undefined {
  return [code, `${code[0]}XX`, 'default'].find((key) => keys.includes(key));
}

/** The headers of a response by their examples; `undefined` when one has none. */
function exampleHeaders(
  spec: Spec,
  response: Node<JsonObject>,
): Readonly<Record<string, string>> | undefined {
  const declared = objectChild(response, 'headers');
  const headers: [string, string][] = [];
  for (const [name, found] of declared ? children(declared) : []) {
    const header = resolve(spec, found);
    const [first] = isObjectNode(header) ? examplesOf(spec, header, 'last') : [];
    if (!isObjectNode(header) || header.value['content'] !== undefined) return undefined;
    if (typeof first?.value !== 'string' && typeof first?.value !== 'number') return undefined;
    headers.push([name, String(first.value)]);
  }
  return Object.fromEntries(headers);
}

type Refusal = Extract<PrismAnswer, { kind: 'refusal' }>;

function chooseBody(
  spec: Spec,
  response: Node<JsonObject>,
  status: number,
  { accept, example }: PrismQuestion,
): Body | Refusal | undefined {
  const content = objectChild(response, 'content');
  const keys = Object.keys(content?.value ?? {});
  if (!content || keys.length === 0) {
    return { mediaType: accept ? undefined : 'text/plain', example: undefined };
  }
  const key = accept ? preferredMediaType(accept, keys) : defaultMediaType(keys);
  if (key === undefined) return undefined;
  if (key === 'none') {
    if (status === 204 || accept?.includes('*/*')) return undefined;
    return { kind: 'refusal', status: 406, reason: `Unable to find content for ${accept}` };
  }
  const mediaType = objectChild(content, key);
  if (!mediaType) return undefined;
  const examples = examplesOf(spec, mediaType, 'first');
  const named = examples.find(({ name }) => name === (example ?? name));
  if (named) {
    if (named.value === undefined) return undefined;
    return { mediaType: accept && key === '*/*' ? 'text/plain' : key, example: named.value };
  }
  if (example === undefined || examples.length === 0) return undefined;
  const reason = `Response for contentType: ${key} and exampleKey: ${example} does not exist.`;
  return { kind: 'refusal', status: 404, reason };
}

/** The media type for a client that does not say what it takes. */
function defaultMediaType(keys: readonly string[]): string | undefined {
  return keys.find((key) => key === '*/*') ?? preferredMediaType('application/json,*/*', keys);
}

interface Example {
  readonly name: string;
  /** `undefined` when it lies elsewhere, or nowhere. */
  readonly value: Json | undefined;
}

/** The examples of a media type or header; `place` is that of the one without a name. */
function examplesOf(
  spec: Spec,
  node: Node<JsonObject>,
  place: 'first' | 'last',
): readonly Example[] {
  const single = child(node, 'example');
  const own = single ? [{ name: 'default', value: single.value }] : [];
  const named = objectChild(node, 'examples');
  const others = [...(named ? children(named) : [])].map(([name, found]): Example => {
    const { value } = resolve(spec, found);
    const isHere = isObject(value) && value['externalValue'] === undefined;
    return { name, value: isHere ? value['value'] : undefined };
  });
  return place === 'first' ? [...own, ...others] : [...others, ...own];
}
