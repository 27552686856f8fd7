import { readValue } from '../../check/given-value.ts';
import type { Content } from '../../check/message.ts';
import { ExactMatchError } from '../../errors.ts';
import { isArray, isObject, type Json } from '../../json.ts';
import { isForm, isJson, isText, parseMediaType } from '../../spec/media-type.ts';
import { objectChild } from '../../spec/node.ts';
import { type Operation, requestBodyOf } from '../../spec/operation.ts';
import type { Spec } from '../../spec/spec.ts';
import type { WrittenBody } from './written.ts';

/** A body of a request: as it is judged, as the pact has it, and as it travels. */
export interface RequestContent {
  readonly contentType: string;
  readonly content: Content;
  readonly written: WrittenBody;
  readonly text: string;
}

/**
 * The body of a request, of the media type that is asked for, or the first of the operation's that
 * can be written: JSON, a form, or text. `undefined` when there is none.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` for a body of another media type, or one that is no JSON.
 */
export function requestContent(
  spec: Spec,
  operation: Operation,
  body: unknown,
  asked: string | undefined,
): RequestContent | undefined {
  if (body === undefined) return undefined;
  const contentType = asked ?? mediaTypeOf(spec, operation, body);
  const essence = parseMediaType(contentType)?.essence ?? contentType;
  if (isJson(essence)) return jsonContent(contentType, essence, body);
  const text = isForm(essence) && isObject(body) ? formText(body) : body;
  if ((isForm(essence) || isText(essence)) && typeof text === 'string') {
    return {
      contentType,
      content: { kind: 'text', text },
      written: { content: text, contentType: essence, encoded: false },
      text,
    };
  }
  throw new ExactMatchError(
    'OPTION_INVALID',
    `Failed to write the body of ${operation.id} as ${contentType}: interactions have JSON, forms and text. Write this one with PactV4.`,
  );
}

function mediaTypeOf(spec: Spec, operation: Operation, body: unknown): string {
  const owner = requestBodyOf(spec, operation);
  const keys = Object.keys((owner && objectChild(owner, 'content')?.value) ?? {});
  const first = (is: (essence: string) => boolean) =>
    keys.find((key) => is(parseMediaType(key)?.essence ?? ''));
  const json = first(isJson);
  const found =
    json ?? (isObject(body) ? first(isForm) : undefined) ?? first(isText) ?? first(isForm);
  // A range such as `*/*` takes JSON as well as anything else.
  return found === undefined || found.includes('*') ? 'application/json' : found;
}

function jsonContent(contentType: string, essence: string, body: unknown): RequestContent {
  const read = readValue(body);
  if (read.kind !== 'value') {
    throw new ExactMatchError(
      'OPTION_INVALID',
      'Failed to write the body: JSON cannot say what was given. Give plain objects, lists, texts, numbers and booleans.',
    );
  }
  const { value, loss } = read;
  return {
    contentType,
    content: { kind: 'value', value, ...(loss ? { loss } : {}) },
    written: { content: value, contentType: essence, encoded: false },
    text: JSON.stringify(value),
  };
}

function formText(body: Readonly<Record<string, Json>>): string {
  const pairs = Object.entries(body).flatMap(([name, value]) =>
    (isArray(value) ? value : [value]).map((item): [string, string] => [
      name,
      typeof item === 'object' ? JSON.stringify(item) : String(item),
    ]),
  );
  return new URLSearchParams(pairs).toString();
}
