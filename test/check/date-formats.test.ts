import { fullFormats } from 'ajv-formats/dist/formats.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkBody, loadSpec } from '../../src/index.ts';

const FORMATS = ['date-time', 'date', 'time', 'duration'] as const;
type Name = (typeof FORMATS)[number];

const schema = (format: Name) => ({
  type: 'object',
  properties: { value: { type: 'string', format } },
});
const spec = await loadSpec({
  openapi: '3.1.0',
  info: { title: 'Times', version: '1' },
  paths: Object.fromEntries(
    FORMATS.map((format) => [
      `/${format}`,
      {
        post: {
          operationId: format,
          requestBody: { content: { 'application/json': { schema: schema(format) } } },
          responses: { 204: { description: 'Taken' } },
        },
      },
    ]),
  ),
});

const holds = (operation: Name, value: string): boolean =>
  checkBody(spec, { value }, { operation }).length === 0;

/** What the full formats of ajv-formats say. */
function holdsByLibrary(name: Name, value: string): boolean {
  const format = fullFormats[name];
  const judge = format instanceof RegExp ? (text: string) => format.test(text) : format;
  if (typeof judge === 'function') return judge(value);
  if (typeof judge !== 'object' || typeof judge.validate !== 'function') throw new Error(name);
  return (judge.validate as (text: string) => boolean)(value);
}

/** An hour 24 or a minute 60 is taken where a leap second may be, at 23:59 UTC: "24:29:59+00:30". */
const BEYOND = /(?:^|[tT\s])(?:2[4-9]|\d\d:6\d):?/;

/** Texts that ajv-formats takes and RFC 3339 does not, as far as anybody knows. */
const DIFFERENT: Readonly<Record<Name, readonly RegExp[]>> = {
  // "2024-05-01 09:30:00Z": RFC 3339 leaves the space to applications, and JSON Schema does not.
  'date-time': [/^.{10}\s/, /[+-]\d\d(?:\d\d)?$/, BEYOND],
  date: [],
  // "09:30:00+0530" and "09:30:00+05": the colon and the minutes are ISO 8601's to leave out.
  time: [/[+-]\d\d(?:\d\d)?$/, BEYOND],
  duration: [],
};

const pad = (digits: number) => (number: number) => String(number).padStart(digits, '0');
const two = (most: number) => fc.nat({ max: most }).map(pad(2));
const day = fc
  .tuple(fc.nat({ max: 9999 }).map(pad(4)), two(13), two(32))
  .map((parts) => parts.join('-'));
const second = fc.oneof(two(61), fc.constantFrom('59', '60', '61'));
const hourAndMinute = fc.oneof(
  fc.tuple(two(24), two(60)),
  fc.constantFrom(['23', '59'], ['00', '29'], ['05', '29'], ['18', '29'], ['22', '59']),
);
const fraction = fc.oneof(
  fc.constant(''),
  fc.stringMatching(/^\.\d{0,9}$/),
  fc.constantFrom('.0000000', '.9999999', '.', ',5'),
);
const offset = fc.oneof(
  fc.constantFrom(
    'Z',
    'z',
    '',
    '+00:00',
    '-00:00',
    '+05:30',
    '-05:30',
    '+00:30',
    '-01:00',
    '+24:00',
  ),
  fc.constantFrom('+0530', '+05', '-5:30', '+05:3', '+05:60', 'UTC', ' Z'),
  fc.tuple(fc.constantFrom('+', '-'), two(24), two(60)).map(([sign, h, m]) => `${sign}${h}:${m}`),
);
const time = fc
  .tuple(hourAndMinute, second, fraction, offset)
  .map(([[hour, minute], seconds, part, zone]) => `${hour}:${minute}:${seconds}${part}${zone}`);
const dateTime = fc
  .tuple(day, fc.constantFrom('T', 'T', 'T', 't', ' ', '_', ''), time)
  .map((parts) => parts.join(''));
const unit = (name: string) =>
  fc.oneof(
    fc.constant(''),
    fc.nat({ max: 12 }).map((number) => `${number}${name}`),
  );
const duration = fc
  .tuple(
    fc.constantFrom('P', 'p', ''),
    ...'YMWD'.split('').map(unit),
    fc.constantFrom('T', ''),
    ...'HMS'.split('').map(unit),
  )
  .map((parts) => parts.join(''));
/** A text with a letter too many, another one, or none, now and then. */
const spoilt = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      text,
      fc.nat({ max: 60 }),
      fc.constantFrom('', '0', '9', ':', '-', 'T', 'Z', '.', '٣', '\n'),
    )
    .map(([whole, at, letter]) =>
      at < whole.length ? whole.slice(0, at) + letter + whole.slice(at + (at % 2)) : whole,
    );

const texts: Readonly<Record<Name, fc.Arbitrary<string>>> = {
  'date-time': dateTime,
  date: day,
  time,
  duration,
};

test.for(FORMATS)('%s is judged as ajv-formats does, but for the differences listed', (name) => {
  const numRuns = Number(process.env['EXACTMATCH_RUNS'] ?? 2_000);
  fc.assert(
    fc.property(fc.oneof(texts[name], spoilt(texts[name])), (text) => {
      const ours = holds(name, text);
      const theirs = holdsByLibrary(name, text);
      if (ours === theirs) return;
      // What we refuse besides is refused by RFC 3339; what they refuse is never taken.
      expect([text, ours, theirs]).toEqual([text, false, true]);
      expect(DIFFERENT[name].some((known) => known.test(text))).toBe(true);
    }),
    { numRuns },
  );
});

test.for<[Name, string, boolean]>([
  ['time', '23:59:60Z', true],
  ['time', '18:29:60-05:30', true],
  ['time', '05:29:60.1234567+05:30', true],
  ['time', '09:30:60Z', false],
  ['time', '09:30:00z', true],
  ['time', '09:30:00.1234567Z', true],
  ['time', '09:30:00', false],
  ['time', '09:30:00+0530', false],
  ['time', '09:30:00+05', false],
  ['time', '', false],
  ['date-time', '2024-05-01t09:30:00.1234567z', true],
  ['date-time', '2024-05-01 09:30:00Z', false],
  ['date-time', '2024-05-01T09:30:00+0530', false],
  ['date-time', '2024-05-01T09:30:00+05', false],
  ['date', '2000-02-29', true],
  ['date', '1900-02-29', false],
  ['date', '2024-05-01Z', false],
  ['duration', 'P1Y2M3DT4H5M6S', true],
  ['duration', 'P4W', true],
  ['duration', 'PT', false],
  ['duration', 'P', false],
])('takes for %s %j: %s', ([name, text, isTaken]) => {
  expect(holds(name, text)).toBe(isTaken);
});
