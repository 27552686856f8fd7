import { isArray, isObject, type JsonObject } from '../json.ts';
import { append } from '../spec/pointer.ts';
import type { PactRequest, PactResponse, PactVersion } from './interaction.ts';
import { type Place, wrongShape } from './malformed.ts';
import { readBody } from './read-body.ts';
import { readQuery } from './read-query.ts';
import { readGenerators, readMatchingRules } from './read-rules.ts';

/**
 * Reads the request of an interaction.
 *
 * @throws {ExactMatchError} `PACT_MALFORMED`.
 */
export function readRequest(place: Place, version: PactVersion): PactRequest {
  const request = objectAt(place);
  const { method = 'GET' } = request;
  const written = request['path'] ?? '/';
  if (typeof method !== 'string') throw wrongShape(below(place, 'method'), 'a text');
  if (typeof written !== 'string') throw wrongShape(below(place, 'path'), 'a text');
  const [path = '', inPath = ''] = written.replace(/^(?!\/)/, '/').split(/\?(.*)/s, 2);
  const query = readQuery(below(place, 'query'));
  return {
    method: method.toUpperCase(),
    path,
    ...(query.query === '' && inPath !== '' ? readQuery({ ...place, value: inPath }) : query),
    ...readCommon(place, request, version),
  };
}

/**
 * Reads the response of an interaction.
 *
 * @throws {ExactMatchError} `PACT_MALFORMED`.
 */
export function readResponse(place: Place, version: PactVersion): PactResponse {
  const response = objectAt(place);
  const status = Number(response['status'] ?? 200);
  if (!Number.isInteger(status) || status < 100 || status > 599) {
    throw wrongShape(below(place, 'status'), 'a whole number from 100 to 599');
  }
  return { status, ...readCommon(place, response, version) };
}

type Common = Pick<PactResponse, 'headers' | 'body' | 'rules' | 'generators' | 'pointer'>;

function readCommon(place: Place, part: JsonObject, version: PactVersion): Common {
  const headers = readHeaders(below(place, 'headers'));
  const contentType = [...headers].find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return {
    headers,
    body: readBody(below(place, 'body'), version, contentType?.join(', ')),
    rules: readMatchingRules(below(place, rulesIn(part))),
    generators: readGenerators(below(place, 'generators')),
    pointer: place.pointer,
  };
}

/** Early writers called the rules of each part by its own name. */
function rulesIn(part: JsonObject): string {
  const names = ['matchingRules', 'requestMatchingRules', 'responseMatchingRules'];
  return names.find((name) => part[name] !== undefined) ?? 'matchingRules';
}

/** One text for a name, or from V4 on a list of them. */
function readHeaders(place: Place): ReadonlyMap<string, readonly string[]> {
  const { value, file, pointer } = place;
  if (value === undefined || value === null) return new Map();
  if (!isObject(value)) throw wrongShape(place, 'an object of headers');
  return new Map(
    Object.entries(value).map(([name, given]) => {
      const texts = isArray(given) ? given : [given];
      if (texts.some((text) => typeof text === 'object')) {
        throw wrongShape({ file, pointer: append(pointer, name), value: given }, 'a text or texts');
      }
      return [name, texts.map(String)];
    }),
  );
}

function objectAt(place: Place): JsonObject {
  if (!isObject(place.value)) throw wrongShape(place, 'an object');
  return place.value;
}

function below({ file, pointer, value }: Place, name: string): Place {
  const member = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return { file, pointer: append(pointer, name), value: member };
}
