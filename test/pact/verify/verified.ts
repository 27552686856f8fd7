import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../../../src/finding.ts';
import { type Verification, type VerifyPactsOptions, verifyPacts } from '../../../src/pact.ts';
import { pactWith } from '../provider.ts';

/** What came of a verification, and all findings of it. */
export interface Verified extends Verification {
  readonly findings: readonly Finding[];
  readonly codes: readonly string[];
}

/** Verifies interactions from a pact file. */
export async function verifyInteractions(
  interactions: readonly object[],
  options: VerifyPactsOptions,
): Promise<Verified> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'verify-'));
  const file = join(folder.path, 'shop-pets.json');
  await writeFile(file, JSON.stringify(pactWith(interactions), null, 2));
  return await verifiedBy({ pacts: [file], ...options });
}

/** Verifies. */
export async function verifiedBy(options: VerifyPactsOptions): Promise<Verified> {
  const verification = await verifyPacts(options);
  const findings = verification.results.flatMap((result) => result.findings);
  return { ...verification, findings, codes: findings.map(({ code }) => code) };
}
