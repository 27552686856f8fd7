import fc from 'fast-check';

/** Values by property. */
export type Values = Readonly<Record<string, unknown>>;

/** Which session: by its number among those that were ever made in the store; one too many is unknown. */
export interface Which {
  readonly scope: string;
  readonly store: string;
  readonly number: number;
}

/** Which `ETag` a condition names: the last that was seen, one that was, any, or one of nobody's. */
export type Tag = 'none' | 'last' | 'stale' | 'any' | 'other' | 'list';

/** What a list is asked for. */
export interface Listed {
  readonly filter: keyof typeof filters | undefined;
  readonly order: readonly { readonly by: 'fileName' | 'rowsPerBlock'; readonly down: boolean }[];
  readonly top: number | undefined;
  readonly skip: number | undefined;
  readonly count: boolean | undefined;
  readonly size: number | undefined;
}

/** One thing that is done to a mock of sessions. */
export type SessionStep =
  | { readonly do: 'create'; readonly at: Which; readonly body: Values; readonly minimal: boolean }
  | { readonly do: 'get'; readonly at: Which; readonly tag: Tag; readonly select: boolean }
  | { readonly do: 'patch'; readonly at: Which; readonly tag: Tag; readonly body: Values }
  | { readonly do: 'delete'; readonly at: Which; readonly tag: Tag }
  | { readonly do: 'act'; readonly at: Which; readonly tag: Tag; readonly action: Action }
  | { readonly do: 'list'; readonly at: Which; readonly query: Listed }
  | {
      readonly do: 'agent';
      readonly at: Which;
      readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
    }
  | { readonly do: 'advance'; readonly at: Which; readonly seconds: number }
  | { readonly do: 'reset'; readonly at: Which }
  | { readonly do: 'snapshot'; readonly at: Which }
  | { readonly do: 'restore'; readonly at: Which };

export type Action = 'commit' | 'cancel' | 'renew';

/** Filters as clients write them, and what they mean. */
export const filters = {
  "state eq 'Completed'": ({ state }: Values) => state === 'Completed',
  "state ne 'Created' and fileName ne 'a.tsv'": ({ state, fileName }: Values) =>
    state !== 'Created' && fileName !== 'a.tsv',
  'rowsPerBlock gt 2': ({ rowsPerBlock }: Values) => Number(rowsPerBlock ?? 0) > 2,
  'rowsPerBlock eq null': ({ rowsPerBlock }: Values) => (rowsPerBlock ?? null) === null,
  "startswith(fileName,'b') or rowsPerBlock le 1": ({ fileName, rowsPerBlock }: Values) =>
    String(fileName ?? '').startsWith('b') || Number(rowsPerBlock ?? 9) <= 1,
  "fields/any(f:f eq 'mrn')": ({ fields }: Values) =>
    Array.isArray(fields) && fields.includes('mrn'),
  "error/code eq 'x'": ({ error }: Values) =>
    (error as Values | null | undefined)?.['code'] === 'x',
} as const;

const which: fc.Arbitrary<Which> = fc.record({
  scope: fc.constantFrom('one', 'two'),
  store: fc.constantFrom('patients', 'a b/c'),
  number: fc.nat({ max: 5 }),
});
const tag = fc.constantFrom<Tag>('none', 'none', 'none', 'last', 'stale', 'any', 'other', 'list');
const text = fc.constantFrom(null, 'a.tsv', 'b.tsv', 'c.tsv');
const number = fc.constantFrom(null, 1, 2, 3);
const part = { code: fc.constantFrom(null, 'x', 'y'), target: text };
const error = fc.record(
  { ...part, innerError: fc.option(fc.record(part, { requiredKeys: [] })) },
  { requiredKeys: [] },
);
/** What a client sends: in a patch, null takes away. Annotations are sent back as they were read. */
const body: fc.Arbitrary<Values> = fc.record(
  {
    fileName: text,
    rowsPerBlock: number,
    fields: fc.constantFrom(null, [], ['mrn'], ['mrn', 'ssn']),
    error: fc.option(error),
    state: fc.constantFrom('Created', 'ProcessingInProgress', 'Odd'),
    extra: fc.constantFrom(null, 1, { deep: [1, null] }, 'text'),
    '@odata.etag': fc.constant('W/"sent"'),
    '@odata.context': fc.constant('https://elsewhere.example/$metadata'),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const few = fc.option(fc.nat({ max: 3 }), { nil: undefined });
const query: fc.Arbitrary<Listed> = fc.record({
  filter: fc.option(fc.constantFrom(...(Object.keys(filters) as (keyof typeof filters)[])), {
    nil: undefined,
  }),
  order: fc.uniqueArray(
    fc.record({ by: fc.constantFrom('fileName', 'rowsPerBlock'), down: fc.boolean() }),
    { maxLength: 2, selector: ({ by }) => by },
  ),
  top: few,
  skip: few,
  count: fc.constantFrom(true, false, undefined),
  size: few,
});

const create = fc.record({ do: fc.constant('create'), at: which, body, minimal: fc.boolean() });
const patch = fc.record({ do: fc.constant('patch'), at: which, tag, body });
const act = fc.record({
  do: fc.constant('act'),
  at: which,
  tag,
  action: fc.constantFrom<Action>('commit', 'cancel', 'renew'),
});

/** Sequences of steps; creations, changes and moves come more often than what undoes them all. */
export const sessionSteps: fc.Arbitrary<readonly SessionStep[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: create },
    { weight: 4, arbitrary: patch },
    { weight: 4, arbitrary: act },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('get'), at: which, tag, select: fc.boolean() }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('list'), at: which, query }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('delete'), at: which, tag }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('agent'),
        at: which,
        method: fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE'),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('advance'),
        at: which,
        seconds: fc.constantFrom(1, 15, 30),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constantFrom('reset', 'snapshot', 'restore'), at: which }),
    },
  ),
  { minLength: 5, maxLength: 40 },
);
