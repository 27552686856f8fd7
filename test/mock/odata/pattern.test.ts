import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePattern } from '../../../src/mock/odata/pattern.ts';

const runs = { numRuns: Number(process.env['EXACTMATCH_RUNS'] ?? 3000) };

const PIECES = [
  ...[
    'a',
    'b',
    'c',
    '.',
    '\\w',
    '\\D',
    '\\b',
    '\\B',
    '^',
    '$',
    '[a-c]',
    '[^b]',
    '[\\]a]',
    '|',
    '(',
    ')',
  ],
  ...[
    '(?:',
    '(?<n>',
    '*',
    '+',
    '?',
    '*?',
    '{2}',
    '{0}',
    '{1,}',
    '{0,2}',
    '{2,3}?',
    '\\u0061',
    '\\x62',
  ],
  ...[
    '\\u{63}',
    '\\p{L}',
    '\\P{L}',
    '\\cJ',
    '\\n',
    '\\.',
    '\\/',
    '/',
    '😀',
    '\\ud83d\\ude00',
    '-',
    'é',
  ],
];
const patterns = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((all) => all.join(''));
const texts = fc.string({
  unit: fc.constantFrom('a', 'b', 'c', '.', '/', '\n', '😀', '-', '1', 'é'),
});

test('matches what the platform matches', () => {
  fc.assert(
    fc.property(patterns, fc.array(texts, { minLength: 1 }), (pattern, list) => {
      // There V8 looks between the halves of a surrogate pair, which no ECMAScript expression does.
      fc.pre(!pattern.includes('\\B') || !list.some((text) => text.includes('😀')));
      const native = read(pattern);
      if (!native) {
        expect(() => compilePattern(pattern)).toThrow(SyntaxError);
        return;
      }
      const matches = compilePattern(pattern);
      expect(list.map(matches)).toEqual(list.map((text) => native.test(text)));
    }),
    runs,
  );
});

function read(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}

test.for([
  ['', 'x', true],
  ['a||b', 'x', true],
  ['^(a|b)*c$', 'ababc', true],
  ['^(?<year>\\d{4})-(?:\\d\\d)$', '2024-05', true],
  ['(?:){400}x', 'x', true],
  ['^[\\]\\\\]+$', ']\\', true],
  ['\\u0041\\u0042', 'AB', true],
  ['^.$', '\u2028', false],
] as const)('%s on %j: %s', ([pattern, text, want]) => {
  expect(compilePattern(pattern)(text)).toBe(want);
});

test.for([
  '(a)\\1',
  '(?<n>a)\\k<n>',
  '(?=a)',
  '(?!a)',
  '(?<=a)b',
  '(?<!a)b',
  '(?i:a)',
  '(',
  '[',
  'a{3,2}',
  'a{501}',
  '(?:){1000000}',
  '((?:a{0}){1000000}){1000000}',
  `${'('.repeat(51)}a${')'.repeat(51)}`,
])('refuses %s', (pattern) => {
  expect(() => compilePattern(pattern)).toThrow(SyntaxError);
});

test('takes no longer for patterns that keep others busy for ever', () => {
  const text = `${'a'.repeat(2000)}!`;
  for (const pattern of ['^(a+)+$', '^(a|a)*$', '(.*)*x', '(a?){40}a{40}b', '(x+x+)+y']) {
    expect(compilePattern(pattern)(text)).toBe(false);
  }
});
