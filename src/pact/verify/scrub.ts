import { isArray, isObject, type Json } from '../../json.ts';

/** Makes texts fit to be printed. */
export interface Scrubber {
  readonly text: (text: string) => string;
  readonly value: (value: Json) => Json;
}

/** What is shorter is no secret, and would tear words apart. */
const SHORTEST = 3;

/**
 * Makes a scrubber: secrets out of all that is printed, and names back that only this run knows.
 *
 * A provider may answer with the very token that it was sent, and a mismatch then quotes it.
 */
export function createScrubber(
  secrets: readonly string[],
  names: readonly (readonly [from: string, to: string])[],
): Scrubber {
  const longestFirst = [...new Set(secrets)]
    .filter((secret) => secret.length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
  const text = (given: string) => {
    const named = names.reduce((rest, [from, to]) => rest.replaceAll(from, to), given);
    return longestFirst.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), named);
  };
  const value = (given: Json): Json => {
    if (typeof given === 'string') return text(given);
    if (isArray(given)) return given.map(value);
    if (!isObject(given)) return given;
    return Object.fromEntries(Object.entries(given).map(([name, item]) => [name, value(item)]));
  };
  return { text, value };
}

/** The secrets in the value of a header: all of it, and what follows the name of a scheme. */
export function secretsIn(headerValue: string): readonly string[] {
  const credentials = /^\S+\s+(\S.*)$/.exec(headerValue)?.[1];
  return credentials === undefined ? [headerValue] : [headerValue, credentials];
}
