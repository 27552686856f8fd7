import { isArray, isObject, type JsonObject } from '../json.ts';
import { readPact } from './file.ts';
import {
  type BrokerOptions,
  brokerTrouble,
  type Credentials,
  createHal,
  type Hal,
  type Resource,
} from './hal.ts';
import type { Pact } from './interaction.ts';
import type { ConsumerVersionSelector } from './selector.ts';

/** Which pacts are read from a broker. */
export interface ReadBrokerPactsOptions extends BrokerOptions {
  /** The provider, by the name that its pacts give it. */
  readonly provider: string;
  /** Default: what the broker thinks best, mostly the latest of each consumer. */
  readonly selectors?: readonly ConsumerVersionSelector[];
  /** The branch of the provider, for selectors with `matchingBranch`. */
  readonly providerBranch?: string | undefined;
}

/** Lists are no longer than that many pages. */
const PAGES = 1000;

/**
 * Reads the pacts of a provider from a broker.
 *
 * @throws {ExactMatchError} `BROKER_UNAVAILABLE`, `OPTION_INVALID`, `PACT_MALFORMED`.
 */
export async function readBrokerPacts(options: ReadBrokerPactsOptions): Promise<readonly Pact[]> {
  const hal = createHal(options);
  const index = await openBroker(hal);
  const { provider } = options;
  const chosen = hal.link(index, 'pb:provider-pacts-for-verification', { provider });
  const latest = hal.link(index, 'pb:latest-provider-pacts', { provider });
  if (!chosen && !latest) throw brokerTrouble(withoutLink(index, 'pb:latest-provider-pacts'));
  const addresses = chosen
    ? await listChosen(hal, chosen, options)
    : await listLatest(hal, latest ?? hal.url);
  const resources = await Promise.all(
    [...new Set(addresses.map(String))].map((href) => hal.get(new URL(href))),
  );
  return resources.map(({ text, url }) => readPact(text, url.href));
}

/**
 * Reads one pact by its address, at a broker or elsewhere.
 *
 * @throws {ExactMatchError} `BROKER_UNAVAILABLE`, `PACT_MALFORMED`.
 */
export async function readPactAt(url: URL, credentials: Credentials): Promise<Pact> {
  const { text } = await createHal({ url: url.origin, ...credentials }).get(url);
  return readPact(text, url.href);
}

/**
 * Fetches the index of a broker, which tells whether there is one.
 *
 * @throws {ExactMatchError} `BROKER_UNAVAILABLE`.
 */
export async function openBroker(hal: Hal): Promise<Resource> {
  const index = await hal.get(hal.url);
  if (isObject(index.value['_links'])) return index;
  throw brokerTrouble(`${hal.url} answers JSON without links: that is no Pact Broker.`);
}

/** What is said of a resource that lacks a link. */
export function withoutLink({ url, value }: Resource, name: string): string {
  const links = isObject(value['_links']) ? Object.keys(value['_links']) : [];
  const known = links.length === 0 ? 'none' : links.join(', ');
  return `${url} has no link "${name}". It has: ${known}. Is that a Pact Broker of version 2.86 or later?`;
}

async function listChosen(
  hal: Hal,
  url: URL,
  { selectors = [], providerBranch }: ReadBrokerPactsOptions,
): Promise<readonly URL[]> {
  const body = {
    consumerVersionSelectors: selectors.map((selector) => ({ ...selector })),
    includePendingStatus: false,
    ...(providerBranch === undefined ? {} : { providerVersionBranch: providerBranch }),
  };
  const first = await hal.post(url, body as JsonObject);
  const pages = await followPages(hal, first);
  return pages.flatMap((page) => {
    const embedded = page.value['_embedded'];
    const pacts = isObject(embedded) ? embedded['pacts'] : undefined;
    if (!isArray(pacts)) return [];
    return pacts.flatMap((pact) =>
      isObject(pact) ? hal.links({ ...page, value: pact }, 'self') : [],
    );
  });
}

async function listLatest(hal: Hal, url: URL): Promise<readonly URL[]> {
  const pages = await followPages(hal, await hal.get(url));
  return pages.flatMap((page) => {
    const links = hal.links(page, 'pb:pacts');
    return links.length > 0 ? links : hal.links(page, 'pacts');
  });
}

async function followPages(hal: Hal, first: Resource): Promise<readonly Resource[]> {
  const pages = [first];
  const seen = new Set([first.url.href]);
  for (let page = first; ; ) {
    const next = hal.link(page, 'next');
    if (!next) return pages;
    if (seen.has(next.href) || pages.length >= PAGES) {
      throw brokerTrouble(`The pages of ${first.url} lead in a circle: ${next} comes again.`);
    }
    seen.add(next.href);
    page = await hal.get(next);
    pages.push(page);
  }
}
