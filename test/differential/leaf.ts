import fc from 'fast-check';

/** Keywords of a schema, or members of another object of a document. */
export type Keywords = Readonly<Record<string, unknown>>;
export type Version = '3.0' | '3.1';

/** A schema of one value, and values that it takes and refuses. */
export interface Leaf {
  readonly schema: Keywords;
  readonly good: readonly unknown[];
  /** Values that JSON can tell from good ones. */
  readonly bad: readonly unknown[];
  /** Texts that no reading of a URL, a header or a form makes a good value of. */
  readonly badTexts: readonly string[];
  /** Texts that may be read one way or the other. */
  readonly oddTexts: readonly string[];
}

function leaf(
  schema: Keywords,
  good: readonly unknown[],
  bad: readonly unknown[],
  badTexts: readonly string[] = [],
  oddTexts: readonly string[] = [],
): Leaf {
  return { schema, good, bad, badTexts, oddTexts };
}

/** Spellings of numbers that JSON does not have, and one that it has. */
const NUMBERS = ['+1', '05', '0x5', '5.', '.5', '5.0', '5e0', ' 5', 'Infinity', '1_0'];
const MOMENTS = ['2024-01-01 00:00:00Z', '2024-01-01T00:00:00+0100', '2024-01-01T23:59:60+01:00'];

const COMMON: readonly Leaf[] = [
  leaf({ type: 'string' }, ['text', 'a b', '5', 'true', 'null'], [5, null, true, ['text'], {}]),
  leaf({ type: 'string', minLength: 2, maxLength: 4 }, ['ab', 'abcd'], ['a', 5], ['a', 'abcde']),
  leaf({ type: 'string', maxLength: 1 }, ['a', '😀'], ['ab', '😀😀'], ['ab', '😀😀']),
  leaf({ type: 'string', pattern: '^a+$' }, ['a', 'aaa'], ['b', 5, ''], ['b', 'ab']),
  // A pattern that only the older of the two modes of regular expressions reads.
  leaf({ type: 'string', pattern: '^[\\w-.]+$' }, ['a-b', 'a.b'], ['!', 5], ['a!']),
  leaf({ type: 'string', enum: ['one', 'two'] }, ['one', 'two'], ['three', 2], ['three', 'One']),
  leaf({ type: 'string', enum: ['one two', 'a'] }, ['one two', 'a'], ['one'], ['one-two']),
  leaf(
    { type: 'string', format: 'date' },
    ['2024-02-29'],
    ['2023-02-29', 20240229],
    ['2023-02-29'],
  ),
  leaf(
    { type: 'string', format: 'date-time' },
    ['2024-01-01T00:00:00Z', '2016-12-31T15:59:60-08:00'],
    [...MOMENTS, '2024-01-01'],
    [...MOMENTS, '2024-01-01'],
  ),
  leaf(
    { type: 'string', format: 'uuid' },
    ['123e4567-e89b-12d3-a456-426614174000'],
    ['123e4567', 5],
    ['123e4567'],
  ),
  leaf(
    { type: 'string', format: 'ipv4' },
    ['192.0.2.1'],
    ['192.0.2', '192.0.2.01'],
    ['192.0.2.01'],
  ),
  leaf({ type: 'string', format: 'unheard-of' }, ['text'], [5]),
  leaf({ type: 'integer' }, [5, -5, 0], ['5', 1.5, null, true], ['x', '1.5', 'true'], NUMBERS),
  leaf({ type: 'integer', minimum: 1, maximum: 9 }, [1, 9], [0, 10, '5'], ['0', '10'], NUMBERS),
  leaf({ type: 'integer', format: 'int32' }, [2147483647], [2147483648], ['2147483648']),
  leaf({ type: 'integer', format: 'int64' }, [9007199254740994], [1e30], ['1e30']),
  leaf({ type: 'integer', enum: [1, 2] }, [1, 2], [3, '1'], ['3'], ['01']),
  leaf({ type: 'number' }, [5, 0.5, -1e3], ['5', null], ['x', 'true'], NUMBERS),
  leaf({ type: 'number', multipleOf: 0.01 }, [19.99, 5], [19.999, '5'], ['19.999']),
  leaf({ type: 'boolean' }, [true, false], ['true', 1, 0, null], ['1', 'yes', 'TRUE']),
  leaf({ enum: [1, 2] }, [1, 2], [3, '1'], ['3', 'x']),
  leaf(
    { oneOf: [{ type: 'integer' }, { type: 'boolean' }] },
    [5, true],
    ['5', null],
    ['x'],
    ['05'],
  ),
  leaf({ oneOf: [{ type: 'integer' }, { type: 'string' }] }, [5, 'text'], [true, null]),
  leaf(
    {
      anyOf: [
        { type: 'integer', maximum: 5 },
        { type: 'string', enum: ['all'] },
      ],
    },
    [5, 'all'],
    [6, 'some'],
    ['6', 'some'],
  ),
  leaf({ allOf: [{ type: 'integer' }, { minimum: 3 }] }, [3, 5], [2, '3'], ['2', 'x'], ['05']),
  leaf({ minimum: 3 }, [3, 5], [2], [], ['2', 'x']),
];

