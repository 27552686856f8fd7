import { randomUUID } from 'node:crypto';
import { ExactMatchError } from '../../errors.ts';
import { openBroker, withoutLink } from '../broker.ts';
import { readPact } from '../file.ts';
import {
  authorizationOf,
  brokerTrouble,
  type Credentials,
  createHal,
  readBrokerUrl,
} from '../hal.ts';
import type { Pact } from '../interaction.ts';
import { type Relay, type ServedPact, startRelay } from './relay.ts';
import type { VerifySettings } from './settings.ts';

/** The brokers of a run, behind relays. */
export interface Brokers {
  /** Options of Pact's Verifier. */
  readonly options: Readonly<Record<string, string>>;
  /** Where the Verifier finds the pacts that were given as URLs. */
  readonly pactUrls: readonly string[];
  readonly pacts: () => readonly ServedPact[];
  readonly refusals: () => readonly string[];
  /** Addresses of this run, and what people call them. */
  readonly names: readonly (readonly [from: string, to: string])[];
  readonly close: () => Promise<void>;
}

/**
 * Starts a relay to the broker, and to each other place that pacts come from.
 *
 * @throws {ExactMatchError} `BROKER_UNAVAILABLE`, `OPTION_INVALID`.
 */
export async function startBrokers(
  settings: VerifySettings,
  urls: readonly URL[],
  onPact: (pact: Pact) => void,
): Promise<Brokers> {
  const { broker, timeout } = settings;
  const token = randomUUID();
  const relays = new Map<string, Relay>();
  const start = async (to: URL, credentials: Credentials) => {
    const relay = await startRelay({
      broker: to,
      token,
      headers: authorizationOf(credentials),
      timeout,
      onPact: ({ text, url }) => onPact(readPact(text, url)),
    });
    relays.set(to.origin, relay);
    return relay;
  };
  const close = async () => {
    await Promise.all([...relays.values()].map((relay) => relay.close()));
  };
  try {
    const home = broker && readBrokerUrl(broker.url);
    if (broker) await requireBroker(settings);
    const main = home && broker ? await start(home, broker) : undefined;
    const pactUrls: string[] = [];
    for (const url of urls) {
      const credentials = settings.pactCredentials ?? {};
      const relay = relays.get(url.origin) ?? (await start(new URL(url.origin), credentials));
      pactUrls.push(new URL(relay.url).origin + url.pathname + url.search);
    }
    return {
      options: { pactBrokerToken: token, ...(main ? { pactBrokerUrl: main.url } : {}) },
      pactUrls,
      pacts: () => [...relays.values()].flatMap((relay) => relay.pacts),
      refusals: () => [...relays.values()].flatMap((relay) => relay.refusals),
      names: [...relays].map(([origin, relay]) => [new URL(relay.url).origin, origin] as const),
      close,
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}

/** Asks before the Verifier does: it calls every failure of a broker "no pacts found". */
async function requireBroker({
  broker,
  timeout,
  providerName = '',
}: VerifySettings): Promise<void> {
  if (!broker) return;
  const hal = createHal({ timeout, ...broker });
  const index = await openBroker(hal);
  const name = 'pb:provider-pacts-for-verification';
  if (!hal.link(index, name, { provider: providerName })) {
    throw brokerTrouble(withoutLink(index, name));
  }
}

/**
 * Says why there are no pacts.
 *
 * @throws {ExactMatchError} `BROKER_UNAVAILABLE` when the broker refused something, else `PACT_NOT_FOUND`.
 */
export function throwWithoutPacts(refusals: readonly string[], reason: string): never {
  if (refusals.length > 0) throw brokerTrouble(`The broker refused ${refusals.join('; ')}.`);
  throw new ExactMatchError('PACT_NOT_FOUND', reason);
}
