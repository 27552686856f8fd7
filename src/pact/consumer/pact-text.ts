import { ExactMatchError } from '../../errors.ts';
import { isArray, isObject, type Json, type JsonObject, ownString } from '../../json.ts';
import type { PactVersion } from '../interaction.ts';
import { isExactNumber, parseExact } from './exact-json.ts';
import type { Parties } from './serve.ts';

/** What a pact says, besides between whom it is. */
export interface PactForm {
  /** Of Pact's specification. */
  readonly version: PactVersion;
  /** `interactions`, and before version 4 `messages`. */
  readonly lists: Readonly<Record<string, readonly JsonObject[]>>;
  /** As the metadata has them. */
  readonly plugins: readonly JsonObject[];
}

/** As writers of pacts have them. */
const VERSIONS: Readonly<Record<PactVersion, string>> = {
  '1': '1.0.0',
  '1.1': '1.1.0',
  '2': '2.0.0',
  '3': '3.0.0',
  '4': '4.0',
};

/**
 * A pact as the text of a file: the same interactions give the same bytes, in whatever order they come,
 * and nothing tells which program wrote them, or when.
 */
export function writePact({ consumer, provider }: Parties, form: PactForm): string {
  const lists = Object.entries(form.lists).map(([name, interactions]) => {
    const sorted = interactions
      .map((interaction) => ({ interaction, key: keyOf(interaction) }))
      .sort((one, other) => compare(one.key, other.key));
    return [name, sorted.map(({ interaction }) => interaction)];
  });
  const pact = {
    ...Object.fromEntries(lists),
    consumer: { name: consumer },
    provider: { name: provider },
    metadata: {
      pactSpecification: { version: VERSIONS[form.version] },
      ...(form.plugins.length === 0 ? {} : { plugins: form.plugins }),
    },
  };
  return `${JSON.stringify(sortMembers(pact), null, 2)}\n`;
}

/** A pact of version 4, as {@link writePact} has it. */
export function writePactText(parties: Parties, interactions: readonly JsonObject[]): string {
  return writePact(parties, { version: '4', lists: { interactions }, plugins: [] });
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
    pact = parseExact(text);
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

/** The kind of interactions that have a request and a response. */
const HTTP = 'Synchronous/HTTP';

/** What Pact tells interactions apart by: their description, the states of the provider, and the kind. */
export function keyOf(interaction: JsonObject): string {
  const { description = '', providerState = [], provider_state = providerState } = interaction;
  const { providerStates = provider_state, type = HTTP } = interaction;
  const kind = type === HTTP ? [] : [type];
  return JSON.stringify([description, sortMembers(providerStates), ...kind]);
}

/** By code units: a locale would sort differently on another machine. */
function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** A value whose objects have their members in the order of their names. */
export function sortMembers(value: Json): Json {
  if (isArray(value)) return value.map(sortMembers);
  if (!isObject(value) || isExactNumber(value)) return value;
  const names = Object.keys(value).sort(compare);
  // `fromEntries` makes own members of `__proto__` and the like.
  return Object.fromEntries(names.map((name) => [name, sortMembers(value[name] ?? null)]));
}
