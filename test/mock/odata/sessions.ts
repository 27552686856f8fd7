import { expect } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import {
  type PropertyType,
  type PropertyTypes,
  type QueryOptions,
  type QueryTexts,
  readQuery,
  runQuery,
} from '../../../src/mock/odata/query.ts';

const TYPES: Readonly<Record<string, PropertyType>> = {
  id: 'string',
  state: 'string',
  rank: 'integer',
  price: 'number',
  isOpen: 'boolean',
  created: 'date-time',
  day: 'date',
  key: 'guid',
  took: 'duration',
  fields: 'collection',
  'fields/*': 'string',
  numbers: 'collection',
  'numbers/*': 'integer',
  tags: 'collection',
  error: 'object',
  'error/code': 'string',
  'error/at': 'date-time',
  'error/details': 'collection',
  'error/details/*': 'object',
  'error/details/code': 'string',
  'error/details/hints': 'collection',
  'error/details/hints/*': 'string',
  extra: 'any',
  agent: 'object',
  'agent/id': 'string',
  'agent/name': 'string',
  müller_1: 'string',
  '@odata.type': 'string',
};

/** The types of the properties of `SESSIONS`. */
export const sessionTypes: PropertyTypes = (path) => TYPES[path.join('/')];

export const NOW = new Date('2024-06-01T12:00:00.250Z');

export const SESSIONS: readonly JsonObject[] = [
  {
    '@odata.type': '#microsoft.graph.exactMatchSession',
    id: 'a',
    state: 'Completed',
    rank: 5,
    price: 2.55,
    isOpen: true,
    created: '2024-05-01T23:30:45.1234567-02:00',
    day: '2024-02-29',
    key: '01234567-89AB-cdef-0123-456789abcdef',
    took: 'PT1H30M',
    fields: ['mrn', 'ssn'],
    numbers: [1, 2],
    tags: ['x', 7, null],
    error: null,
    extra: 'text',
    agent: { '@odata.type': '#agent', id: 'g1', name: 'Agent one' },
    müller_1: 'ü',
  },
  {
    id: 'b',
    state: "It's",
    rank: -3,
    price: 10,
    isOpen: false,
    created: '2024-05-02T01:30:45.1234568Z',
    day: '2023-12-31',
    key: '11234567-89ab-cdef-0123-456789abcdef',
    took: '-PT0.5S',
    fields: [],
    numbers: [],
    error: {
      code: 'expired',
      at: '2024-05-02T00:00:00Z',
      details: [
        { code: 'x', hints: ['again'] },
        { code: 'y', hints: [] },
      ],
    },
    extra: 3,
    agent: null,
  },
  {
    id: 'c',
    state: null,
    rank: null,
    price: null,
    isOpen: null,
    created: null,
    day: null,
    key: null,
    took: null,
    fields: null,
    numbers: null,
    error: { code: null, details: null },
    extra: { deep: [1], on: true },
  },
  { id: 'd' },
  {
    id: 'e',
    state: 7,
    rank: 'five',
    price: true,
    isOpen: 'yes',
    created: 'yesterday',
    day: '2023-02-29',
    key: 5,
    took: 'P1Y',
    fields: 'mrn',
    numbers: {},
    error: 'none',
    extra: '2024-05-01T00:00:00Z',
  },
];

/** The ids of the items that a query finds. */
export function find(texts: QueryTexts, items: readonly JsonObject[] = SESSIONS): string {
  const reading = readQuery(texts, sessionTypes, { now: () => NOW });
  if (reading.kind === 'mistake') expect.fail(`${reading.position}: ${reading.reason}`);
  return runQuery(items, reading.query)
    .items.map(({ id }) => id)
    .join('');
}

/** Where a query is wrong, and why. */
export function mistake(texts: QueryTexts, options?: QueryOptions): string {
  const reading = readQuery(texts, sessionTypes, options);
  if (reading.kind === 'query') expect.fail('The query is understood.');
  return `${reading.option} ${reading.position}: ${reading.reason}`;
}
