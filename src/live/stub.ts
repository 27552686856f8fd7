import type { Collection } from '../check/resource.ts';
import type { Finding } from '../finding.ts';
import type { Draft } from './draft.ts';
import { providerFinding } from './finding.ts';
import type { Run } from './run.ts';

/** The finding for a provider that remembers nothing of a collection: one, the first time. */
export function stubFindings(
  { memories }: Run,
  collection: Collection,
  { operation }: Draft,
): readonly Finding[] {
  if (!memories.isNewStub(collection)) return [];
  const text = `${operation.method} ${operation.path} answers with something else than was written or asked for: a stub, it seems, that remembers nothing. What it remembers of ${collection.template} is not judged.`;
  return [providerFinding('provider.stateless', text, operation.node, { severity: 'warning' })];
}
