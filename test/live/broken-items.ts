import {
  answers,
  type Breakage,
  body,
  CREATE,
  GET,
  is,
  isDone,
  isItem,
  isList,
  parsed,
  problem,
  requests,
  valid,
  withHeader,
} from './breakage.ts';

/** Ways to forget, to mix up and to lose what was written. */
export const brokenItems: readonly Breakage[] = [
  {
    name: 'an item that is read under another id',
    alter: body('GET', isItem, (value) => ({ ...value, id: 'another' })),
    found: ['provider.item.stale'],
    operations: GET,
  },
  {
    name: 'a value that is kept otherwise than it was written',
    alter: body('GET', isItem, (value) => ({ ...value, name: 'somebody' })),
    found: ['provider.item.stale'],
    operations: GET,
  },
  {
    name: 'PATCH that forgets',
    alter: requests(
      ({ method }) => method === 'PATCH',
      (asked) => (parsed(asked.body) ? { ...asked, body: '{}' } : asked),
    ),
    found: ['provider.item.stale'],
    operations: ['updateCustomer', 'createCustomer'],
  },
  {
    name: 'PATCH that loses what it does not name',
    alter: async (asked, ask) => {
      const value = asked.method === 'PATCH' ? parsed(asked.body) : undefined;
      const isSmall = value !== undefined && Object.keys(value).length === 1;
      if (!isSmall) return ask(asked);
      return ask({ ...asked, body: JSON.stringify({ address: { street: 'lost' }, ...value }) });
    },
    found: ['provider.item.stale'],
    operations: ['updateCustomer', 'createCustomer'],
  },
  {
    name: 'PUT that merges',
    alter: async (asked, ask) => {
      if (asked.method !== 'PUT' || !parsed(asked.body)) return ask(asked);
      const before = parsed((await ask({ ...asked, method: 'GET', body: '' })).body) ?? {};
      const { id: _, createdAt: _at, '@odata.etag': _tag, ...kept } = before;
      return ask({ ...asked, body: JSON.stringify({ ...kept, ...parsed(asked.body) }) });
    },
    found: ['provider.accepted', 'provider.item.stale'],
    operations: ['replaceCustomer', 'createCustomer'],
  },
  {
    name: 'PUT that loses a number',
    alter: requests(
      ({ method }) => method === 'PUT',
      (asked) => {
        const { age: _, ...value } = parsed(asked.body) ?? {};
        return parsed(asked.body) ? { ...asked, body: JSON.stringify(value) } : asked;
      },
    ),
    found: ['provider.accepted', 'provider.item.stale'],
    operations: ['replaceCustomer', 'createCustomer'],
    maxCases: 80,
  },
  {
    name: 'what is put below an item read in another media type',
    alter: async (asked, ask) => {
      const given = await ask(asked);
      const isPhoto = asked.method === 'GET' && asked.path.endsWith('/photo') && isDone(given);
      return isPhoto ? withHeader(given, 'content-type', 'image/jpeg') : given;
    },
    found: ['response.body.mediaType'],
    operations: ['getPhoto', 'putPhoto', 'createCustomer'],
  },
  {
    name: 'DELETE that does not delete',
    alter: async (asked, ask) => {
      const isRight =
        asked.headers['x-api-key'] !== undefined && asked.headers['if-match'] === undefined;
      return is(asked, 'DELETE', isItem) && isRight
        ? { status: 204, headers: {}, body: '' }
        : ask(asked);
    },
    found: ['provider.accepted', 'provider.item.deleted'],
    operations: ['deleteCustomer', 'createCustomer'],
  },
  {
    name: 'an item that is not there after its creation',
    alter: async (asked, ask) => (is(asked, 'GET', isItem) ? problem(404) : ask(asked)),
    found: ['provider.item.lost'],
    operations: CREATE,
  },
  {
    name: 'a list without what was created',
    alter: body('GET', isList, (value) => ({ ...value, value: [] })),
    found: ['provider.item.lost'],
    operations: CREATE,
  },
  {
    name: 'a Location that leads nowhere',
    alter: answers(
      (asked, given) => is(asked, 'POST', isList) && isDone(given),
      (given) => withHeader(given, 'location', '/v1/nowhere/1'),
    ),
    found: ['provider.item.lost'],
    operations: CREATE,
  },
  {
    name: 'a Location that leads to another item',
    alter: answers(
      (asked, given) => is(asked, 'POST', isList) && isDone(given),
      (given) => withHeader(given, 'location', '/v1/customers/nobody'),
    ),
    found: ['provider.item.lost'],
    operations: CREATE,
  },
  {
    name: 'an item that there is not, answered all the same',
    alter: async (asked, ask) => {
      const given = await ask(asked);
      if (!is(asked, 'GET', isItem) || given.status !== 404) return given;
      const value = { id: 'x', createdAt: '2024-05-14T08:00:00Z', ...valid };
      const headers = { 'content-type': 'application/json', etag: '"1"' };
      return { status: 200, headers, body: JSON.stringify(value) };
    },
    found: ['provider.item.unknown'],
    operations: GET,
  },
  {
    name: 'pages that overlap',
    alter: body('GET', isList, (value) =>
      '@odata.nextLink' in value
        ? {
            ...value,
            '@odata.nextLink': String(value['@odata.nextLink']).replace(
              /skip(?:token)?=\d+/,
              'skip=0',
            ),
          }
        : value,
    ),
    found: ['provider.list.paging'],
    operations: CREATE,
  },
  {
    name: 'the size of a page ignored',
    alter: requests(
      ({ query }) => /^%24top=1$/.test(query),
      (asked) => ({ ...asked, query: '' }),
    ),
    found: ['provider.parameter.ignored'],
    operations: CREATE,
  },
  {
    name: 'If-None-Match ignored',
    alter: requests(
      () => true,
      ({ headers: { 'if-none-match': _, ...headers }, ...asked }) => ({ ...asked, headers }),
    ),
    found: ['provider.parameter.ignored'],
    operations: GET,
  },
  {
    name: 'If-Match ignored',
    alter: requests(
      () => true,
      ({ headers: { 'if-match': _, ...headers }, ...asked }) => ({ ...asked, headers }),
    ),
    found: ['provider.parameter.ignored'],
    operations: CREATE,
  },
];
