import type { Json, JsonObject } from '../../json.ts';

/** What the compiler does not know yet of `JSON`. */
interface ExactJson {
  readonly rawJSON: (text: string) => JsonObject;
  readonly isRawJSON: (value: unknown) => boolean;
  readonly parse: (text: string, revive: Reviver) => Json;
}

type Reviver = (name: string, value: Json, context: { readonly source?: string }) => Json;

const exact = JSON as unknown as ExactJson;

/**
 * Reads JSON that is to be written again: `1.0`, which Pact tells from `1`, and numbers that are longer
 * than a double keep their digits.
 *
 * @throws {SyntaxError}
 * @see https://tc39.es/proposal-json-parse-with-source/
 */
export function parseExact(text: string): Json {
  return exact.parse(text, (_name, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source
      ? exact.rawJSON(source)
      : value,
  );
}

/** Tells a number that is kept with its digits from an object. */
export function isExactNumber(value: JsonObject): boolean {
  return exact.isRawJSON(value);
}
