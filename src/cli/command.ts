import { ExactMatchError } from '../errors.ts';
import type { Io } from './io.ts';

/** 0: the promise is kept; 1: findings, or output that is stale; 2: misuse, or it cannot run. */
export type ExitCode = 0 | 1 | 2;

/** An option of a command. */
export interface Option {
  readonly type: 'string' | 'boolean';
  /** One letter. */
  readonly short?: string;
  /** What stands for the value in the help: `FILE`. */
  readonly value?: string;
  /** Whether it may be given several times. */
  readonly isRepeated?: boolean;
  /** A sentence without a period. */
  readonly description: string;
}

/** What was given to a command. */
export interface Args {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

/** An argument before the options. */
export interface Positional {
  readonly name: string;
  readonly isRequired: boolean;
  /** Whether several may be given; the last one only. */
  readonly isRepeated?: boolean;
}

/** A command, as data. */
export interface Command {
  readonly name: string;
  /** A sentence without a period. */
  readonly summary: string;
  /** The arguments before the options, as the help shows them. */
  readonly positionals: readonly Positional[];
  readonly options: Readonly<Record<string, Option>>;
  /** Each a line that works. */
  readonly examples: readonly string[];
  readonly run: (args: Args, io: Io) => Promise<ExitCode>;
}

/** The option that every command has. */
export const specOption: Option = {
  type: 'string',
  value: 'DOCUMENT',
  description: 'Path or URL of an OpenAPI 3.0 or 3.1 document; default: the shipped one',
};

/** An option that was given a value; of several the last. */
export function textOf({ values }: Args, name: string): string | undefined {
  const value = values[name];
  const last = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'string' ? last : undefined;
}

/** All that an option was given that may be given several times; a value may be a list, with commas. */
export function listOf(args: Args, name: string): readonly string[] {
  return textsOf(args, name)
    .flatMap((text) => text.split(','))
    .filter((text) => text !== '');
}

/** All that an option was given that may be given several times, as it was given. */
export function textsOf({ values }: Args, name: string): readonly string[] {
  const value = values[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/**
 * An option that takes a whole number.
 *
 * @throws {ExactMatchError} `OPTION_INVALID`.
 */
export function integerOf(
  args: Args,
  name: string,
  range: { readonly min: number; readonly max: number },
): number | undefined {
  const text = textOf(args, name);
  if (text === undefined) return undefined;
  const number = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= range.min && number <= range.max) return number;
  throw new ExactMatchError(
    'OPTION_INVALID',
    `--${name} must be a whole number from ${range.min} to ${range.max}, got "${text}".`,
  );
}

/**
 * An option that takes one of a few words.
 *
 * @throws {ExactMatchError} `OPTION_INVALID`.
 */
export function wordOf<Word extends string>(
  args: Args,
  name: string,
  words: readonly [Word, ...Word[]],
): Word {
  const text = textOf(args, name) ?? words[0];
  const word = words.find((candidate) => candidate === text);
  if (word !== undefined) return word;
  throw new ExactMatchError(
    'OPTION_INVALID',
    `--${name} must be one of ${words.join(', ')}, got "${text}".`,
  );
}

/**
 * The document that a command works on: its argument, or `--spec`.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` when both are given.
 */
export function documentOf(args: Args): string | undefined {
  const [argument] = args.positionals;
  const option = textOf(args, 'spec');
  if (argument === undefined || option === undefined) return argument ?? option;
  throw new ExactMatchError(
    'OPTION_INVALID',
    `The document is given twice, as "${argument}" and as --spec "${option}". Give it once.`,
  );
}
