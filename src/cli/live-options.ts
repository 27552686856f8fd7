import { ExactMatchError } from '../errors.ts';
import type { ProbeOptions, ProbeSecret, ProbeToken } from '../live/settings.ts';
import { requireVariable } from './broker-options.ts';
import { type Args, integerOf, listOf, type Option, textOf, textsOf } from './command.ts';
import type { Io } from './io.ts';

/** The options of `check` for a provider. */
export const liveOptions: Readonly<Record<string, Option>> = {
  'allow-writes': {
    type: 'boolean',
    description: 'Of a provider: send POST, PUT, PATCH and DELETE too, and delete what was created',
  },
  'token-env': {
    type: 'string',
    value: '[SCHEME=]NAME',
    isRepeated: true,
    description: 'The variable that holds its token or API key, for one security scheme or for all',
  },
  header: {
    type: 'string',
    value: "'NAME: VALUE'",
    isRepeated: true,
    description: 'A header that every request carries',
  },
  'header-env': {
    type: 'string',
    value: 'HEADER=NAME',
    isRepeated: true,
    description: 'A header whose value a variable holds',
  },
  'path-parameter': {
    type: 'string',
    value: 'NAME=VALUE',
    isRepeated: true,
    description: 'A value for a path parameter: something that exists',
  },
  seed: {
    type: 'string',
    value: 'NUMBER',
    description: 'What made-up values start from; default: 1',
  },
  'max-cases': {
    type: 'string',
    value: 'NUMBER',
    description: 'How many answers are judged at most; default: 1000',
  },
  rate: { type: 'string', value: 'NUMBER', description: 'How many requests a second at most' },
  concurrency: {
    type: 'string',
    value: 'NUMBER',
    description: 'How many requests at a time; default: 4',
  },
  timeout: {
    type: 'string',
    value: 'MS',
    description: 'When a request is given up; default: 10000',
  },
};

/**
 * How a provider is to be probed, by the options.
 *
 * @throws {ExactMatchError} `OPTION_INVALID`.
 */
export function readLiveOptions(args: Args, io: Io, baseUrl: string): ProbeOptions {
  const numbers = {
    seed: integerOf(args, 'seed', { min: 0, max: 2 ** 32 - 1 }),
    maxCases: integerOf(args, 'max-cases', { min: 1, max: 1_000_000 }),
    rate: readRate(textOf(args, 'rate')),
    concurrency: integerOf(args, 'concurrency', { min: 1, max: 100 }),
    timeout: integerOf(args, 'timeout', { min: 1, max: 3_600_000 }),
  };
  const given = Object.entries(numbers).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(given),
    baseUrl,
    tokens: listOf(args, 'token-env').map((text) => readToken(text, io)),
    headers: readHeaders(args, io),
    pathParameters: Object.fromEntries(
      textsOf(args, 'path-parameter').map((text) => readPair('path-parameter', text)),
    ),
    operations: textsOf(args, 'operation'),
    allowWrites: args.values['allow-writes'] === true,
    strict: args.values['strict'] === true,
  };
}

function readToken(text: string, io: Io): ProbeToken {
  const [scheme, variable] = text.includes('=') ? readPair('token-env', text) : [undefined, text];
  const secret = { value: requireVariable(io, 'token-env', variable), variable };
  return scheme === undefined ? secret : { ...secret, scheme };
}

function readHeaders(args: Args, io: Io): Readonly<Record<string, string | ProbeSecret>> {
  const headers: Record<string, string | ProbeSecret> = {};
  for (const text of textsOf(args, 'header')) {
    const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):\s*(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw wrong('header', "such as 'Accept-Language: de'", text);
    headers[name] = value;
  }
  for (const text of listOf(args, 'header-env')) {
    const [name, variable] = readPair('header-env', text);
    headers[name] = { value: requireVariable(io, 'header-env', variable), variable };
  }
  return headers;
}

function readPair(option: string, text: string): readonly [name: string, value: string] {
  const mark = text.indexOf('=');
  if (mark < 1) throw wrong(option, 'such as name=value', text);
  return [text.slice(0, mark), text.slice(mark + 1)];
}

function readRate(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const rate = Number(text);
  if (text.trim() !== '' && rate > 0 && rate <= 10_000) return rate;
  throw wrong('rate', 'above 0 and at most 10000', text);
}

function wrong(option: string, form: string, text: string): ExactMatchError {
  return new ExactMatchError('OPTION_INVALID', `--${option} must be ${form}, got "${text}".`);
}
