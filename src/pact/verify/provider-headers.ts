import type { Expected } from './interaction-order.ts';
import type { FilteredRequest } from './options.ts';
import { secretsIn } from './scrub.ts';
import type { VerifySettings } from './settings.ts';

/** What the provider is sent besides what the consumer sends. */
export interface ProviderHeaders {
  readonly headersFor: (
    request: FilteredRequest,
    expected: Expected | undefined,
  ) => Readonly<Record<string, string>>;
  /** All credentials of the run, as far as they were used. */
  readonly secrets: () => readonly string[];
}

/** Names of headers whose values are not to be printed. */
const SECRET = /auth|token|key|secret|cookie|signature|session|password/i;

/** Makes the headers that are put in place of the consumer's. */
export function createProviderHeaders(
  { headers = {}, secrets = [], broker, pactCredentials, adminToken }: VerifySettings,
  always: Readonly<Record<string, string>>,
): ProviderHeaders {
  const used = new Set<string>(secrets);
  for (const { token, password, username } of [broker ?? {}, pactCredentials ?? {}]) {
    for (const secret of [token, password]) if (secret !== undefined) used.add(secret);
    if (password !== undefined) used.add(btoa(`${username ?? ''}:${password}`));
  }
  if (adminToken !== undefined) used.add(adminToken);
  return {
    headersFor: (request, expected) => {
      if (isRefused(expected)) return always;
      const wanted = typeof headers === 'function' ? headers(request) : headers;
      for (const [name, value] of Object.entries(wanted)) {
        if (SECRET.test(name)) for (const secret of secretsIn(value)) used.add(secret);
      }
      return { ...wanted, ...always };
    },
    secrets: () => [...used],
  };
}

/** Whether the consumer expects to be told that it must show who it is. */
function isRefused(expected: Expected | undefined): boolean {
  const interaction = expected?.interaction;
  return (
    interaction !== undefined && 'response' in interaction && interaction.response.status === 401
  );
}
