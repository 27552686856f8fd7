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
  withHeader,
  withoutHeader,
} from './breakage.ts';

/** Ways to answer otherwise than the document says. */
export const brokenAnswers: readonly Breakage[] = [
  {
    name: 'a property of another type',
    alter: body('GET', isItem, (value) => ({ ...value, name: 5 })),
    found: ['response.body.type'],
    operations: GET,
  },
  {
    name: 'a required property missing',
    alter: body('GET', isItem, ({ createdAt: _, ...rest }) => rest),
    found: ['response.body.required'],
    operations: GET,
  },
  {
    name: 'a property too much where the schema is closed',
    alter: body('GET', isItem, (value) => ({ ...value, secret: 1 })),
    found: ['response.body.unknown'],
    operations: GET,
  },
  {
    name: 'null where nothing may be null',
    alter: body('GET', isItem, (value) => ({ ...value, createdAt: null })),
    found: ['response.body.type'],
    operations: GET,
  },
  {
    name: 'a value outside the enumeration',
    alter: body('GET', isItem, (value) => ({ ...value, tags: ['vip'] })),
    found: ['response.body.enum'],
    operations: GET,
  },
  {
    name: 'a time without its offset',
    alter: body('GET', isItem, (value) => ({ ...value, createdAt: '2024-05-14T08:00:00' })),
    found: ['response.body.format'],
    operations: GET,
  },
  {
    name: 'a text longer than its limit',
    alter: body('POST', isList, (value) => ({ ...value, nickname: 'n'.repeat(31) })),
    found: ['response.body.length'],
    operations: CREATE,
  },
  {
    name: 'a text against its pattern',
    alter: body('POST', isList, (value) => ({ ...value, code: 'abc' })),
    found: ['response.body.pattern'],
    operations: CREATE,
  },
  {
    name: 'a number out of range',
    alter: body('POST', isList, (value) => ({ ...value, age: 151 })),
    found: ['response.body.range'],
    operations: CREATE,
  },
  {
    name: 'a list that is no list',
    alter: body('GET', isList, (value) => ({ ...value, value: {} })),
    found: ['provider.item.lost', 'response.body.type'],
    operations: ['listCustomers', 'createCustomer'],
  },
  {
    name: 'JSON that breaks off',
    alter: answers(
      (asked, given) => is(asked, 'GET', isItem) && isDone(given),
      (given) => ({ ...given, body: given.body.slice(0, -1) }),
    ),
    found: ['response.body.malformed'],
    operations: GET,
  },
  {
    name: 'no body where there must be one',
    alter: answers(
      (asked, given) => is(asked, 'GET', isItem) && given.status === 404,
      (given) => ({ ...given, body: '' }),
    ),
    found: ['response.body.required'],
    operations: GET,
  },
  {
    name: 'another content type',
    alter: answers(
      (asked) => is(asked, 'GET', isList),
      (given) => withHeader(given, 'content-type', 'text/html'),
    ),
    found: ['response.body.mediaType'],
    operations: ['listCustomers'],
    isReading: true,
  },
  {
    name: 'a charset that nobody knows',
    alter: answers(
      (asked) => is(asked, 'GET', isList),
      (given) => withHeader(given, 'content-type', 'application/json; charset=klingon'),
    ),
    found: ['response.body.mediaType'],
    operations: ['listCustomers'],
    isReading: true,
  },
  {
    name: 'a header missing that is required',
    alter: answers(
      (asked) => is(asked, 'POST', isList),
      (given) => withoutHeader(given, 'etag'),
    ),
    found: ['response.header.required'],
    operations: CREATE,
  },
  {
    name: 'a header with a value that it may not have',
    alter: answers(
      (asked, given) => is(asked, 'POST', isList) && isDone(given),
      (given) => withHeader(given, 'etag', '"'),
    ),
    found: ['response.header.length'],
    operations: CREATE,
  },
  {
    name: '200 for 201',
    alter: answers(
      (asked, given) => is(asked, 'POST', isList) && given.status === 201,
      (given) => ({ ...given, status: 200 }),
    ),
    found: ['response.status.undeclared'],
    operations: CREATE,
  },
  {
    name: 'a status of its own for bad requests',
    alter: answers(
      (_, { status }) => status === 400,
      (given) => ({ ...given, status: 418 }),
    ),
    found: ['response.status.undeclared'],
    operations: CREATE,
  },
  {
    name: 'a failure of another form',
    alter: answers(
      (_, { status }) => status === 400,
      (given) => ({ ...given, body: '{"error":"no"}' }),
    ),
    found: ['response.body.required'],
    operations: CREATE,
  },
];
