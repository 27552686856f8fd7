import { readFile } from 'node:fs/promises';
import { ExactMatchError } from '../errors.ts';
import { isArray, isObject, type Json, type JsonObject, ownString } from '../json.ts';
import { jsonLocator, readJson } from '../spec/json-text.ts';
import { append, tokens } from '../spec/pointer.ts';
import type { Interaction, Pact, PactMessage, PactVersion, ProviderState } from './interaction.ts';
import { malformedPact, type PactText, type Place, wrongShape } from './malformed.ts';
import { readRequest, readResponse } from './read-part.ts';

/**
 * Loads a pact file.
 *
 * @throws {ExactMatchError} `FILE_UNREADABLE`, `PACT_MALFORMED`.
 */
export async function loadPact(path: string): Promise<Pact> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : message;
    throw new ExactMatchError(
      'FILE_UNREADABLE',
      `Failed to read the pact "${path}": ${reason}. Give the path of a pact file.`,
      { cause },
    );
  }
  return readPact(text, path);
}

/**
 * Reads a pact of specification 1, 1.1, 2, 3 or 4 into one shape.
 *
 * @param file how people name it, for messages and places.
 * @throws {ExactMatchError} `PACT_MALFORMED`, with line and column.
 * @see https://github.com/pact-foundation/pact-specification
 */
export function readPact(written: string, file: string): Pact {
  // Some editors begin a file with a mark of its encoding, which is no JSON.
  const text = written.replace(/^\ufeff/, '');
  const root = parse(text, file);
  const locate = jsonLocator(text);
  const source: PactText = {
    name: file,
    positionOf: (pointer) => locate(tokens(pointer) ?? []),
  };
  if (!isObject(root)) throw wrongShape({ file: source, pointer: '', value: root }, 'an object');
  const metadata = isObject(root['metadata']) ? root['metadata'] : {};
  const version = versionOf(root, metadata);
  const all = listIn(source, root, 'interactions');
  const messages = listIn(source, root, 'messages');
  if (!all && !messages) {
    throw malformedPact(source, '', 'it has neither "interactions" nor "messages"');
  }
  const read = (all ?? []).map((place) => readInteraction(place, version));
  const queued = (messages ?? []).map((place) => toMessage(place, 'Asynchronous/Messages'));
  return {
    file,
    consumer: nameIn(source, root, 'consumer'),
    provider: nameIn(source, root, 'provider'),
    version,
    interactions: read.filter((one) => 'request' in one),
    messages: [...read.filter((one) => 'type' in one), ...queued],
    metadata,
    text: () => text,
    positionOf: source.positionOf,
  };
}

/** Tells whether a value that was read from JSON looks like a pact. */
export function isPact(value: unknown): value is JsonObject {
  if (!isObject(value) || !isObject(value['consumer']) || !isObject(value['provider']))
    return false;
  return isArray(value['interactions']) || isArray(value['messages']);
}

function parse(text: string, file: string): Json {
  try {
    return readJson(text, file);
  } catch (cause) {
    if (!(cause instanceof ExactMatchError)) throw cause;
    throw new ExactMatchError('PACT_MALFORMED', cause.message, { cause });
  }
}

function listIn(file: PactText, root: JsonObject, name: string): readonly Place[] | undefined {
  const value = root[name];
  const pointer = append('', name);
  if (value === undefined) return undefined;
  if (!isArray(value)) throw wrongShape({ file, pointer, value }, 'a list');
  return value.map((item, index) => ({ file, pointer: append(pointer, index), value: item }));
}

function nameIn(file: PactText, root: JsonObject, role: 'consumer' | 'provider'): string {
  const value = root[role];
  const name = isObject(value) ? ownString(value, 'name') : undefined;
  if (name !== undefined) return name;
  const pointer = isObject(value) && value['name'] !== undefined ? `/${role}/name` : `/${role}`;
  throw malformedPact(file, pointer, `it does not name its ${role}, as { "name": … } would`);
}

/** By the metadata, in any of the forms that writers have; else by what only one version has. */
function versionOf(root: JsonObject, metadata: JsonObject): PactVersion {
  const named = ['pactSpecification', 'pact-specification', 'pact_specification'].flatMap((name) =>
    isObject(metadata[name]) ? [metadata[name]['version']] : [],
  );
  const bare = ['pactSpecificationVersion', 'pact-specification-version'].map(
    (name) => metadata[name],
  );
  const written = [...named, ...bare].find((value) => value !== undefined);
  const [, major, minor] = /^v?(\d+)(?:\.(\d+))?/i.exec(String(written ?? '')) ?? [];
  if (major === undefined) return guess(root);
  if (major === '1') return minor === '1' ? '1.1' : '1';
  if (major === '2' || major === '3') return major;
  // What is newer than 4 is most like 4; what is odd is read as Pact itself reads it.
  return Number(major) >= 4 ? '4' : '3';
}

function guess({ interactions }: JsonObject): PactVersion {
  const list = isArray(interactions) ? interactions : [];
  return list.some((one) => isObject(one) && typeof one['type'] === 'string') ? '4' : '3';
}

function readInteraction(place: Place, version: PactVersion): Interaction | PactMessage {
  const { file, pointer, value } = place;
  if (!isObject(value)) throw wrongShape(place, 'an object');
  const type = ownString(value, 'type');
  if (type !== undefined && type !== 'Synchronous/HTTP') return toMessage(place, type);
  const { request, response } = value;
  return {
    ...describe(place),
    key: ownString(value, 'key'),
    request: readRequest({ file, pointer: append(pointer, 'request'), value: request }, version),
    response: readResponse(
      { file, pointer: append(pointer, 'response'), value: response },
      version,
    ),
  };
}

function toMessage(place: Place, type: string): PactMessage {
  if (!isObject(place.value)) throw wrongShape(place, 'an object');
  return { ...describe(place), type };
}

function describe({ pointer, value, file }: Place): Omit<PactMessage, 'type'> {
  const interaction = isObject(value) ? value : {};
  const { description = '', comments, pending } = interaction;
  if (typeof description !== 'string') {
    throw wrongShape(
      { file, pointer: append(pointer, 'description'), value: description },
      'a text',
    );
  }
  return {
    description,
    states: statesOf(interaction),
    isPending: pending === true,
    comments: isObject(comments) ? comments : {},
    pointer,
  };
}

/** V3 and V4 have a list, V1 and V2 one text, under either of two names. */
function statesOf(interaction: JsonObject): readonly ProviderState[] {
  const { providerStates: list } = interaction;
  if (isArray(list)) {
    return list.map((state) => {
      if (!isObject(state)) return { name: String(state), params: {} };
      const { name = '', params } = state;
      return { name: String(name), params: isObject(params) ? params : {} };
    });
  }
  const single = [list, interaction['providerState'], interaction['provider_state']];
  return single.flatMap((name) =>
    typeof name === 'string' && name !== '' ? [{ name, params: {} }] : [],
  );
}
