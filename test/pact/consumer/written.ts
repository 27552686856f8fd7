import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Json, JsonObject } from '../../../src/json.ts';
import { type DefinedPact, definePact, type UntypedOperations } from '../../../src/pact.ts';

/** An interaction as it stands in the file, as far as it is looked at here. */
export interface FileInteraction {
  readonly description: string;
  readonly providerStates?: Json;
  readonly comments: JsonObject;
  readonly request: FilePart & {
    readonly method: string;
    readonly path: string;
    readonly query?: Json;
  };
  readonly response: FilePart & { readonly status: number };
}

interface FilePart {
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  readonly body?: { readonly content: Json; readonly contentType: string };
  readonly matchingRules?: {
    readonly body?: Readonly<Record<string, FileRule>>;
    readonly header?: Readonly<Record<string, FileRule>>;
    readonly query?: Readonly<Record<string, FileRule>>;
  };
}

export interface FileRule {
  readonly combine: string;
  readonly matchers: readonly JsonObject[];
}

/** A pact in a folder of its own, of a document whose types nobody knows. */
export interface WrittenPact {
  readonly pact: DefinedPact<UntypedOperations>;
  /** An interaction whose definition the compiler does not look at. */
  readonly ask: (definition: object, run: (served: { url: string }) => unknown) => Promise<unknown>;
  readonly file: string;
  /** Writes what was recorded, and reads it. */
  readonly read: () => readonly FileInteraction[];
}

let root = '';

/**
 * Gives the pacts of a test file a folder, which goes when the file ends. To be called before anything
 * else: what is registered first is called last, and pacts are written when the file ends.
 */
export function keepPacts(): void {
  const own = mkdtempSync(join(tmpdir(), 'exactmatch-test-'));
  root = own;
  afterAll(() => rmSync(own, { recursive: true, force: true }));
}

export function newPact(spec: object): WrittenPact {
  const dir = mkdtempSync(join(root, 'pacts-'));
  const pact = definePact<UntypedOperations>({ consumer: 'shop', provider: 'pets', dir, spec });
  const file = join(dir, 'shop-pets.json');
  return {
    pact,
    ask: (definition, run) =>
      pact.interaction(definition as Parameters<typeof pact.interaction>[0], run),
    file,
    read: () => {
      pact.write();
      return JSON.parse(readFileSync(file, 'utf8')).interactions;
    },
  };
}

/** A document with one operation, `getThing`, that answers 200 with JSON of a schema. */
export function documentOf(schema: object, more: object = {}): object {
  return {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: {
      '/thing': {
        get: {
          operationId: 'getThing',
          responses: {
            200: { description: 'It.', content: { 'application/json': { schema } } },
          },
        },
      },
    },
    ...more,
  };
}

/** What the pact says of `uses` of a response of a schema: the body, and its matchers by path. */
export async function expectedOf(
  schema: object,
  uses: readonly string[],
  given: { readonly like?: unknown; readonly equals?: unknown } = {},
  more: object = {},
): Promise<{
  readonly content: Json | undefined;
  readonly rules: Readonly<Record<string, string>>;
}> {
  const { pact, read } = newPact(documentOf(schema, more));
  await pact.interaction({ operation: 'getThing', status: 200, uses, ...given }, ({ url }) =>
    fetch(`${url}/thing`),
  );
  const [interaction] = read();
  const rules = interaction?.response.matchingRules?.body ?? {};
  return {
    content: interaction?.response.body?.content,
    rules: Object.fromEntries(Object.entries(rules).map(([path, rule]) => [path, told(rule)])),
  };
}

/** `regex ^a$ and type`, `integer or null`. */
function told({ combine, matchers }: FileRule): string {
  return matchers
    .map(({ match, ...rest }) =>
      [
        match,
        ...Object.entries(rest).map(([name, value]) =>
          name === 'regex' ? value : `${name} ${value}`,
        ),
      ].join(' '),
    )
    .join(combine === 'AND' ? ' and ' : ' or ');
}
