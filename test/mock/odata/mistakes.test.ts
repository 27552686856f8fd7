import { expect, test } from 'vitest';
import { mistake } from './sessions.ts';

/** A filter that is no expression or that cannot be answered; where, and why. */
const FILTERS: readonly (readonly [filter: string, want: string])[] = [
  ['', '0: There must be a value here, not the end.'],
  ['  ', '2: There must be a value here, not the end.'],
  ['sate eq 1', '0: There is no property `sate`.'],
  ['State eq 1', '0: There is no property `State`.'],
  ["error/cod eq 'x'", '6: There is no property `error/cod`.'],
  ["error/details/any(d: d/cod eq 'x')", '23: There is no property `error/details/cod`.'],
  ["fields/any(f: f/x eq 'x')", '16: There is no property below a string.'],
  ["state/x eq 'x'", '6: There is no property below a string.'],
  ["error/ eq 'x'", '6: There must be a value here, not ` `.'],
  ['state eq', '8: There must be a value here, not the end.'],
  ['state eq ', '9: There must be a value here, not the end.'],
  ["state eq 'x", "9: The string that starts here has no end: a `'` is missing."],
  ["state eq 'O'Neil'", '12: There must be a space and an operator or the end, not `Neil`.'],
  ["state eq 'x' 5", '13: There must be a space and an operator or the end, not `5`.'],
  ["state eq 'x'and isOpen", '12: There must be a space and an operator or the end, not `and`.'],
  ["state eq('x')", '8: There must be a space behind `eq`.'],
  ["state\neq 'x'", '5: There must be a space and an operator or the end, not `\n`.'],
  ['isOpen)', '6: There must be a space and an operator or the end, not `)`.'],
  ['(isOpen', '7: There must be `)` for the `(` at 0, not the end.'],
  ['not (isOpen or (isOpen)', '23: There must be `)` for the `(` at 4, not the end.'],
  ['()', '1: There must be a value here, not `)`.'],
  ['isOpen and', '10: There must be a value here, not the end.'],
  ['isOpen & isOpen', '7: There must be a space and an operator or the end, not `&`.'],
  ['isOpen eq 😀', '10: There must be a value here, not `😀`.'],
  // Types.
  ["'a' gt 5", '4: `gt` cannot compare a string with an integer. Only strings stand in quotes.'],
  ['rank eq true', '5: `eq` cannot compare an integer with a boolean.'],
  ['key eq state', '4: `eq` cannot compare a GUID with a string. Only strings stand in quotes.'],
  [
    'created ge day',
    '8: `ge` cannot compare a DateTimeOffset with a Date. A DateTimeOffset has a time and an offset: 2024-05-01T00:00:00Z.',
  ],
  [
    'error eq agent',
    '6: `eq` cannot compare an object with an object. Objects and collections are compared with null only.',
  ],
  ['error gt null', '6: `gt` cannot order an object.'],
  ['null le fields', '5: `le` cannot order a collection.'],
  ["took eq 'PT'", '8: `PT` cannot be read as a Duration, such as P1DT12H30M0.5S.'],
  ["'P1M' lt took", '0: `P1M` cannot be read as a Duration, such as P1DT12H30M0.5S.'],
  ["duration'P' eq took", '0: `P` cannot be read as a Duration, such as P1DT12H30M0.5S.'],
  ['state', '0: A filter must be a boolean; this is a string.'],
  ['isOpen and rank', '11: What `and` joins must be a boolean; this is an integer.'],
  ['(state) or isOpen', '1: What `or` joins must be a boolean; this is a string.'],
  ['not rank', '4: What `not` negates must be a boolean; this is an integer.'],
  ['not rank eq 5', '4: What `not` negates must be a boolean; this is an integer.'],
  ['fields/any(f: f)', '14: A condition must be a boolean; this is a string.'],
  ['state add 1 eq 1', '6: `add` cannot reckon with a string and an integer.'],
  ['extra add took eq 1', '6: `add` cannot reckon with a value of any type and a Duration.'],
  ['took add day eq 1', '5: `add` cannot reckon with a Duration and a Date.'],
  ['-state eq 1', '0: `-` needs a number or a Duration; this is a string.'],
  ['3 gt 2 gt 1', '7: `gt` cannot compare a boolean with an integer.'],
  ['extra ne extra', '6: `ne` must know the type of one of the two values.'],
  ['extra in tags', '6: `in` must know the type of one of the two values.'],
  ['tags/any(t: t lt extra)', '14: `lt` must know the type of one of the two values.'],
  // What must be known before there are items.
  ['rank div 0 eq 1', '9: `div` cannot divide by zero.'],
  ['price mod 0.0 eq 1', '10: `mod` cannot divide by zero.'],
  ['rank mod rank eq 1', '9: `mod` can divide by a constant only.'],
  ['rank div rank eq 1', '9: `div` can divide by a constant only.'],
  ['took divby rank eq took', '11: `divby` can divide by a constant only.'],
  ["took div 0 eq 'PT0S'", '9: `div` cannot divide by zero.'],
  ['extra div 2 eq 1', '6: `div` must know whether both numbers are integers; `divby` need not.'],
  [
    "substring(state,0,-1) eq ''",
    '18: The length of a substring must be a constant integer, not negative.',
  ],
  [
    "substring(state,0,rank) eq ''",
    '18: The length of a substring must be a constant integer, not negative.',
  ],
  // Functions.
  ["contains(rank,'x')", '9: `contains` takes a string here; this is an integer.'],
  ["contains(state, 'x', 'y')", '0: `contains` takes 2 arguments, not 3.'],
  ['length() eq 1', '0: `length` takes 1 argument, not 0.'],
  ["substring('x') eq 'x'", '0: `substring` takes 2 or 3 arguments, not 1.'],
  ['now(1) gt created', '0: `now` takes 0 arguments, not 1.'],
  ['year(state) eq 1', '5: `year` takes a DateTimeOffset or a Date here; this is a string.'],
  [
    'day(extra) eq 1',
    '4: `day` takes a DateTimeOffset or a Date here; this is a value of any type.',
  ],
  ['frist(state)', '0: There is no function `frist`.'],
  ['error/frist(state)', '6: There is no function `frist` here.'],
  ['geo.length(state) eq 1', '0: The function `geo.length` is not supported.'],
  ['isof(state,Edm.String)', '0: The function `isof` is not supported.'],
  ["length('x'", '10: There must be `)` for the `(` at 6, not the end.'],
  ["length('x', ) eq 1", '12: There must be a value here, not `)`.'],
  ['matchesPattern(state,state)', '21: A pattern must be a constant.'],
  ["matchesPattern(state,'[')", '21: The pattern cannot be read: Unterminated character class.'],
  ["matchesPattern(state,'(?=a)')", '21: The pattern cannot be read: `(?=` is not supported.'],
  // Membership, collections and what is not supported.
  ['rank in 5', '8: `in` needs a list or a collection; this is an integer.'],
  [
    "rank in ('x')",
    '9: `eq` cannot compare an integer with a string. Only strings stand in quotes.',
  ],
  ['rank in (1, rank)', '12: There must be a literal here, not `rank`.'],
  ['rank in (1', '10: There must be `)` for the `(` at 8, not the end.'],
  ['rank in(1)', '7: There must be a space behind `in`.'],
  [
    'rank in fields',
    '5: `in` cannot compare an integer with a string. Only strings stand in quotes.',
  ],
  [
    'error in error/details',
    '6: `in` cannot compare an object with an object. Objects and collections are compared with null only.',
  ],
  ['rank in ["x"]', '8: There must be a value here, not `[`.'],
  ["state has Sales.Pattern'Yellow'", '6: `has` is not supported.'],
  [
    "state eq Sales.Pattern'Yellow'",
    "9: Literals such as `Sales.Pattern'…'` are not supported; a string stands in quotes alone.",
  ],
  ['any()', '0: `any` stands behind a collection: `path/any(…)`.'],
  ['all(x: true)', '0: `all` stands behind a collection: `path/all(…)`.'],
  ['fields/x eq 1', '7: Behind a collection there must be `$count`, `any(…)` or `all(…)`.'],
  ['fields/all()', '11: `all` takes a variable, `:` and a condition: `all(x: x eq 1)`.'],
  ['fields/any(f)', '12: `any` takes a variable, `:` and a condition: `any(x: x eq 1)`.'],
  ['fields/any(f: true', '18: There must be `)` for the `(` at 10, not the end.'],
  ['fields/any(f: true) and f', '24: There is no property `f`.'],
  [
    'tags/any(a:extra/any(b:extra/any(c:extra/any(d:extra/any(e: true)))))',
    '57: More than 4 variables in each other are not supported.',
  ],
  ['fields/$count($filter=true) gt 1', '13: Options of `$count` are not supported.'],
  ['$this/id eq 1', '0: `$this` is not supported.'],
  ['$root/x eq 1', '0: `$root` is not supported.'],
  ['state eq @word', '9: Parameter aliases such as `@word` are not supported.'],
  ["Model.Session/state eq 'x'", '0: Qualified names are not supported.'],
  // Literals.
  ['rank eq 5.', '9: There must be a space behind `5`, not `.`.'],
  ['rank eq .5', '8: There must be a value here, not `.`.'],
  ['rank eq 0.314e1e2', '15: There must be a space behind `0.314e1`, not `e2`.'],
  ['rank eq 12abc', '10: There must be a space behind `12`, not `abc`.'],
  ['rank eq 9007199254740993', '8: `9007199254740993` cannot be read as an integer, such as 42.'],
  ['price eq 1e999', '9: `1e999` cannot be read as a number, such as 4.2e1.'],
  ['day eq 2023-02-29', '7: `2023-02-29` cannot be read as a Date, such as 2024-05-01.'],
  ['day eq 2023-13-01', '7: `2023-13-01` cannot be read as a Date, such as 2024-05-01.'],
  ...[
    '2024-05-01T24:00:00Z',
    '2024-05-01T23:60:00Z',
    '2024-05-01T23:59:60Z',
    '2024-05-01T23:59:00',
    '2024-05-01T23:59:00+24:00',
    '2024-05-01T23:59:00+01',
    '2024-05-01T23:59:00.Z',
    '2024-05-01T23:59:00.1234567890123Z',
    '2024-05-01T23.59:00Z',
    '2024-05-01T2:59Z',
    '2024-02-30T00:00:00Z',
  ].map((text): [string, string] => [
    `created eq ${text}`,
    `11: \`${text}\` cannot be read as a DateTimeOffset, such as 2024-05-01T12:30:00Z, and + is %2B in a URL.`,
  ]),
  [
    'created gt 2024-05-01T23:59:00 02:00',
    '11: `2024-05-01T23:59:00` cannot be read as a DateTimeOffset, such as 2024-05-01T12:30:00Z, and + is %2B in a URL.',
  ],
  ['time(created) eq 24:00', '17: `24:00` cannot be read as a TimeOfDay, such as 12:30:00.'],
  ['time(created) eq 12:30:', '17: `12:30:` cannot be read as a TimeOfDay, such as 12:30:00.'],
  [
    'key eq 01234567-89ab-cdef-456789abcdef',
    '15: There must be a space behind `01234567`, not `-`.',
  ],
];

