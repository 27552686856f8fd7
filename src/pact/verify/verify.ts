import { ExactMatchError } from '../../errors.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import type { CheckResult } from '../../report/report.ts';
import type { Pact } from '../interaction.ts';
import { type Brokers, startBrokers, throwWithoutPacts } from './brokers.ts';
import { type Gate, type Passed, startGate } from './gate.ts';
import { createInteractionOrder, type Expected } from './interaction-order.ts';
import { createMockSetter, type FoundMock, findMock } from './mock-setter.ts';
import type { VerifyPactsOptions } from './options.ts';
import { createProviderHeaders } from './provider-headers.ts';
import { publicationResults } from './publication.ts';
import { requireProvider } from './reach.ts';
import { toResults } from './result.ts';
import { runVerifier } from './run-verifier.ts';
import { createScrubber } from './scrub.ts';
import { mistake, readVerifyOptions, type VerifySettings } from './settings.ts';
import { findPacts, providerNameOf } from './sources.ts';
import { createHandlerSetter, createUrlSetter, noSetter } from './state-setters.ts';
import { createStates, type StateSetter } from './states.ts';

/** What came of a verification. */
export interface Verification {
  /** One for each interaction, and one for each pact whose results were to be published. */
  readonly results: readonly CheckResult[];
  /** How many pacts were verified. */
  readonly pacts: number;
  /** What Pact's Verifier printed, without secrets. */
  readonly log: string;
}

/**
 * Holds a running provider to pacts, by Pact's own Verifier.
 *
 * What the Verifier passes in silence is an error here: a state that nothing sets, a handler that
 * throws, and results that the broker did not take. Interactions of pending pacts have warnings only.
 *
 * @throws {ExactMatchError} `PROVIDER_UNREACHABLE`, `PEER_MISSING` without `@pact-foundation/pact`, `PACT_NOT_FOUND`,
 * `PACT_MALFORMED`, `FILE_UNREADABLE`, `BROKER_UNAVAILABLE`, `OPTION_INVALID`, `PACT_FAILED`.
 * @see https://docs.pact.io/implementation_guides/javascript/docs/provider
 */
export async function verifyPacts(options: VerifyPactsOptions): Promise<Verification> {
  const settings = readVerifyOptions(options);
  const { local, urls } = await findPacts(settings.pacts ?? []);
  const isRemote = settings.broker !== undefined || urls.length > 0;
  const name = settings.providerName ?? (local.length > 0 ? providerNameOf(undefined, local) : '');
  const isWanted = ({ provider, consumer }: Pact) =>
    (name === '' || provider === name) && (settings.consumers ?? [consumer]).includes(consumer);
  const chosen = local.filter(isWanted);
  if (chosen.length === 0 && !isRemote) return withoutPacts(settings, [], local);
  await requireProvider(settings.provider);
  const order = createInteractionOrder();
  for (const pact of chosen) order.add(pact);
  const brokers = await startBrokers(settings, urls, (pact) => {
    if (isWanted(pact)) order.add(pact);
  });
  try {
    return await verify({ ...settings, providerName: name }, chosen, brokers, order);
  } finally {
    await brokers.close();
  }
}

async function verify(
  settings: VerifySettings,
  local: readonly Pact[],
  brokers: Brokers,
  order: ReturnType<typeof createInteractionOrder>,
): Promise<Verification> {
  const { provider, timeout } = settings;
  const mock = await findMockFor(settings);
  const setter = setterOf(settings, mock);
  const states = createStates({ setter, order, timeout });
  const headers = createProviderHeaders(settings, mock?.headers ?? {});
  const passed = new Map<Expected, Passed>();
  const gate = await startGate({
    provider,
    timeout,
    headersFor: (request) => ({
      ...setter.headersFor?.(request),
      ...headers.headersFor(request, order.current()),
    }),
    onRequest: (one) => {
      const expected = order.current();
      if (expected) passed.set(expected, one);
      order.pass();
    },
    onState: states.change,
  });
  try {
    const run = await runVerifier(verifierOptions(settings, local, brokers, gate));
    const scrubber = createScrubber(headers.secrets(), [
      [gate.providerUrl, provider.href.replace(/\/$/, '')],
      [gate.statesUrl, 'the states'],
      ...brokers.names,
    ]);
    const results = readResults(scrubber.text(run.text));
    const pacts = local.length + brokers.pacts().length;
    if (pacts === 0) return withoutPacts(settings, brokers.refusals(), []);
    const outcome = {
      results,
      expected: order.all(),
      passed,
      failures: states.failures,
      spec: settings.spec,
      scrubber,
      origin: String(settings.broker?.url ?? settings.pacts?.join(', ')),
    };
    const published = settings.publish
      ? publicationResults({ pacts: brokers.pacts(), refusals: brokers.refusals() }, scrubber)
      : [];
    const all = [...(await toResults(outcome)), ...published];
    return { results: all, pacts, log: scrubber.text(run.log) };
  } finally {
    await states.close();
    await gate.close();
  }
}

