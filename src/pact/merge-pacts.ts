import { ExactMatchError } from '../errors.ts';
import { isArray, isObject, type JsonObject } from '../json.ts';
import { parseExact } from './consumer/exact-json.ts';
import { contentOf, originsOf, originText, withOrigins } from './consumer/origin.ts';
import { keyOf, type PactForm, writePact } from './consumer/pact-text.ts';
import type { Pact, PactVersion } from './interaction.ts';

/** A pact that was merged of several. */
export interface MergedPact {
  /** The name of its file, as `definePact` has it. */
  readonly name: string;
  readonly text: string;
  /** How many interactions it has, and of how many files. */
  readonly interactions: number;
  readonly files: number;
}

/**
 * Merges pacts that parts of a build have written, by consumer and provider: each interaction once, with
 * all tests that it is from; in whatever order the parts come, the same bytes.
 *
 * With the pacts that the parts began from, an interaction that only some have changed is as they have
 * it, and one that some have taken away is gone.
 *
 * @throws {ExactMatchError} `PACT_CONFLICT` when two parts have different interactions of one description
 * and state, with the tests and files of both; `OPTION_INVALID` when pacts of two parties are of different
 * versions of Pact's specification.
 */
export function mergePacts(pacts: readonly Pact[], base: readonly Pact[]): readonly MergedPact[] {
  const groups = Map.groupBy(pacts, nameOf);
  return [...groups]
    .map(([name, parts]) =>
      mergeParts(
        name,
        parts,
        base.filter((one) => nameOf(one) === name),
      ),
    )
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

function nameOf({ consumer, provider }: Pact): string {
  return `${consumer}-${provider}.json`;
}

const LISTS = ['interactions', 'messages'] as const;

function mergeParts(name: string, parts: readonly Pact[], base: readonly Pact[]): MergedPact {
  const [first] = parts as readonly [Pact, ...Pact[]];
  const { consumer, provider } = first;
  const [sources, began] = [parts.map(readSource), base.map(readSource)];
  const lists = LISTS.filter((list) => sources.some(({ value }) => isArray(value[list]))).map(
    (list) => {
      const before =
        began.length > 0
          ? new Map(began.flatMap((source) => entriesOf(source, list)).map((one) => [one.key, one]))
          : undefined;
      const all = sources.map((source) => Map.groupBy(entriesOf(source, list), ({ key }) => key));
      return [list, mergeList(all, before, first)] as const;
    },
  );
  const form: PactForm = {
    version: versionOf([...parts, ...base]),
    lists: Object.fromEntries(lists),
    plugins: pluginsOf(parts),
  };
  return {
    name,
    text: writePact({ consumer, provider }, form),
    interactions: lists.reduce((sum, [, merged]) => sum + merged.length, 0),
    files: parts.length,
  };
}

/** A pact, and what its JSON says: it has been read before, so that it is a pact. */
interface Source {
  readonly file: string;
  readonly value: JsonObject;
}

function readSource(pact: Pact): Source {
  return { file: pact.file, value: parseExact(pact.text()) as JsonObject };
}

/** An interaction, its description and state, and the file that it is of. */
interface Entry {
  readonly key: string;
  readonly interaction: JsonObject;
  readonly file: string;
}

/** What a part has by description and state; of a part that contradicts itself, all. */
type Part = ReadonlyMap<string, readonly Entry[]>;

function entriesOf({ file, value }: Source, list: (typeof LISTS)[number]): readonly Entry[] {
  const values = value[list];
  if (!isArray(values)) return [];
  return values
    .filter(isObject)
    .map((interaction) => ({ key: keyOf(interaction), interaction, file }));
}

function mergeList(
  parts: readonly Part[],
  began: ReadonlyMap<string, Entry> | undefined,
  parties: Pact,
): readonly JsonObject[] {
  const conflicts: (readonly [Entry, Entry])[] = [];
  const merged: JsonObject[] = [];
  for (const key of new Set(parts.flatMap((part) => [...part.keys()]))) {
    const old = began?.get(key)?.interaction;
    const found = parts.map((part) => part.get(key) ?? []);
    const entries = found.flat();
    const changed = entries.filter(({ interaction }) => !isSame(interaction, old));
    const chosen = changed.length > 0 ? changed : entries;
    const rival = chosen.find(({ interaction }) => !isSame(interaction, chosen[0]?.interaction));
    if (chosen[0] && rival) conflicts.push([chosen[0], rival]);
    else merged.push(...joined(chosen, old, found));
  }
  if (conflicts.length > 0) throw conflicting(parties, conflicts, began !== undefined);
  return merged;
}

function isSame(one: JsonObject, other: JsonObject | undefined): boolean {
  return other !== undefined && contentOf(one) === contentOf(other);
}

/**
 * One interaction of several that are the same, with the tests of all; of those that the parts began with,
 * the ones that all still have. None is left of one that is as it was and that no test has any more.
 */
function joined(
  entries: readonly Entry[],
  old: JsonObject | undefined,
  /** What each part has of it. */
  found: readonly (readonly Entry[])[],
): readonly JsonObject[] {
  const before = old ? testsOf(old) : [];
  const present = found.map((own) => own.flatMap(({ interaction }) => testsOf(interaction)));
  const isKept = (text: string) =>
    !before.includes(text) || present.every((tests) => tests.includes(text));
  const origins = entries
    .flatMap(({ interaction }) => originsOf(interaction))
    .filter((origin) => isKept(originText(origin)));
  const [{ interaction }] = entries as readonly [Entry, ...Entry[]];
  if (origins.length > 0) return [withOrigins(interaction, origins)];
  const isGone = before.length > 0 || found.some((own) => own.length === 0);
  return isSame(interaction, old) && isGone ? [] : [interaction];
}

function testsOf(interaction: JsonObject): readonly string[] {
  return originsOf(interaction).map(originText);
}

function conflicting(
  { consumer, provider }: Pact,
  conflicts: readonly (readonly [Entry, Entry])[],
  hasBase: boolean,
): ExactMatchError {
  const each = conflicts.map(
    ([one, other]) =>
      `  "${String(one.interaction['description'])}" of ${placeOf(one)}\n  and of ${placeOf(other)}`,
  );
  const hint = hasBase
    ? ''
    : ' If the parts began from a pact that is committed, name it by --base, and what a part has not changed does not count.';
  return new ExactMatchError(
    'PACT_CONFLICT',
    `Failed to merge the pacts of ${consumer} with ${provider}: they have different interactions of one description and state:\n${each.join('\n')}\nGive one of them another \`description\` or \`given\`.${hint}`,
  );
}

function placeOf({ interaction, file }: Entry): string {
  const tests = testsOf(interaction);
  return tests.length === 0 ? file : `${tests.join(', ')} in ${file}`;
}

function versionOf(pacts: readonly Pact[]): PactVersion {
  const [first] = pacts as readonly [Pact, ...Pact[]];
  const other = pacts.find(({ version }) => version !== first.version);
  if (!other) return first.version;
  throw new ExactMatchError(
    'OPTION_INVALID',
    `Failed to merge "${first.file}" and "${other.file}": they are of Pact specification ${first.version} and ${other.version}. Have all parts write the same.`,
  );
}

/** Without them, Pact cannot read interactions of plugins. */
function pluginsOf(pacts: readonly Pact[]): readonly JsonObject[] {
  const all = pacts.flatMap(({ metadata }) =>
    isArray(metadata['plugins']) ? metadata['plugins'] : [],
  );
  const texts = new Map(all.filter(isObject).map((plugin) => [JSON.stringify(plugin), plugin]));
  return [...texts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, plugin]) => plugin);
}
