import { fileURLToPath } from 'node:url';
import { isSpec } from '../../check/given-spec.ts';
import { shippedSpec } from '../../check/shipped.ts';
import type { operations } from '../../generated/types.ts';
import type { JsonObject } from '../../json.ts';
import { readSpec } from '../../spec/load.ts';
import type { Spec } from '../../spec/spec.ts';
import { buildInteraction } from './build.ts';
import { collectorFor } from './collector.ts';
import type { InteractionDefinition, ServedInteraction } from './definition.ts';
import type { StatusOf } from './operation-types.ts';
import { loadPactLibrary } from './pact-library.ts';
import type { PlainDefinition } from './plain-definition.ts';
import { serveInteraction } from './serve.ts';
import { findTestRunner } from './test-runner.ts';

/** A document: a path, a URL, an object, or one that is loaded. */
type GivenSpec = string | URL | object | Spec;

/** Between whom a pact is, where it is written, and what document it is held to. */
export type PactOptions<Operations> = {
  /** Who sends the requests. */
  readonly consumer: string;
  /** Who answers them. */
  readonly provider: string;
  /** The folder of the pact file. Default: `pacts`, in the working directory. */
  readonly dir?: string | URL;
  /** Whether properties and parameters that the document does not name are refused. Default: `true`. */
  readonly strict?: boolean;
} & ([Operations] extends [operations]
  ? {
      /** Default: the shipped document. */
      readonly spec?: GivenSpec;
    }
  : {
      /** The document that the operations are of. */
      readonly spec: GivenSpec;
    });

/** A pact that tests write, interaction by interaction. */
export interface DefinedPact<Operations> {
  /**
   * Serves one interaction while a function runs, and writes it into the pact when the test passes.
   *
   * @param run the consumer: it has to ask `url` for what is defined, and for nothing else.
   * @returns what the function returns.
   * @throws {ContractError} at once, when the document forbids the request, or cannot give the response.
   * @throws {ExactMatchError} `PACT_UNMET` when the consumer asked for something else; `PACT_CONFLICT`
   * when another test has an interaction of that description and state, and it differs;
   * `OPERATION_UNKNOWN`, `OPTION_INVALID`, `PEER_MISSING`, or `SPEC_*` when the document is broken.
   */
  readonly interaction: <
    Id extends keyof Operations & string,
    Status extends StatusOf<Operations[Id]>,
    const Uses extends readonly string[] = readonly [],
    Result = void,
  >(
    definition: InteractionDefinition<Operations[Id], Id, Status, Uses>,
    run: (served: ServedInteraction<Operations[Id], Status>) => Result | Promise<Result>,
  ) => Promise<Result>;
  /**
   * Writes what has been recorded. It happens by itself when a test file ends in Vitest and Jest, and
   * when the process ends elsewhere.
   *
   * @throws {ExactMatchError} `PACT_CONFLICT`, `PACT_MALFORMED`, `OPTION_INVALID`, `FILE_UNREADABLE`.
   */
  readonly write: () => void;
}

/**
 * Defines a pact between a consumer and a provider, whose interactions are written by operation and
 * field: the document supplies matchers and examples, and judges each before Pact serves it.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` for a name that no file can have.
 * @example
 * const pact = definePact({ consumer: 'edm-uploader', provider: 'microsoft-graph', dir: 'contracts/pacts' });
 * await pact.interaction(
 *   {
 *     operation: 'createExactMatchSession',
 *     given: 'the data store exists',
 *     path: { exactMatchDataStoreId: 'patients' },
 *     body: { fileName: 'patients.tsv' },
 *     status: 201,
 *     uses: ['id', 'state'],
 *   },
 *   ({ url }) => createSession(url, 'patients', { fileName: 'patients.tsv' }),
 * );
 */
export function definePact<Operations extends object = operations>(
  options: PactOptions<Operations>,
): DefinedPact<Operations> {
  const { consumer, provider, dir = 'pacts', strict = true } = options;
  const parties = { consumer, provider };
  const collector = collectorFor(dir instanceof URL ? fileURLToPath(dir) : dir, parties);
  let loading: Promise<Spec> | undefined;
  // What the first test would wait for is slow where many processes do it: it costs no test its time.
  findTestRunner()?.onFileStart(async () => {
    loading ??= specOf(options.spec);
    // What is wrong is told by the tests.
    await Promise.allSettled([loading, loadPactLibrary()]);
  });
  return {
    interaction: async (definition, run) => {
      const test = collector.current();
      loading ??= specOf(options.spec);
      const built = buildInteraction(await loading, definition as unknown as PlainDefinition, {
        strict,
      });
      const { status, headers = {}, body } = built.written.response;
      const served = {
        response: {
          status,
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, [text = '']]) => [name, text]),
          ),
          body: body?.content,
        },
      };
      const result = await serveInteraction(parties, built, (url) =>
        // The answer is made of the same document as the types.
        run({ url, ...served } as unknown as Parameters<typeof run>[0]),
      );
      collector.record(built.written as unknown as JsonObject, test);
      return result;
    },
    write: collector.write,
  };
}

async function specOf(given: GivenSpec | undefined): Promise<Spec> {
  if (given === undefined) return shippedSpec();
  if (isSpec(given)) return given;
  return readSpec(given);
}
