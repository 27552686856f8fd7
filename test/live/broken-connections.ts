import { answers, type Breakage, CREATE, problem, withHeader } from './breakage.ts';

/** Ways to answer that are no answers. */
export const brokenConnections: readonly Breakage[] = [
  {
    name: '204 with a body',
    alter: answers(
      (_, { status }) => status === 204,
      (given) => withHeader(given, 'content-length', '2'),
    ),
    found: ['provider.malformed'],
    operations: CREATE,
  },
  {
    name: 'HEAD with another status',
    alter: answers(
      ({ method }) => method === 'HEAD',
      (given) => ({ ...given, status: 204 }),
    ),
    found: ['provider.head', 'response.status.undeclared'],
    operations: ['listCustomers'],
    isReading: true,
  },
  {
    name: 'a redirect to another host',
    alter: async (asked, ask) =>
      /sort=/.test(asked.query)
        ? { status: 302, headers: { location: 'https://login.example/' }, body: '' }
        : ask(asked),
    found: ['provider.redirect'],
    operations: ['listCustomers'],
    isReading: true,
  },
  {
    name: 'Retry-After that is no time',
    alter: async (asked, ask) => {
      if (asked.query !== 'sort=name') return ask(asked);
      return { ...problem(503), headers: { ...problem(503).headers, 'retry-after': 'soon' } };
    },
    found: ['provider.failed', 'provider.retryAfter'],
    operations: ['listCustomers'],
    isReading: true,
  },
  {
    name: 'no answer at all',
    alter: async (asked, ask) =>
      asked.query === 'sort=name' ? { ...problem(500), end: 'never' } : ask(asked),
    found: ['provider.silent'],
    operations: ['listCustomers'],
    isReading: true,
    timeout: 300,
  },
  {
    name: 'a connection that is closed',
    alter: async (asked, ask) =>
      asked.query === 'sort=name' ? { ...problem(500), end: 'closed' } : ask(asked),
    found: ['provider.disconnected'],
    operations: ['listCustomers'],
    isReading: true,
  },
  {
    name: 'an answer that breaks off',
    alter: answers(
      ({ query }) => query === 'sort=name',
      (given) => ({ ...given, end: 'broken' }),
    ),
    found: ['provider.disconnected'],
    operations: ['listCustomers'],
    isReading: true,
  },
];