/** @throws {ExactMatchError} `PACT_FAILED` when it is no JSON: it says then why nothing was verified. */
function readResults(text: string): JsonObject {
  let value: Json = null;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    // It is told below.
  }
  if (isObject(value)) return value;
  throw new ExactMatchError('PACT_FAILED', `Pact's Verifier could not run: ${text.trim()}`);
}

function withoutPacts(
  settings: VerifySettings,
  refusals: readonly string[],
  others: readonly Pact[],
): Verification {
  if (settings.passWithoutPacts === true && refusals.length === 0)
    return { results: [], pacts: 0, log: '' };
  throwWithoutPacts(
    refusals,
    `${reasonWithout(settings, others)} (--pass-without-pacts lets it pass.)`,
  );
}

function reasonWithout(
  { pacts = [], broker, providerName, consumers }: VerifySettings,
  others: readonly Pact[],
): string {
  if (others.length === 0 && !broker) return `There are no pacts in ${pacts.join(', ')}.`;
  const of = consumers ? ` of ${consumers.join(', ')}` : '';
  const known = others.map(({ consumer, provider }) => `${consumer} with ${provider}`);
  const rest = known.length === 0 ? '' : ` There are: ${[...new Set(known)].join(', ')}.`;
  return `There are no pacts${of} with the provider "${providerName}".${rest} Is the name as the pacts have it?`;
}

async function findMockFor(settings: VerifySettings): Promise<FoundMock | undefined> {
  const { provider, states, statesUrl, mockStates, timeout } = settings;
  if (states || statesUrl) return undefined;
  const mock = await findMock(provider, timeout);
  if (mock || !mockStates) return mock;
  throw mistake(
    `States as JSON are for a mock of exactmatch, and ${provider.origin} is none that runs. Give handlers, or an address.`,
  );
}

function setterOf(settings: VerifySettings, mock: FoundMock | undefined): StateSetter {
  const { states, statesUrl, mockStates, adminToken, timeout, provider } = settings;
  if (states) return createHandlerSetter(states, provider.href);
  if (statesUrl !== undefined) return createUrlSetter(new URL(statesUrl), timeout);
  return mock ? createMockSetter({ mock, states: mockStates, adminToken, timeout }) : noSetter;
}

/** The Verifier loads files first, then URLs, then the broker's: the order of interactions is that. */
function verifierOptions(
  settings: VerifySettings,
  local: readonly Pact[],
  brokers: Brokers,
  gate: Gate,
): JsonObject {
  const { broker, providerVersion, providerBranch, buildUrl, includeWipPactsSince } = settings;
  const pactUrls = [...local.map(({ file }) => file), ...brokers.pactUrls];
  const selectors = (settings.selectors ?? []).map((selector) => ({ ...selector }));
  return {
    // It wants a name, and has no use for it where pacts come by their addresses.
    provider: settings.providerName || 'provider',
    providerBaseUrl: gate.providerUrl,
    providerStatesSetupUrl: gate.statesUrl,
    // The gate gives up first, and knows why.
    timeout: settings.timeout + 5000,
    logLevel: 'error',
    failIfNoPactsFound: false,
    pactUrls,
    ...brokers.options,
    ...(broker ? { consumerVersionSelectors: selectors as unknown as Json } : {}),
    ...(settings.consumers ? { consumerFilters: settings.consumers } : {}),
    // Without it, pacts in progress would fail the run, for which they are not meant.
    enablePending: settings.enablePending === true || includeWipPactsSince !== undefined,
    ...(includeWipPactsSince === undefined ? {} : { includeWipPactsSince }),
    ...(providerVersion === undefined ? {} : { providerVersion }),
    ...(providerBranch === undefined ? {} : { providerVersionBranch: providerBranch }),
    providerVersionTags: settings.providerTags ?? [],
    ...(settings.publish === true ? { publishVerificationResult: true } : {}),
    ...(buildUrl === undefined ? {} : { buildUrl }),
  };
}
