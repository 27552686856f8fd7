import {
  type RequestInput,
  type ResponseInput,
  toRequestMessage,
  toResponseMessage,
} from '../check/exchange.ts';
import { ExactMatchError } from '../errors.ts';
import { isArray, isObject, type Json, type JsonObject, show } from '../json.ts';
import { type Captured, EntryError, objectAt } from './reading.ts';
import { kindOf } from './shape.ts';

/** The mock's journal cuts texts of more characters, and marks where. */
const JOURNAL_CUT = /^[\s\S]{16384}…$/;

/** Tells an entry of a HAR among exchanges: its headers are objects with names. */
export function isHarEntry(value: JsonObject): boolean {
  const { request, response } = value;
  if (!isObject(request) || isObject(request['postData'])) return isObject(request);
  if (isObject(response) && isObject(response['content'])) return true;
  const { headers } = request;
  return isArray(headers) && isObject(headers[0]);
}

/**
 * Reads `{ request: { method, url, headers, body }, response: { status, headers, body } }`, and the
 * lines of the mock's journal.
 *
 * @throws {EntryError} when it is none.
 */
export async function readExchange(value: Json): Promise<Captured> {
  if (!isObject(value)) throw new EntryError(`it is ${kindOf(value)}, not an object`);
  const request = objectAt(value, 'request', 'request');
  // The journal has paths, for it knows where it stands.
  const url = request['url'] ?? request['path'];
  if (typeof url !== 'string') throw new EntryError('its request has no `url`');
  const response = value['response'];
  const gaps: string[] = [];
  const asked = await readMessage(() =>
    toRequestMessage({ ...shown(request, gaps), url } as RequestInput),
  );
  if (response === undefined || response === null) {
    return { url, request: asked, response: undefined, gaps, isCached: false };
  }
  const { status } = objectAt(value, 'response', 'response');
  if (typeof status !== 'number') {
    throw new EntryError(
      `\`response.status\` is ${status === undefined ? 'missing' : show(status)}, not a number`,
    );
  }
  const given = shown(objectAt(value, 'response', 'response'), gaps) as ResponseInput;
  const { message } = await readMessage(() => toResponseMessage(given));
  return { url, request: asked, response: message, gaps, isCached: false };
}

/** A message without the body that the journal has cut. */
function shown(message: JsonObject, gaps: string[]): JsonObject {
  const { body, ...rest } = message;
  if (typeof body !== 'string' || !JOURNAL_CUT.test(body)) return message;
  gaps.push('bodies that the journal cuts');
  return { ...rest, bodyOmitted: true };
}

async function readMessage<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (!(cause instanceof ExactMatchError)) throw cause;
    throw new EntryError(
      cause.message.replace(/^Failed to read the (\w+): /, 'its $1 cannot be read: '),
    );
  }
}
