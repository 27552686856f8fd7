import type { Ledger, PublishedPact, Version } from './ledger.ts';

/** What is asked for by `pb:provider-pacts-for-verification`. */
export interface SelectionRequest {
  readonly consumerVersionSelectors?: readonly Selector[];
  readonly includePendingStatus?: boolean;
  readonly includeWipPactsSince?: string;
  readonly providerVersionBranch?: string;
  readonly providerVersionTags?: readonly string[];
}

interface Selector {
  readonly consumer?: string;
  readonly branch?: string;
  readonly fallbackBranch?: string;
  readonly mainBranch?: boolean;
  readonly matchingBranch?: boolean;
  readonly tag?: string;
  readonly latest?: boolean;
  readonly deployed?: boolean;
  readonly released?: boolean;
  readonly deployedOrReleased?: boolean;
  readonly environment?: string;
}

/** A pact that is to be verified. */
export interface Selected {
  readonly pact: PublishedPact;
  readonly isPending: boolean;
  readonly isWip: boolean;
}

/**
 * The pacts of a provider that are to be verified, each content once.
 *
 * @see https://docs.pact.io/pact_broker/advanced_topics/consumer_version_selectors
 * @see https://docs.pact.io/pact_broker/advanced_topics/pending_pacts
 * @see https://docs.pact.io/pact_broker/advanced_topics/wip_pacts
 */
export function selectPacts(
  ledger: Ledger,
  provider: string,
  request: SelectionRequest,
): readonly Selected[] {
  const all = ledger.pacts.filter((pact) => pact.provider === provider);
  const given = request.consumerVersionSelectors ?? [];
  const selectors = given.length === 0 ? [{ latest: true }] : given;
  const chosen = distinct(
    selectors.flatMap((selector) => select(ledger, all, selector, request.providerVersionBranch)),
  );
  const isPending = (pact: PublishedPact) => !isVerified(ledger, pact, request);
  const since = request.includeWipPactsSince;
  const shas = new Set(chosen.map(({ sha }) => sha));
  const wip = distinct(since === undefined ? [] : heads(ledger, all)).filter(
    (pact) => !shas.has(pact.sha) && pact.createdAt >= String(since) && isPending(pact),
  );
  return [
    ...chosen.map((pact) => ({
      pact,
      isPending: request.includePendingStatus === true && isPending(pact),
      isWip: false,
    })),
    ...wip.map((pact) => ({ pact, isPending: true, isWip: true })),
  ];
}

function isVerified({ results, versionOf }: Ledger, pact: PublishedPact, by: SelectionRequest) {
  return results.some(({ sha, provider, version, isSuccess }) => {
    if (sha !== pact.sha || !isSuccess) return false;
    const { branch, tags } = versionOf(provider, version);
    const isBranch = by.providerVersionBranch !== undefined && branch === by.providerVersionBranch;
    return isBranch || (by.providerVersionTags ?? []).some((tag) => tags.has(tag));
  });
}

function select(
  ledger: Ledger,
  all: readonly PublishedPact[],
  selector: Selector,
  providerBranch: string | undefined,
): readonly PublishedPact[] {
  const mine = all.filter(({ consumer }) => (selector.consumer ?? consumer) === consumer);
  const matching = (accept: (version: Version) => boolean) =>
    mine.filter(({ consumer, version }) => accept(ledger.versionOf(consumer, version)));
  const onBranch = (name: string | undefined) =>
    newest(matching(({ branch }) => name !== undefined && branch === name));
  if (selector.mainBranch) return onBranch('main');
  if (selector.matchingBranch) return onBranch(providerBranch);
  if (selector.branch !== undefined) {
    const found = onBranch(selector.branch);
    return found.length > 0 ? found : onBranch(selector.fallbackBranch);
  }
  const { tag, environment } = selector;
  if (tag !== undefined) {
    const tagged = matching(({ tags }) => tags.has(tag));
    return selector.latest ? newest(tagged) : tagged;
  }
  if (selector.deployed || selector.released || selector.deployedOrReleased || environment) {
    return matching(({ environments }) =>
      environment === undefined ? environments.size > 0 : environments.has(environment),
    );
  }
  return newest(mine);
}

/** The newest pact of each branch and tag of each consumer. */
function heads(ledger: Ledger, all: readonly PublishedPact[]): readonly PublishedPact[] {
  const names = all.flatMap(({ consumer, version }) => {
    const { branch, tags } = ledger.versionOf(consumer, version);
    return [...tags, ...(branch === undefined ? [] : [branch])];
  });
  return [...new Set(names)].flatMap((name) =>
    newest(
      all.filter(({ consumer, version }) => {
        const { branch, tags } = ledger.versionOf(consumer, version);
        return branch === name || tags.has(name);
      }),
    ),
  );
}

/** Of each consumer the pact that was published last. */
function newest(pacts: readonly PublishedPact[]): readonly PublishedPact[] {
  return [...new Map(pacts.map((pact) => [pact.consumer, pact])).values()];
}

function distinct(pacts: readonly PublishedPact[]): readonly PublishedPact[] {
  return [...new Map(pacts.map((pact) => [`${pact.consumer} ${pact.sha}`, pact])).values()];
}
