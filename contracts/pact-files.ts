import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from '../src/json.ts';

/** The part of a pact file (version 4) that is read here. */
export interface Pact {
  readonly consumer: { readonly name: string };
  readonly provider: { readonly name: string };
  readonly interactions: readonly Interaction[];
}

/** What a consumer sends in a state of the provider, and what it gets. */
export interface Interaction {
  readonly type: string;
  readonly description: string;
  readonly providerStates?: readonly { readonly name: string }[];
  readonly request: PactMessage & {
    readonly method: string;
    readonly path: string;
    readonly query?: Readonly<Record<string, readonly string[]>>;
  };
  readonly response: PactMessage & { readonly status: number };
}

interface PactMessage {
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  readonly body?: { readonly content: Json };
}

/** Where the pacts are committed. */
export const PACTS: string = join(import.meta.dirname, 'pacts');

/** Reads every pact in a folder and in the folders below it. */
export async function readPacts(folder: string): Promise<readonly Pact[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.json'));
  const texts = files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8'));
  return (await Promise.all(texts)).map((text) => JSON.parse(text) as Pact);
}

/**
 * Joins pacts into one file for each pair of consumer and provider: names of files and their texts.
 *
 * The same interactions give the same bytes, in whatever order and by whatever version of Pact they
 * were written.
 *
 * @throws when two interactions have one name and differ; Pact itself would keep the later one.
 */
export function mergePacts(pacts: readonly Pact[]): ReadonlyMap<string, string> {
  const pairs = Map.groupBy(
    pacts,
    ({ consumer, provider }) => `${consumer.name}-${provider.name}.json`,
  );
  const texts = [...pairs].map(
    ([file, [first, ...more]]) => [file, mergePair(first, more)] as const,
  );
  return new Map(texts.sort(([a], [b]) => compare(a, b)));
}

function mergePair(first: Pact | undefined, more: readonly Pact[]): string {
  const interactions = new Map<string, string>();
  for (const interaction of [first, ...more].flatMap((pact) => pact?.interactions ?? [])) {
    const name = nameOf(interaction);
    const text = toText(interaction);
    if ((interactions.get(name) ?? text) !== text) {
      throw new Error(`Two interactions that differ are both called ${name}. Rename one of them.`);
    }
    interactions.set(name, text);
  }
  const sorted = [...interactions].sort(([a], [b]) => compare(a, b));
  return `${toText({
    consumer: first?.consumer,
    provider: first?.provider,
    interactions: sorted.map(([, text]) => JSON.parse(text)),
    metadata: { pactSpecification: { version: '4.0' } },
  })}\n`;
}

/** What Pact tells interactions apart by. */
function nameOf({ description, providerStates = [] }: Interaction): string {
  return [description, ...providerStates.map(({ name }) => `given ${name}`)].join(', ');
}

/** By code units: a locale would sort differently on another machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function toText(value: unknown): string {
  return JSON.stringify(value, sortMembers, 2);
}

function sortMembers(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => compare(a, b)));
}
