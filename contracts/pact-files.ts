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
  readonly comments?: { readonly testname?: string };
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

/** Where the pacts are committed, and where the consumer tests write them. */
export const PACTS: string = join(import.meta.dirname, 'pacts');

/** The text of every pact in a folder, by the name of its file. */
export async function readPactTexts(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
}

/** Reads every pact in a folder. */
export async function readPacts(folder: string): Promise<readonly Pact[]> {
  return Object.values(await readPactTexts(folder)).map((text) => JSON.parse(text) as Pact);
}
