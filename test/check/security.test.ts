import { expect, test } from 'vitest';
import { toRequestMessage } from '../../src/check/exchange.ts';
import { challengesOf, checkSecurity } from '../../src/check/security.ts';
import type { Finding } from '../../src/finding.ts';
import { readSpec } from '../../src/spec/load.ts';
import { operationById } from '../../src/spec/operation.ts';

const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer' },
  basic: { type: 'http', scheme: 'Basic' },
  custom: { type: 'http', scheme: 'X-Custom' },
  oauth: { type: 'oauth2', flows: {} },
  oidc: { type: 'openIdConnect', openIdConnectUrl: 'https://example.com' },
  header: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
  query: { type: 'apiKey', in: 'query', name: 'api key' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'sid' },
  tls: { type: 'mutualTLS' },
  referred: { $ref: '#/components/securitySchemes/bearer' },
  strange: { type: 'x-strange' },
  nowhere: { type: 'apiKey', in: 'body', name: 'k' },
  placeless: { type: 'apiKey', name: 'k' },
  nameless: { type: 'apiKey', in: 'query' },
  schemeless: { type: 'http' },
};

interface Sent {
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function operationWith(security: unknown, rest: object = {}) {
  const operation = security === undefined ? {} : { security };
  const paths = { '/': { get: { operationId: 'get', ...operation } } };
  const spec = await readSpec({
    openapi: '3.1.0',
    paths,
    components: { securitySchemes },
    ...rest,
  });
  return { spec, operation: operationById(spec, 'get') };
}

async function findingsFor(security: unknown, sent: Sent, rest: object = {}) {
  const { spec, operation } = await operationWith(security, rest);
  const { url = '/', headers = {} } = sent;
  return checkSecurity(spec, operation, await toRequestMessage({ method: 'GET', url, headers }));
}

const authorization = (value: string): Sent => ({ headers: { authorization: value } });

test.for<[security: unknown, sent: Sent]>([
  [undefined, {}],
  [[], {}],
  [[{}], {}],
  [[{ bearer: [] }, {}], {}],
  [[{ bearer: [] }], authorization('Bearer token')],
  [[{ bearer: [] }], authorization('bearer token')],
  [[{ bearer: [] }], authorization('BEARER  token')],
  [[{ referred: [] }], authorization('Bearer token')],
  [[{ basic: [] }], authorization('basic dTpw')],
  [[{ custom: [] }], authorization('x-custom a=1, b=2')],
  [[{ oauth: ['read'] }], authorization('Bearer token')],
  [[{ oidc: [] }], authorization('Bearer token')],
  [[{ bearer: [] }, { basic: [] }], authorization('Basic dTpw')],
  [[{ tls: [] }], {}],
  [[{ tls: [], header: [] }], { headers: { 'x-api-key': 'k' } }],
  [[{ header: [] }], { headers: { 'X-API-KEY': 'k' } }],
  [[{ query: [] }], { url: '/?a=b&api%20key=k' }],
  [[{ query: [] }], { url: '/?api+key=%zz' }],
  [[{ cookie: [] }], { headers: { cookie: 'a=b; sid="k=="' } }],
  [[{ cookie: [], query: [] }], { url: '/?api+key=k', headers: { cookie: 'sid=k' } }],
  [[null], {}],
])('is satisfied: %j by %j', async ([security, sent]) => {
  expect(await findingsFor(security, sent)).toEqual([]);
});

const TOKEN = 'The request must carry a Bearer token in the header `authorization`';

test.for<[security: unknown, sent: Sent, message: string]>([
  [[{ bearer: [] }], {}, `${TOKEN}: there is no \`authorization\`.`],
  [[{ oauth: [] }], authorization(''), `${TOKEN}: \`authorization\` is empty.`],
  [
    [{ bearer: [] }],
    authorization('Bearer '),
    `${TOKEN}: \`authorization\` names Bearer and nothing more.`,
  ],
  [
    [{ bearer: [] }],
    authorization('Basic c2VjcmV0'),
    `${TOKEN}: \`authorization\` has Basic credentials.`,
  ],
  [[{ bearer: [] }], authorization('secret'), `${TOKEN}: \`authorization\` names no known scheme.`],
  [
    [{ bearer: [] }],
    authorization('se cret'),
    `${TOKEN}: \`authorization\` names no known scheme.`,
  ],
  [
    [{ bearer: [] }],
    authorization('Bearersecret'),
    `${TOKEN}: \`authorization\` names no known scheme.`,
  ],
  [
    [{ custom: [] }],
    authorization('x-custom'),
    'The request must carry X-Custom credentials in the header `authorization`: `authorization` names X-Custom and nothing more.',
  ],
  [
    [{ header: [] }],
    {},
    'The request must carry an API key in the header `x-api-key`: there is no `x-api-key`.',
  ],
  [
    [{ query: [] }],
    { url: '/?api+key=' },
    'The request must carry an API key in the query parameter `api key`: `api key` is empty.',
  ],
  [
    [{ cookie: [] }],
    { headers: { cookie: 'side=secret; xsid=secret' } },
    'The request must carry an API key in the cookie `sid`: there is no `sid`.',
  ],
  [
    [{ bearer: [], header: [] }],
    { headers: { 'x-api-key': 'secret' } },
    `${TOKEN} and an API key in the header \`x-api-key\`: there is no \`authorization\`, \`x-api-key\` is given.`,
  ],
  [
    [{ bearer: [] }, { header: [], query: [] }],
    {},
    `${TOKEN}, or an API key in the header \`x-api-key\` and an API key in the query parameter \`api key\`: there is no \`authorization\`, there is no \`x-api-key\`, there is no \`api key\`.`,
  ],
])('is not satisfied: %j by %j', async ([security, sent, message]) => {
  const findings = await findingsFor(security, sent);
  expect(findings.map((finding) => finding.message)).toEqual([message]);
  expect(JSON.stringify(findings)).not.toMatch(/secret|c2VjcmV0/);
});

test('says where, what is expected, and what is there without repeating it', async () => {
  const [finding] = await findingsFor([{ bearer: [] }], authorization('Basic c2VjcmV0'));
  expect(finding).toEqual<Finding>({
    code: 'request.security.missing',
    severity: 'error',
    message: `${TOKEN}: \`authorization\` has Basic credentials.`,
    at: 'authorization',
    spec: { file: '(inline)', line: 8, column: 11, pointer: '/paths/~1/get/security/0' },
    expected: ['a Bearer token in the header `authorization`'],
    actual: '`authorization` has Basic credentials',
  });
});

test('points at the credential of the alternative that lacks the least', async () => {
  const security = [
    { bearer: [], header: [] },
    { query: [], cookie: [] },
  ];
  const [finding] = await findingsFor(security, { url: '/?api+key=k' });
  expect(finding).toMatchObject({ at: 'sid', spec: { pointer: '/paths/~1/get/security' } });
});

test('takes the requirements of the document where the operation has none', async () => {
  const security = [{ header: [] }];
  expect(await findingsFor(undefined, {}, { security })).toMatchObject([
    { at: 'x-api-key', spec: { pointer: '/security/0' } },
  ]);
  expect(await findingsFor([], {}, { security })).toEqual([]);
  expect(await findingsFor([{ bearer: [] }], authorization('Bearer t'), { security })).toEqual([]);
});

test.for([
  [
    'unknown',
    'SPEC_REF_UNRESOLVED',
    'Failed to find the security scheme "unknown" of (inline):10:13: components.securitySchemes has bearer, basic,',
  ],
  ['__proto__', 'SPEC_REF_UNRESOLVED', 'Failed to find the security scheme "__proto__"'],
  ['strange', 'SPEC_MALFORMED', 'its "type" is "x-strange"'],
  ['nowhere', 'SPEC_MALFORMED', 'its "in" is "body"'],
  ['placeless', 'SPEC_MALFORMED', 'its "in" is null'],
  ['nameless', 'SPEC_MALFORMED', 'it has no "name"'],
  ['schemeless', 'SPEC_MALFORMED', 'it has no "scheme"'],
] as const)('cannot judge by the scheme %s', async ([name, code, message]) => {
  const requirement = JSON.parse(`{"${name}": []}`);
  await expect(findingsFor([{}, requirement], {})).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message),
  });
});

test('says so when the document has no security schemes at all', async () => {
  await expect(findingsFor([{ bearer: [] }], {}, { components: {} })).rejects.toThrow(
    'components.securitySchemes has none.',
  );
});

test('challenges for each scheme once', async () => {
  const security = [{ bearer: [] }, { oauth: [], tls: [] }, { basic: [], header: [] }, {}];
  const { spec, operation } = await operationWith(security, { info: { title: 'My "API"\n' } });
  expect(challengesOf(spec, operation)).toEqual([
    'Bearer realm="My API"',
    'Basic realm="My API"',
    'ApiKey realm="My API"',
  ]);
});

test('challenges for nothing where nothing is demanded', async () => {
  const { spec, operation } = await operationWith(undefined);
  expect(challengesOf(spec, operation)).toEqual([]);
});

test('calls the realm api where the document has no title to give it', async () => {
  const { spec, operation } = await operationWith([{ bearer: [] }], { info: { title: '日本' } });
  expect(challengesOf(spec, operation)).toEqual(['Bearer realm="api"']);
});
