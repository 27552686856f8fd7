import { ExactMatchError } from '../errors.ts';
import type { Pact } from '../pact/interaction.ts';
import { brokerOptions, readBroker, readCredentials } from './broker-options.ts';
import { type Args, type Option, textOf } from './command.ts';
import type { Io } from './io.ts';

/** The options of every command that reads pacts from a broker. */
export const pactSourceOptions: Readonly<Record<string, Option>> = {
  ...brokerOptions,
  broker: {
    type: 'string',
    value: 'URL',
    description: 'Read the pacts of a provider from a Pact Broker',
  },
  'provider-name': {
    type: 'string',
    value: 'NAME',
    description: 'Of a broker: the provider, as its pacts have it',
  },
  'consumer-version-selectors': {
    type: 'string',
    value: 'JSON',
    description: 'Of a broker: which pacts, such as [{"mainBranch":true}]; default: the latest',
  },
};

/**
 * Reads pacts from files, folders, addresses and, where it is given, a broker.
 *
 * @throws {ExactMatchError} `OPTION_INVALID`, `PACT_NOT_FOUND` when there are none, `FILE_UNREADABLE`,
 * `PACT_MALFORMED`, `BROKER_UNAVAILABLE`.
 */
export async function readPactSources(
  paths: readonly string[],
  args: Args,
  io: Io,
): Promise<readonly Pact[]> {
  // Loaded here: commands read pacts when they are told to.
  const { readBrokerPacts, readPactAt } = await import('../pact/broker.ts');
  const { readSelectors } = await import('../pact/selector.ts');
  const { findPacts } = await import('../pact/verify/sources.ts');
  const broker = readBroker(args, io, false);
  const provider = textOf(args, 'provider-name');
  if (broker && provider === undefined) {
    throw new ExactMatchError(
      'OPTION_INVALID',
      '--broker needs --provider-name NAME: a broker has pacts of many providers.',
    );
  }
  const selectors = textOf(args, 'consumer-version-selectors');
  const { local, urls } = await findPacts(paths);
  const credentials = urls.length > 0 ? readCredentials(args, io) : {};
  const found = [
    ...local,
    ...(await Promise.all(urls.map((url) => readPactAt(url, credentials)))),
    ...(broker && provider !== undefined
      ? await readBrokerPacts({
          ...broker,
          provider,
          ...(selectors === undefined ? {} : { selectors: readSelectors(selectors) }),
        })
      : []),
  ];
  if (found.length > 0) return found;
  const places = [...paths, ...(broker ? [`the broker, with the provider "${provider}"`] : [])];
  throw new ExactMatchError(
    'PACT_NOT_FOUND',
    `There is no pact in ${places.join(', ')}. Give the files of pacts, folders with them, or a broker.`,
  );
}
