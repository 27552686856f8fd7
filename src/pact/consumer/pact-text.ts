import { ExactMatchError } from '../../errors.ts';
import { isArray, isObject, type Json, type JsonObject, ownString } from '../../json.ts';
import type { Parties } from './serve.ts';

/**
 * A pact as the text of a file of version 4: the same interactions give the same bytes, in whatever
 * order they come, and nothing tells which program wrote them, or when.
 */
export function writePactText(
  { consumer, provider }: Parties,
  interactions: readonly JsonObject[],
): string {
  const sorted = interactions
    .map((interaction) => ({ interaction, key: keyOf(interaction) }))
    .sort((one, other) => compare(one.key, other.key))
    .map(({ interaction }) => interaction);
  const pact = {
    consumer: { name: consumer },
    interactions: sorted.map(sortMembers),
    metadata: { pactSpecification: { version: '4.0' } },
    provider: { name: provider },
  };
  return `${JSON.stringify(pact, null, 2)}\n`;
}

/**
 * The interactions of a pact file that is to be written anew.
 *
 * @throws {ExactMatchError} `PACT_MALFORMED` when it is no pact; `OPTION_INVALID` when it is one of an
 * older version, or between others.
 */
export function readPactText(text: string, file: string, parties: Parties): readonly JsonObject[] {
  const pact = parse(text, file);
  const { consumer, provider, interactions, metadata } = pact;
  for (const [role, value] of Object.entries({ consumer, provider })) {
    const name = isObject(value) ? ownString(value, 'name') : undefined;
    const wanted = parties[role as keyof Parties];
    if (name === wanted) continue;
    throw unusable('OPTION_INVALID', file, `its ${role} is ${name ?? 'not named'}, not ${wanted}`);
  }
  const specification = isObject(metadata) ? metadata['pactSpecification'] : undefined;
  const version = isObject(specification) ? String(specification['version']) : 'unknown';
  if (!version.startsWith('4')) {
    throw unusable('OPTION_INVALID', file, `it is of Pact specification ${version}, not 4`);
  }
  if (isArray(interactions) && interactions.every((one) => isObject(one))) return interactions;
  throw unusable('PACT_MALFORMED', file, 'it has no list of interactions');
}

function parse(text: string, file: string): JsonObject {
  let pact: unknown;
  try {
    pact = JSON.parse(text);
  } catch (cause) {
    throw unusable('PACT_MALFORMED', file, `it is no JSON (${(cause as Error).message})`);
  }
  if (isObject(pact)) return pact;
  throw unusable('PACT_MALFORMED', file, 'it is no object');
}

function unusable(code: 'OPTION_INVALID' | 'PACT_MALFORMED', file: string, reason: string): Error {
  return new ExactMatchError(
    code,
    `Failed to write interactions into "${file}": ${reason}. Delete it, and the tests write it anew.`,
  );
}

/** What Pact tells interactions apart by: their description and the states of the provider. */
export function keyOf(interaction: JsonObject): string {
  const { description = '', providerStates = [] } = interaction;
  return JSON.stringify([description, sortMembers(providerStates)]);
}

/** By code units: a locale would sort differently on another machine. */
function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** A value whose objects have their members in the order of their names. */
export function sortMembers(value: Json): Json {
  if (isArray(value)) return value.map(sortMembers);
  if (!isObject(value)) return value;
  const names = Object.keys(value).sort(compare);
  // `fromEntries` makes own members of `__proto__` and the like.
  return Object.fromEntries(names.map((name) => [name, sortMembers(value[name] ?? null)]));
}
