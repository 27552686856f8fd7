import { ExactMatchError } from '../errors.ts';
import type { BrokerOptions, Credentials } from '../pact/hal.ts';
import { type Args, type Option, textOf } from './command.ts';
import type { Io } from './io.ts';

/** Pact's own variables: what no option says, they do. */
const BROKER_VARIABLES = {
  url: 'PACT_BROKER_BASE_URL',
  token: 'PACT_BROKER_TOKEN',
  username: 'PACT_BROKER_USERNAME',
  password: 'PACT_BROKER_PASSWORD',
} as const;

/** The options of every command that asks a broker. Secrets come by the environment alone. */
export const brokerOptions: Readonly<Record<string, Option>> = {
  broker: {
    type: 'string',
    value: 'URL',
    description: `A Pact Broker; or by ${BROKER_VARIABLES.url}`,
  },
  'broker-token-env': {
    type: 'string',
    value: 'NAME',
    description: `The variable that holds its token; default: ${BROKER_VARIABLES.token}`,
  },
  'broker-username': {
    type: 'string',
    value: 'NAME',
    description: `Instead of a token; or by ${BROKER_VARIABLES.username}`,
  },
  'broker-password-env': {
    type: 'string',
    value: 'NAME',
    description: `The variable that holds the password; default: ${BROKER_VARIABLES.password}`,
  },
};

/**
 * The broker that is given, by an option or, where that counts, by Pact's variable.
 *
 * @throws {ExactMatchError} `OPTION_INVALID`.
 */
export function readBroker(args: Args, io: Io, byVariable: boolean): BrokerOptions | undefined {
  const url = textOf(args, 'broker') ?? (byVariable ? io.env(BROKER_VARIABLES.url) : undefined);
  return url === undefined ? undefined : { url, ...readCredentials(args, io) };
}

/**
 * What a broker is to be shown.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` when a variable that is named is not set.
 */
export function readCredentials(args: Args, io: Io): Credentials {
  const username = textOf(args, 'broker-username');
  const named = textOf(args, 'broker-token-env');
  const token = named === undefined ? undefined : requireVariable(io, 'broker-token-env', named);
  if (token !== undefined) return { token, ...(username === undefined ? {} : { username }) };
  const name = username ?? io.env(BROKER_VARIABLES.username);
  const isNamed = username !== undefined || textOf(args, 'broker-password-env') !== undefined;
  const usual = isNamed ? undefined : io.env(BROKER_VARIABLES.token);
  if (usual !== undefined) return { token: usual };
  if (name === undefined) return {};
  const variable = textOf(args, 'broker-password-env');
  const password =
    variable === undefined
      ? io.env(BROKER_VARIABLES.password)
      : requireVariable(io, 'broker-password-env', variable);
  return { username: name, ...(password === undefined ? {} : { password }) };
}

/**
 * The value of a variable that an option names.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` when it is not set.
 */
export function requireVariable(io: Io, option: string, name: string): string {
  const value = io.env(name);
  if (value !== undefined) return value;
  // Whoever gives the secret itself must not find it in the log.
  const shown = /^[A-Z][A-Z\d_]*$/.test(name) ? `the variable ${name}` : 'a variable';
  throw new ExactMatchError(
    'OPTION_INVALID',
    `--${option} names ${shown}, which is not set. Set it, and give its name, not its value.`,
  );
}
