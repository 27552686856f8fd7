import { ExactMatchError } from '../../errors.ts';
import type { VerifyPactsOptions } from './options.ts';

/** Options that were looked at. */
export interface VerifySettings extends VerifyPactsOptions {
  readonly provider: URL;
  readonly timeout: number;
}

const TIMEOUT = 30_000;

/**
 * Looks at options before anything is asked.
 *
 * @throws {ExactMatchError} `OPTION_INVALID`.
 */
export function readVerifyOptions(options: VerifyPactsOptions): VerifySettings {
  const { pacts = [], broker, timeout = TIMEOUT } = options;
  if (pacts.length === 0 && !broker) {
    throw mistake('There is nothing to verify. Give pact files, folders or URLs, or a broker.');
  }
  if (broker && options.providerName === undefined) {
    throw mistake(
      'The name of the provider is needed: a broker has pacts of many. Give it, as its pacts have it (--provider-name).',
    );
  }
  if (!Number.isFinite(timeout) || timeout <= 0) {
    throw mistake(`The timeout must be a number of milliseconds above 0, got ${timeout}.`);
  }
  checkStates(options);
  checkPublishing(options);
  checkPending(options);
  return { ...options, provider: readProvider(options.provider), timeout };
}

function readProvider(given: string | URL): URL {
  const url = URL.parse(String(given));
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw mistake(`The provider must be a URL such as http://127.0.0.1:8080, got "${given}".`);
  }
  if (url.username !== '' || url.password !== '') {
    throw mistake('The address of the provider must hold no name and password. Give a header.');
  }
  if (url.search !== '' || url.hash !== '') {
    throw mistake(`The address of the provider must end with its path, got "${given}".`);
  }
  return url;
}

function checkStates({ states, statesUrl, mockStates }: VerifyPactsOptions): void {
  const given = [states, statesUrl, mockStates].filter((one) => one !== undefined);
  if (given.length > 1) {
    throw mistake(
      'States are given in several ways. Give handlers, an address, or states of the mock.',
    );
  }
  if (statesUrl === undefined) return;
  const url = URL.parse(String(statesUrl));
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return;
  throw mistake(
    `The states must go to a URL such as http://127.0.0.1:8080/states, got "${statesUrl}".`,
  );
}

function checkPublishing({ publish, pacts = [], providerVersion }: VerifyPactsOptions): void {
  if (publish !== true) return;
  if (providerVersion === undefined) {
    throw mistake(
      'To publish results, the version of the provider is needed (--provider-version).',
    );
  }
  const file = pacts.find((text) => !/^https?:\/\//i.test(text));
  if (file === undefined) return;
  throw mistake(
    `The results of "${file}" cannot be published: it comes from no broker. Verify the pacts of the broker, or do not publish.`,
  );
}

function checkPending(options: VerifyPactsOptions): void {
  const { includeWipPactsSince: since, providerBranch, providerTags = [] } = options;
  if (since !== undefined && Number.isNaN(Date.parse(since))) {
    throw mistake(
      `Pacts in progress are included since a date such as 2026-01-31, got "${since}".`,
    );
  }
  // Only a broker tells which pacts are pending.
  if (!options.broker || (since === undefined && options.enablePending !== true)) return;
  if (providerBranch !== undefined || providerTags.length > 0) return;
  throw mistake(
    'Pending pacts are those that a branch of the provider never passed, so its branch is needed (--provider-branch), or a tag.',
  );
}

/** The error for an option that cannot be used. */
export function mistake(message: string): ExactMatchError {
  return new ExactMatchError('OPTION_INVALID', message);
}