const ONLY: Readonly<Record<Version, readonly Leaf[]>> = {
  '3.0': [
    leaf({ type: 'string', nullable: true }, ['text', null], [5]),
    leaf({ type: 'integer', nullable: true }, [5, null], ['5'], ['x'], ['null', '05']),
    leaf({ type: 'string', nullable: true, enum: ['a', null] }, ['a', null], ['b'], ['b']),
    leaf({ type: 'string', nullable: true, enum: ['a'] }, ['a'], [null, 'b'], ['b']),
    leaf({ nullable: true, minLength: 2 }, ['ab'], ['a'], ['a']),
    leaf({ type: 'integer', minimum: 0, exclusiveMinimum: true }, [1], [0, -1], ['0']),
    leaf({ type: 'number', maximum: 5, exclusiveMaximum: true }, [4.9], [5], ['5']),
    leaf({ type: 'integer', minimum: 0, exclusiveMinimum: false }, [0], [-1], ['-1']),
  ],
  '3.1': [
    leaf({ type: ['string', 'null'] }, ['text', null], [5, true]),
    leaf({ type: ['integer', 'null'] }, [5, null], ['5', true], ['x'], ['null', '05']),
    leaf({ type: ['integer', 'boolean'] }, [5, true], ['5', null], ['x', '1.5'], ['05']),
    leaf({ type: ['integer', 'string'], minimum: 3 }, [5, 'text'], [2, null]),
    leaf({ type: 'string', nullable: true }, ['text'], [null, 5]),
    leaf({ const: 'fixed' }, ['fixed'], ['other', 5], ['other']),
    leaf({ const: 5 }, [5], [6, '5'], ['6', 'x']),
    leaf({ type: 'number', exclusiveMinimum: 0 }, [0.1], [0, -1], ['0']),
    leaf({ enum: [1, 'a', true] }, [1, 'a', true], [2, 'b'], ['2', 'b']),
  ],
};

/** The schemas of one value that a version of OpenAPI has. */
export function leaves(version: Version): fc.Arbitrary<Leaf> {
  return fc.constantFrom(...COMMON, ...ONLY[version]);
}

/** Those of one type and no subtlety, which most documents have. */
export const usualLeaves: fc.Arbitrary<Leaf> = fc.constantFrom(
  ...COMMON.filter(({ schema: { type, multipleOf, format = 'date', pattern = '' } }) => {
    const isPlain = multipleOf === undefined && !String(pattern).includes('\\w');
    return (
      typeof type === 'string' && isPlain && ['date', 'uuid', 'int32'].includes(String(format))
    );
  }),
);

/** Something that happens once in so many times. */
export function dice(sides: number): fc.Arbitrary<boolean> {
  return fc.oneof(
    { weight: sides - 1, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  );
}

/** How a value is written where there are no types. */
export function textOf(value: unknown): string {
  return String(value);
}
