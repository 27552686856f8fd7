import type { Json } from '../json.ts';
import { readDatePattern } from './date-pattern.ts';
import type { Generator } from './interaction.ts';
import { textsOf } from './rule-values.ts';

const HEXADECIMAL = 'A1B2C3D4E5F60789';
const LETTERS = 'aB3dE6gH9kLmN0pQ';
const UUIDS: Readonly<Record<string, string>> = {
  simple: '3fa85f6457174562b3fc2c963f66afa6',
  'lower-case-hyphenated': '3fa85f64-5717-4562-b3fc-2c963f66afa6',
  'upper-case-hyphenated': '3FA85F64-5717-4562-B3FC-2C963F66AFA6',
  URN: 'urn:uuid:3fa85f64-5717-4562-b3fc-2c963f66afa6',
};

/** A long text says no more than one of so many characters. */
const LONGEST = 10_000;

/**
 * Values that a generator makes, at the edges of what it can; none where it depends on something that
 * only the verifier knows, such as a provider state.
 *
 * @see https://github.com/pact-foundation/pact-specification/tree/version-4#supported-generators
 */
export function generatedValues({ type, settings }: Generator): readonly Json[] {
  const number = (name: string, usual: number) =>
    Math.min(Number(settings[name] ?? usual) || usual, LONGEST);
  const { format } = settings;
  switch (type) {
    case 'RandomInt':
      return [Number(settings['min'] ?? 0), Number(settings['max'] ?? 2_147_483_647)];
    case 'RandomDecimal':
      return [Number(`1.${'2'.repeat(Math.min(Math.max(number('digits', 10) - 1, 1), 15))}`)];
    case 'RandomHexadecimal':
      return [repeated(HEXADECIMAL, number('digits', 10))];
    case 'RandomString':
      return [repeated(LETTERS, number('size', 10))];
    case 'Regex':
      return textsOf(String(settings['regex'] ?? ''));
    case 'Uuid':
      return [UUIDS[String(format ?? 'lower-case-hyphenated')] ?? []].flat();
    case 'Date':
    case 'Time':
    case 'DateTime':
      return [dateOf(type, String(format ?? ''))].flat();
    case 'RandomBoolean':
      return [true, false];
    default:
      return [];
  }
}

function repeated(letters: string, length: number): string {
  return letters.repeat(Math.ceil(length / letters.length)).slice(0, length);
}

function dateOf(type: 'Date' | 'Time' | 'DateTime', format: string): string | readonly string[] {
  const kind = ({ Date: 'date', Time: 'time', DateTime: 'datetime' } as const)[type];
  return readDatePattern(kind, format)?.example ?? [];
}
