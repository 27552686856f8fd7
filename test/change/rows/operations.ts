import { json, type Row, row } from '../row.ts';

/** Credentials. */
export const security: readonly Row[] = [
  row(
    'security: another alternative',
    'safe',
    ({ get }) => get.security.push({ key: [] }),
    ({ get }) => {
      get.security = [{ token: [] }];
    },
  ),
  row(
    'security: alternative gone',
    'breaking',
    ({ get }) => get.security.pop(),
    ({ get }) => {
      get.security = [{ token: [] }, { key: [] }];
    },
  ),
  row(
    'security: both at once',
    'breaking',
    ({ get }) => {
      get.security = [{ token: [], key: [] }];
    },
    ({ get }) => {
      get.security = [{ token: [] }];
    },
  ),
  row(
    'security: a scope more',
    'breaking',
    ({ get }) => {
      get.security = [{ token: ['write'] }];
    },
    ({ get }) => {
      get.security = [{ token: [] }];
    },
  ),
  row(
    'security: optional now',
    'safe',
    ({ get }) => get.security.push({}),
    ({ get }) => {
      get.security = [{ token: [] }];
    },
  ),
];

/** Servers, paths and callbacks. */
export const operations: readonly Row[] = [
  row(
    'server: another base path',
    'breaking',
    ({ get }) => {
      get.servers = [{ url: 'https://api.example.com/v2' }];
    },
    ({ get }) => {
      get.servers = [{ url: 'https://api.example.com/v1' }];
    },
  ),
  row(
    'server: another host',
    'dangerous',
    ({ get }) => {
      get.servers = [{ url: 'https://b.example.com/v1' }];
    },
    ({ get }) => {
      get.servers = [{ url: 'https://a.example.com/v1' }];
    },
  ),
  row(
    'server: one more',
    'safe',
    ({ get }) => get.servers.push({ url: 'https://b.example.com/v1' }),
    ({ get }) => {
      get.servers = [{ url: 'https://a.example.com/v1' }];
    },
  ),
  row('a path takes requests of another one', 'dangerous', ({ paths, index }) => {
    paths[`/row-${index}/mine`] = { get: { operationId: `mine-${index}`, responses: {} } };
  }),
  row(
    'callback: body gets a required property',
    'safe',
    callback('body', true),
    callback('body', false),
  ),
  row(
    'callback: body loses a property',
    'breaking',
    callback('body', false),
    callback('body', true),
  ),
  row('callback: removed', 'breaking', ({ post }) => delete post.callbacks, callback('body', true)),
  row('callback: added', 'safe', callback('body', true)),
  row(
    'callback: the answer is another',
    'breaking',
    callback('answer', true),
    callback('answer', false),
  ),
];

/** A callback whose body, or the answer to it, has a property more. */
function callback(what: 'body' | 'answer', hasMore: boolean): Row['change'] {
  const schema = (isIt: boolean) => ({
    type: 'object',
    required: isIt && hasMore ? ['id', 'more'] : ['id'],
    properties: {
      id: { type: 'string' },
      ...(isIt && hasMore ? { more: { type: 'string' } } : {}),
    },
  });
  return ({ post }) => {
    post.callbacks = {
      done: {
        '{$request.body#/url}': {
          post: {
            requestBody: {
              required: true,
              content: { [json]: { schema: schema(what === 'body') } },
            },
            responses: {
              200: { description: '', content: { [json]: { schema: schema(what === 'answer') } } },
            },
          },
        },
      },
    };
  };
}
