import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ExactMatchError } from '../errors.ts';
import type { Json } from '../json.ts';
import { readSelectors } from '../pact/selector.ts';
import { readMockStates } from '../pact/verify/mock-setter.ts';
import type { VerifyPactsOptions } from '../pact/verify/options.ts';
import { readHandlers } from '../pact/verify/state-setters.ts';
import { readJson } from '../spec/json-text.ts';
import { readBroker, readCredentials, requireVariable } from './broker-options.ts';
import { findBuild } from './build.ts';
import { type Args, integerOf, listOf, textOf } from './command.ts';
import type { Io } from './io.ts';
import { ADMIN_TOKEN_VARIABLE } from './mock-options.ts';

/** Pact's own variable for the same as the option. */
const PUBLISH_VARIABLE = 'PACT_BROKER_PUBLISH_VERIFICATION_RESULTS';

/** What `verify` is told, and what is worth saying of it. */
export interface VerifyArguments extends VerifyPactsOptions {
  readonly notes: readonly string[];
}

/**
 * Reads the options of `verify`.
 *
 * @throws {ExactMatchError} `OPTION_INVALID`, `FILE_UNREADABLE`.
 */
export async function readVerifySettings(args: Args, io: Io): Promise<VerifyArguments> {
  const provider = textOf(args, 'provider');
  if (provider === undefined) {
    throw new ExactMatchError(
      'OPTION_INVALID',
      'verify needs --provider URL, such as --provider http://127.0.0.1:8080.',
    );
  }
  const pacts = args.positionals;
  const broker = readBroker(args, io, pacts.length === 0);
  const isPublishing =
    args.values['publish-verification-results'] === true ||
    !/^(?:|0|false|no)$/i.test(io.env(PUBLISH_VARIABLE) ?? '');
  const { notes, ...versions } = broker || isPublishing ? await readVersions(args, io) : NOTHING;
  const selectors = textOf(args, 'consumer-version-selectors');
  const consumers = listOf(args, 'filter-consumer');
  const timeout = integerOf(args, 'timeout', { min: 1, max: 3_600_000 });
  return {
    provider,
    pacts,
    providerName: textOf(args, 'provider-name'),
    broker,
    pactCredentials: readCredentials(args, io),
    ...(consumers.length > 0 ? { consumers } : {}),
    ...(selectors === undefined ? {} : { selectors: readSelectors(selectors) }),
    enablePending: args.values['enable-pending'] === true,
    includeWipPactsSince: textOf(args, 'include-wip-pacts-since'),
    ...versions,
    providerTags: listOf(args, 'provider-tags'),
    publish: isPublishing,
    ...(await readStates(args)),
    adminToken: io.env(ADMIN_TOKEN_VARIABLE),
    headers: readHeaders(args, io),
    passWithoutPacts: args.values['pass-without-pacts'] === true,
    ...(timeout === undefined ? {} : { timeout }),
    notes: isPublishing ? notes : [],
  };
}

/** Without a broker, nobody wants to know what is being built. */
const NOTHING = { notes: [] };

/** The version, branch and build, which only a broker is told. */
async function readVersions(args: Args, io: Io) {
  const build = await findBuild(io);
  const version = textOf(args, 'provider-version');
  return {
    providerVersion: version ?? build.version,
    providerBranch: textOf(args, 'provider-branch') ?? build.branch,
    buildUrl: textOf(args, 'build-url') ?? build.url,
    notes: version === undefined ? build.notes : [],
  };
}

async function readStates(args: Args): Promise<Partial<VerifyPactsOptions>> {
  const file = textOf(args, 'states');
  const statesUrl = textOf(args, 'states-url');
  if (file === undefined) return { statesUrl };
  if (extname(file) === '.json') {
    const { readTextFile } = await import('./io.ts');
    return {
      statesUrl,
      mockStates: readMockStates(readStatesJson(await readTextFile(file), file), file),
    };
  }
  return { statesUrl, states: readHandlers(await load(file), file) };
}

function readStatesJson(text: string, file: string): Json {
  try {
    return readJson(text, file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ExactMatchError('OPTION_INVALID', reason, { cause });
  }
}

async function load(file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(resolve(file)).href)) as Record<string, unknown>;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ExactMatchError(
      'FILE_UNREADABLE',
      `Failed to load the states in "${file}": ${reason}. Give a module that Node can run, or a JSON file.`,
      { cause },
    );
  }
}

function readHeaders(args: Args, io: Io): Readonly<Record<string, string>> {
  const variable = textOf(args, 'token-env');
  const token = variable === undefined ? undefined : requireVariable(io, 'token-env', variable);
  const others = listOf(args, 'header-env').map((given): readonly [string, string] => {
    const [, name, source] = /^([\w!#$%&'*+.^`|~-]+)=(\w+)$/.exec(given) ?? [];
    if (name !== undefined && source !== undefined)
      return [name, requireVariable(io, 'header-env', source)];
    throw new ExactMatchError(
      'OPTION_INVALID',
      `--header-env takes the name of a header and of a variable, such as X-Api-Key=API_KEY, got "${given}".`,
    );
  });
  return {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...Object.fromEntries(others),
  };
}