test.for(FILTERS)('refuses the filter %j at %s', ([filter, want]) => {
  expect(mistake({ $filter: filter })).toBe(`$filter ${want}`);
});

test('refuses what is nested too deep, however it is nested', () => {
  const deep = [
    `${'('.repeat(101)}true${')'.repeat(101)}`,
    `${'not '.repeat(101)}true`,
    `${'- '.repeat(101)}rank eq 1`,
    `${'tolower('.repeat(101)}'x'${')'.repeat(101)} eq 'x'`,
    '('.repeat(9000),
  ];
  for (const filter of deep) expect(mistake({ $filter: filter })).toContain('nested 100 deep');
  expect(mistake({ $search: `${'('.repeat(101)}x${')'.repeat(101)}` })).toContain('100 deep');
  expect(mistake({ $search: `${'NOT '.repeat(101)}x` })).toContain('100 deep');
});

test('refuses a text that is too long', () => {
  const filter = `isOpen${' '.repeat(10_000)}`;
  expect(mistake({ $filter: filter })).toBe(
    '$filter 10000: The text may have 10000 characters; it has 10006.',
  );
});

/** Options that are no filter. */
const OPTIONS: readonly (readonly [option: `$${string}`, text: string, want: string])[] = [
  ['$orderby', '', '0: There must be a value here, not the end.'],
  ['$orderby', 'sate desc', '0: There is no property `sate`.'],
  ['$orderby', 'state down', '6: There must be `asc`, `desc`, a comma or the end, not `down`.'],
  ['$orderby', 'state,', '6: There must be a value here, not the end.'],
  ['$orderby', 'state desc asc', '11: There must be `asc`, `desc`, a comma or the end, not `asc`.'],
  ['$orderby', 'id, error', '4: Items cannot be sorted by an object.'],
  ['$orderby', 'fields', '0: Items cannot be sorted by a collection.'],
  ['$top', '', '0: There must be a whole number, 0 or more, not ``.'],
  ['$top', '-1', '0: There must be a whole number, 0 or more, not `-1`.'],
  ['$skip', '1.5', '1: There must be a whole number, 0 or more, not `1.5`.'],
  ['$count', 'yes', '0: There must be `true` or `false`, not `yes`.'],
  ['$select', '', '0: There must be a property here, not the end.'],
  ['$select', 'id,,state', '3: There must be a property here, not `,`.'],
  ['$select', 'id state', '3: There must be a comma or the end, not `state`.'],
  ['$select', 'id,sate', '3: There is no property `sate`.'],
  ['$select', 'error/cod', '6: There is no property `error/cod`.'],
  ['$select', 'fields($top=1)', '6: Options of a property are not supported.'],
  ['$select', 'Model.action', '0: Qualified names are not supported.'],
  ['$expand', 'agnet', '0: There is no property `agnet`.'],
  ['$expand', 'state', '0: `state` holds no resource that could be expanded.'],
  ['$expand', '*', '0: `*` is not supported; name the properties to expand.'],
  ['$expand', 'agent,agent', '6: `agent` is expanded twice.'],
  ['$expand', 'agent/name', '5: Paths are not supported in `$expand`.'],
  ['$expand', 'agent/$ref', '5: Paths are not supported in `$expand`.'],
  [
    '$expand',
    'agent($filter=true)',
    '6: Of the options in parentheses, only `$select` is supported.',
  ],
  ['$expand', 'agent($select=nam)', '14: There is no property `agent/nam`.'],
  ['$expand', 'agent($select=name;$top=1)', '18: Only one option in parentheses is supported.'],
  ['$expand', 'agent($select=name', '18: There must be `)` for the `(` at 5, not the end.'],
  ['$search', '', '0: There must be a word here, not the end.'],
  ['$search', '"blue', '0: The phrase that starts here has no end.'],
  ['$search', 'x ""', '2: The phrase is empty.'],
  ['$search', '"blue"green', '6: There must be a space and a word or the end, not `green`.'],
  ['$search', 'a;b', '1: There must be a space and a word or the end, not `;`.'],
  ['$search', '(a', '2: There must be `)` for the `(` at 0, not the end.'],
  ['$search', 'a)', '1: There must be a space and a word or the end, not `)`.'],
  ['$search', '()', '1: There must be a word here, not `)`.'],
  ['$search', 'NOT(a)', '3: There must be a space and a word or the end, not `(`.'],
  ['$search', "'\"bl'", '0: Incomplete expressions in single quotes are not supported.'],
  ['$apply', 'x', '0: The option `$apply` is not supported.'],
  ['$compute', 'x', '0: The option `$compute` is not supported.'],
  ['$skiptoken', 'x', '0: The option `$skiptoken` is not supported.'],
];

test.for(OPTIONS)('refuses %s=%s', ([option, text, want]) => {
  expect(mistake({ [option]: text })).toBe(`${option} ${want}`);
});

test('refuses to expand what is no navigation property, and says which there are', () => {
  const one = { navigation: ['agent'] };
  expect(mistake({ $expand: 'error' }, one)).toBe(
    '$expand 0: `error` is no navigation property. There are: `agent`.',
  );
  expect(mistake({ $expand: 'error' }, { navigation: [] })).toBe(
    '$expand 0: `error` is no navigation property. There is none.',
  );
});

test('refuses an option that is given twice', () => {
  expect(mistake({ $top: '1', $TOP: '2' })).toBe('$TOP 0: `$top` is given twice.');
});
