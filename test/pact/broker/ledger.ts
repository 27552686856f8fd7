import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../src/json.ts';

/** A version of an application. */
export interface Version {
  readonly number: string;
  branch: string | undefined;
  readonly tags: Set<string>;
  /** Where it is deployed. */
  readonly environments: Set<string>;
}

/** A pact, as one version of its consumer published it. */
export interface PublishedPact {
  readonly consumer: string;
  readonly provider: string;
  readonly version: string;
  /** The same content has the same. */
  readonly sha: string;
  readonly content: JsonObject;
  /** As a `date-time`. */
  readonly createdAt: string;
}

/** What a provider said of a pact. */
export interface VerificationResult {
  readonly sha: string;
  readonly provider: string;
  readonly version: string;
  readonly isSuccess: boolean;
  /** As it was sent. */
  readonly body: JsonObject;
}

/** All that a broker knows. */
export interface Ledger {
  /** Versions by application, the oldest first. */
  readonly applications: Map<string, Version[]>;
  readonly pacts: PublishedPact[];
  readonly results: VerificationResult[];
  readonly versionOf: (application: string, number: string) => Version;
  readonly publish: (pact: JsonObject, version: string, createdAt?: string) => PublishedPact;
}

/** An empty ledger. */
export function createLedger(): Ledger {
  const applications = new Map<string, Version[]>();
  const pacts: PublishedPact[] = [];
  const versionOf = (application: string, number: string) => {
    const versions = applications.get(application) ?? [];
    applications.set(application, versions);
    let version = versions.find((known) => known.number === number);
    if (!version) {
      version = { number, branch: undefined, tags: new Set(), environments: new Set() };
      versions.push(version);
    }
    return version;
  };
  return {
    applications,
    pacts,
    results: [],
    versionOf,
    publish: (content, version, createdAt = new Date().toISOString()) => {
      const consumer = nameIn(content, 'consumer');
      const provider = nameIn(content, 'provider');
      versionOf(consumer, version);
      if (!applications.has(provider)) applications.set(provider, []);
      const same = pacts.findIndex(
        (known) =>
          known.consumer === consumer && known.provider === provider && known.version === version,
      );
      if (same !== -1) pacts.splice(same, 1);
      const sha = createHash('sha1').update(JSON.stringify(content)).digest('hex');
      const pact = { consumer, provider, version, sha, content, createdAt };
      pacts.push(pact);
      return pact;
    },
  };
}

function nameIn(content: JsonObject, role: 'consumer' | 'provider'): string {
  const { name } = content[role] as { readonly name: string };
  return name;
}
