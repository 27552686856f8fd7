import {
  answers,
  type Breakage,
  CREATE,
  is,
  isList,
  type Json,
  parsed,
  problem,
  refuses,
  requests,
  valid,
  withoutHeader,
} from './breakage.ts';
import type { Asked } from './provider.ts';

/** Ways to take what is wrong, and to refuse what is right. */
export const brokenRequests: readonly Breakage[] = [
  {
    name: '500 for a bad body',
    alter: answers(
      (asked, { status }) => asked.method === 'POST' && status === 400,
      () => problem(500),
    ),
    found: ['provider.failed'],
    operations: CREATE,
  },
  {
    name: '503 for everything that lists',
    alter: answers(
      (asked) => is(asked, 'GET', isList),
      () => problem(503),
    ),
    found: ['provider.failed', 'provider.untested'],
    operations: ['listCustomers'],
    isReading: true,
  },
  {
    name: 'bad requests accepted',
    alter: async (asked, ask) => ask(asked),
    mock: { validate: false },
    found: ['provider.accepted'],
    operations: ['createCustomer'],
  },
  {
    name: 'a required property that nobody requires',
    alter: requests(
      (asked) => is(asked, 'POST', isList),
      (asked) => ({ ...asked, body: JSON.stringify({ ...valid, ...parsed(asked.body) }) }),
    ),
    found: ['provider.accepted'],
    operations: CREATE,
  },
  {
    name: 'a required header that nobody requires',
    alter: requests(
      ({ path }) => path.endsWith('/orders'),
      (asked) => ({ ...asked, headers: { ...asked.headers, 'x-source': 'web' } }),
    ),
    found: ['provider.accepted'],
    operations: ['createOrder'],
  },
  {
    name: 'a limit that nobody checks',
    alter: requests(
      ({ query }) => /%24top=(?:0|101)\b/.test(query),
      (asked) => ({ ...asked, query: '' }),
    ),
    found: ['provider.accepted'],
    operations: ['listCustomers'],
    isReading: true,
  },
  {
    name: 'JSON that is no JSON taken for an empty object',
    alter: requests(
      (asked) => asked.method === 'PATCH' && parsed(asked.body) === undefined,
      (asked) => ({ ...asked, body: '{}' }),
    ),
    found: ['provider.accepted'],
    operations: ['updateCustomer', 'createCustomer'],
    maxCases: 44,
  },
  {
    name: 'any media type taken for JSON',
    maxCases: 120,
    alter: requests(
      ({ method }) => method === 'PATCH',
      (asked) => ({
        ...asked,
        headers: { ...asked.headers, 'content-type': 'application/merge-patch+json' },
      }),
    ),
    found: ['provider.accepted'],
    operations: ['updateCustomer', 'createCustomer'],
  },
  {
    name: 'credentials that nobody asks for',
    alter: requests(
      () => true,
      (asked) => ({ ...asked, headers: { ...asked.headers, 'x-api-key': 'any' } }),
    ),
    found: ['provider.accepted'],
    operations: ['listCustomers'],
    isReading: true,
  },
  {
    name: '401 without WWW-Authenticate',
    alter: answers(
      (_, { status }) => status === 401,
      (given) => withoutHeader(given, 'www-authenticate'),
    ),
    found: ['response.header.required'],
    operations: ['listCustomers'],
    isReading: true,
  },
  {
    name: 'a method that the document does not have',
    alter: async (asked, ask) =>
      asked.method === 'PROPFIND' ? { status: 200, headers: {}, body: '' } : ask(asked),
    found: ['provider.accepted'],
    operations: ['listCustomers'],
  },
  {
    name: '405 without Allow',
    alter: answers(
      (_, { status }) => status === 405,
      (given) => withoutHeader(given, 'allow'),
    ),
    found: [],
    warned: ['provider.method'],
    operations: ['listCustomers'],
  },
  {
    name: 'a value of the enumeration refused',
    alter: async (asked, ask) => (/sort=age/.test(asked.query) ? problem(400) : ask(asked)),
    found: ['provider.refused'],
    operations: ['listCustomers'],
    isReading: true,
  },
  {
    name: 'the longest text refused',
    alter: refuses(({ name }) => String(name).length >= 40),
    found: ['provider.refused'],
    operations: CREATE,
  },
  {
    name: 'null refused where it may be',
    alter: refuses(({ nickname }) => nickname === null, 422),
    found: ['provider.refused'],
    operations: CREATE,
  },
  {
    name: 'the least body refused',
    alter: refuses(({ address }, { path }) => isList(path) && address === undefined),
    found: ['provider.refused'],
    operations: CREATE,
  },
  {
    name: 'an entry of a map taken whatever its length',
    alter: requests(isNew, (asked) =>
      changed(asked, ({ labels, ...rest }) => ({
        ...rest,
        ...(isMap(labels) && Object.values(labels).every((each) => typeof each === 'string')
          ? {}
          : { labels }),
      })),
    ),
    found: ['provider.accepted'],
    operations: CREATE,
    maxCases: 120,
  },
  {
    name: 'the second of two items taken whatever it is',
    alter: requests(isNew, (asked) =>
      changed(asked, (value) =>
        Array.isArray(value['spot']) && value['spot'].length === 2
          ? { ...value, spot: [value['spot'][0], 1] }
          : value,
      ),
    ),
    found: ['provider.accepted'],
    operations: CREATE,
    maxCases: 120,
  },
  {
    name: 'an item behind the last one taken',
    alter: requests(isNew, (asked) =>
      changed(asked, (value) =>
        Array.isArray(value['spot']) ? { ...value, spot: value['spot'].slice(0, 2) } : value,
      ),
    ),
    found: ['provider.accepted'],
    operations: CREATE,
    maxCases: 120,
  },
  {
    name: 'a map of too many entries taken',
    alter: requests(isNew, (asked) =>
      changed(asked, (value) =>
        isMap(value['labels'])
          ? { ...value, labels: Object.fromEntries(Object.entries(value['labels']).slice(0, 2)) }
          : value,
      ),
    ),
    found: ['provider.accepted'],
    operations: CREATE,
    maxCases: 120,
  },
];

function isNew(asked: Asked): boolean {
  return is(asked, 'POST', isList);
}

function changed(asked: Asked, change: (value: Json) => Json): Asked {
  const value = parsed(asked.body);
  return value ? { ...asked, body: JSON.stringify(change(value)) } : asked;
}

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
