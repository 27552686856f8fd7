import fc from 'fast-check';
import type { Keywords } from './leaf.ts';
import type { Part, Piece } from './part.ts';

/** The security schemes that documents have, whatever they use of them. */
export const SCHEMES: Readonly<Record<string, Keywords>> = {
  bearer: { type: 'http', scheme: 'bearer' },
  basic: { type: 'http', scheme: 'Basic' },
  digest: { type: 'http', scheme: 'digest' },
  hoba: { type: 'http', scheme: 'hoba' },
  oauth: { type: 'oauth2', flows: {} },
  connect: { type: 'openIdConnect', openIdConnectUrl: 'https://example.com/connect' },
  header: { type: 'apiKey', in: 'header', name: 'X-Key' },
  query: { type: 'apiKey', in: 'query', name: 'api_key' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'sid' },
};

/** What satisfies a scheme, what looks like it and does not, and what may be either. */
interface Credentials {
  readonly good: readonly Piece[];
  readonly bad: readonly Piece[];
  readonly odd: readonly Piece[];
}

const TOKEN: Credentials = {
  good: [authorization('Bearer abc.def'), authorization('bearer abc')],
  bad: [
    authorization('Bearer'),
    authorization('Bearer '),
    authorization('Basic YTpi'),
    authorization('abc'),
  ],
  odd: [authorization('Bearer  abc'), authorization('BEARER\tabc')],
};

const CREDENTIALS: Readonly<Record<string, Credentials>> = {
  bearer: TOKEN,
  oauth: TOKEN,
  connect: TOKEN,
  basic: {
    good: [
      authorization('Basic YTpi'),
      authorization('basic YTpi'),
      authorization('Basic YTpiOmM='),
    ],
    bad: [authorization('Basic'), authorization('Bearer YTpi')],
    odd: [authorization('Basic YQ=='), authorization('Basic !')],
  },
  digest: {
    good: [
      authorization('Digest username="a", realm="b", nonce="c", uri="/", response="d"'),
      authorization('Digest username=a, realm="b", nonce="c", uri="/", response="d"'),
    ],
    bad: [authorization('Basic YTpi')],
    odd: [authorization('Digest abc')],
  },
  hoba: {
    good: [authorization('HOBA result="a"')],
    bad: [authorization('Bearer abc')],
    odd: [authorization('hoba')],
  },
  header: {
    good: [{ headers: { 'x-key': 'abc' } }],
    bad: [{ headers: { 'x-key': '' } }, { headers: { 'x-keys': 'abc' } }],
    odd: [{ headers: { 'x-key': ' ' } }],
  },
  query: {
    good: [{ query: 'api_key=abc' }],
    bad: [{ query: 'api_key=' }, { query: 'api_keys=abc' }],
    odd: [{ query: 'API_KEY=abc' }, { query: 'api_key=abc&api_key=abc' }, { query: 'api_key=%zz' }],
  },
  cookie: {
    good: [{ cookie: 'sid=abc' }, { cookie: 'other=1; sid=abc' }],
    bad: [{ cookie: 'sid=' }, { cookie: 'xsid=abc' }, { cookie: 'SID=abc' }],
    odd: [{ cookie: 'sid=""' }, { cookie: 'other=sid=abc' }],
  },
};

function authorization(value: string): Piece {
  return { headers: { authorization: value } };
}

/** A requirement of one or two alternatives, of one or two schemes each. */
export function securityPart(): fc.Arbitrary<Part> {
  const names = fc.constantFrom(...Object.keys(SCHEMES));
  const pairs = fc.constantFrom(
    ['header', 'bearer'],
    ['query', 'cookie'],
    ['basic', 'cookie'],
    ['hoba', 'header'],
  );
  const alternative = fc.oneof(
    { weight: 3, arbitrary: names.map((name) => [name]) },
    { weight: 1, arbitrary: pairs },
  );
  return fc
    .tuple(alternative, fc.option(fc.oneof(alternative, fc.constant([]))))
    .map(([one, two]) => {
      const alternatives = two ? [one, two] : [one];
      const needed = alternatives.map((list) => list.map((name) => CREDENTIALS[name] ?? TOKEN));
      const valid = needed.flatMap((list) => product(list.map(({ good }) => good)));
      const missing = needed.flatMap((list) =>
        list.flatMap((_, index) => product(list.toSpliced(index, 1).map(({ good }) => good))),
      );
      const bad = needed.flat().flatMap((credentials) => credentials.bad);
      const odd = needed.flat().flatMap((credentials) => credentials.odd);
      const isOptional = two?.length === 0;
      // Of two alternatives, what is wrong for one may be right for the other.
      const isSure = alternatives.length === 1 && one.length === 1;
      return {
        operation: {
          security: alternatives.map((list) => Object.fromEntries(list.map((name) => [name, []]))),
        },
        valid: isOptional ? [...valid, {}] : valid,
        mistakes: isOptional ? [] : [{}, ...(two ? [] : missing), ...(isSure ? bad : [])],
        odd: isSure ? odd : [...odd, ...bad, ...(two ? missing : [])],
      };
    });
}

/** One of each list, joined. */
function product(lists: readonly (readonly Piece[])[]): readonly Piece[] {
  return lists.reduce<readonly Piece[]>(
    (joined, list) => joined.flatMap((one) => list.map((other) => join(one, other))),
    [{}],
  );
}

/** Two pieces in one. */
export function join(one: Piece, other: Piece): Piece {
  const query = [one.query, other.query].filter((text) => text !== undefined).join('&');
  const cookie = [one.cookie, other.cookie].filter((text) => text !== undefined).join('; ');
  return {
    ...one,
    ...other,
    headers: { ...one.headers, ...other.headers },
    ...(query === '' ? {} : { query }),
    ...(cookie === '' ? {} : { cookie }),
  };
}
