import type { Ledger, Version } from './ledger.ts';

/** An application and what its version is chosen by. */
interface Chosen {
  pacticipant: string;
  version?: string;
  latest?: string;
  tag?: string;
  branch?: string;
  mainBranch?: string;
}

/** A pact between two versions, and whether it was verified. */
export interface MatrixRow {
  readonly consumer: string;
  readonly consumerVersion: string;
  readonly provider: string;
  readonly providerVersion: string | undefined;
  /** `undefined` when nobody has said. */
  readonly isSuccess: boolean | undefined;
}

/**
 * What `can-i-deploy` asks: the pacts of the versions that are named, with each other or, where one
 * is named, with what is in an environment, has a tag, or came last.
 *
 * @see https://docs.pact.io/pact_broker/advanced_topics/api_docs/matrix
 */
export function matrixOf(ledger: Ledger, query: string): readonly MatrixRow[] {
  const { chosen, rest } = readQuery(query);
  const named = new Set(chosen.map(({ pacticipant }) => pacticipant));
  const versions = new Map(chosen.map((one) => [one.pacticipant, versionsOf(ledger, one)]));
  const others = (application: string) => otherVersions(ledger, application, rest);
  return ledger.pacts.flatMap((pact): readonly MatrixRow[] => {
    const { consumer, provider, sha } = pact;
    const isBetween = named.has(consumer) && named.has(provider);
    if (!(named.size > 1 ? isBetween : named.has(consumer) || named.has(provider))) return [];
    const consumers = versions.get(consumer) ?? others(consumer);
    if (!consumers.some(({ number }) => number === pact.version)) return [];
    const providers = versions.get(provider) ?? others(provider);
    const row = { consumer, consumerVersion: pact.version, provider };
    if (providers.length === 0)
      return [{ ...row, providerVersion: undefined, isSuccess: undefined }];
    return providers.map(({ number }) => {
      const said = ledger.results.filter(
        (result) => result.sha === sha && result.version === number,
      );
      return { ...row, providerVersion: number, isSuccess: said.at(-1)?.isSuccess };
    });
  });
}

/** The application that is named and that nobody has told of. */
export function unknownIn({ applications }: Ledger, query: string): string | undefined {
  const { chosen } = readQuery(query);
  return chosen.find(({ pacticipant }) => !applications.has(pacticipant))?.pacticipant;
}

/** The versions that are named and that nobody has told of, as a sentence. */
export function missingIn(ledger: Ledger, query: string): string | undefined {
  const { chosen } = readQuery(query);
  const missing = chosen.find((one) => versionsOf(ledger, one).length === 0);
  return (
    missing &&
    `No pacts or verifications have been published for that version of ${missing.pacticipant}`
  );
}

function readQuery(query: string): { chosen: Chosen[]; rest: Map<string, string> } {
  const chosen: Chosen[] = [];
  const rest = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const field = /^q\[\]\[(\w+)\]$/.exec(name)?.[1];
    const last = chosen.at(-1);
    if (field === 'pacticipant') chosen.push({ pacticipant: value });
    else if (field !== undefined && last) Object.assign(last, { [field]: value });
    else rest.set(name, value);
  }
  return { chosen, rest };
}

function versionsOf(ledger: Ledger, chosen: Chosen): readonly Version[] {
  const all = ledger.applications.get(chosen.pacticipant) ?? [];
  if (chosen.version !== undefined) return all.filter(({ number }) => number === chosen.version);
  const branch = chosen.mainBranch === 'true' ? 'main' : chosen.branch;
  if (branch !== undefined) return all.filter((version) => version.branch === branch).slice(-1);
  const { tag } = chosen;
  if (tag !== undefined) return all.filter(({ tags }) => tags.has(tag)).slice(-1);
  return chosen.latest === 'true' ? all.slice(-1) : all;
}

function otherVersions(
  ledger: Ledger,
  application: string,
  rest: ReadonlyMap<string, string>,
): readonly Version[] {
  const all = ledger.applications.get(application) ?? [];
  const environment = rest.get('environment');
  const tag = rest.get('tag');
  if (environment !== undefined)
    return all.filter(({ environments }) => environments.has(environment));
  if (tag !== undefined) return all.filter(({ tags }) => tags.has(tag)).slice(-1);
  return all.slice(-1);
}
