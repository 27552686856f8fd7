import type { KnownDifference } from './difference.ts';
import { ofParameter, parameterExample } from './parameter-reason.ts';
import { schemaOf } from './schema-walk.ts';

const integer = { type: 'integer' };
const integers = { type: 'array', items: integer };

/** How stock Prism reads parameters otherwise. */
export const KNOWN_IN_PARAMETERS: readonly KnownDifference[] = [
  {
    id: 'cookies are not read',
    reason:
      'A cookie parameter is a parameter like any other (OpenAPI 3.1.1, Parameter Locations); Prism looks at none.',
    explains: ({ kind, ...reason }) =>
      kind === 'finding' &&
      'finding' in reason &&
      reason.finding.code.startsWith('request.cookie.'),
    examples: [
      parameterExample({ in: 'cookie', schema: integer }, 'p=x', 'accepted', 'request.cookie.type'),
      parameterExample(
        { in: 'cookie', required: true },
        'q=1',
        'accepted',
        'request.cookie.required',
      ),
    ],
  },
  {
    id: 'content is not read',
    reason:
      'A parameter with `content` is a text of that media type, held to its schema (OpenAPI 3.1.1, Fixed Fields for use with `content`); Prism lets any text pass.',
    explains: ofParameter(
      ({ object: { content } }, { kind }) => kind === 'finding' && content !== undefined,
    ),
    examples: [
      parameterExample(
        { content: { 'application/json': { schema: integer } } },
        'p=x',
        'accepted',
        'request.query.malformed',
      ),
    ],
  },
  {
    id: 'empty is absent',
    reason:
      'A name with nothing behind it is there, and its value is the empty string (RFC 6570, 2.3 and 3.2.8); Prism takes it for missing.',
    explains: ofParameter(
      ({ texts: list }) => list.length > 0 && list.every((text) => /^(?:|\.|;[^=]*=?)$/.test(text)),
    ),
    examples: [
      parameterExample({ schema: integer }, 'p=', 'accepted', 'request.query.type'),
      parameterExample({ required: true, schema: { type: 'string' } }, 'p=', 'rejected'),
      parameterExample({ required: true, allowEmptyValue: true, schema: integer }, 'p', 'rejected'),
      parameterExample({ in: 'header', schema: integer }, '', 'accepted', 'request.header.type'),
    ],
  },
  {
    id: 'the last value wins',
    reason:
      'What is not exploded travels in one value (RFC 6570, 3.2.8); of several, Prism takes the last, or all as a list where the schema says no type.',
    explains: ofParameter(({ texts: list }, { kind }) => kind === 'finding' && list.length > 1),
    examples: [
      parameterExample(
        { schema: { minimum: 1 } },
        'p=1&p=2',
        'accepted',
        'request.query.malformed',
      ),
      parameterExample(
        { explode: false, schema: integers },
        'p=x&p=2',
        'accepted',
        'request.query.malformed',
      ),
    ],
  },
  {
    id: 'names of queries in any case',
    reason:
      'Names of query parameters are case-sensitive (RFC 3986, 6.2.2.1); Prism compares them in lower case, and so loses members of objects whose names have capitals.',
    explains: ofParameter(({ in: place, names, name, schema, layout }) => {
      if (place !== 'query') return false;
      const members = Object.keys(schemaOf(schema['properties']));
      const known = [name, ...members, ...members.map((member) => `${name}[${member}]`)];
      const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
      if (names.some((sent) => !known.includes(sent) && known.some((one) => isSame(one, sent))))
        return true;
      return layout === 'object' && members.some((member) => member !== member.toLowerCase());
    }),
    examples: [
      parameterExample(
        { required: true, schema: integer },
        'P=1',
        'accepted',
        'request.query.required',
      ),
      parameterExample({ schema: integer }, 'P=x', 'rejected'),
      parameterExample(
        {
          style: 'deepObject',
          schema: { properties: { X: integer }, required: ['X'], type: 'object' },
        },
        'p[X]=1',
        'rejected',
      ),
      parameterExample(
        { explode: true, schema: { properties: { X: integer }, type: 'object' } },
        'X=x',
        'accepted',
        'request.query.type',
      ),
    ],
  },
  {
    id: 'broken percent-encoding in queries',
    reason:
      'A `%` that no two hexadecimal digits follow is no percent-encoding (RFC 3986, 2.1); Prism takes it as it stands.',
    explains: ({ kind, ...reason }) =>
      kind === 'finding' &&
      'finding' in reason &&
      reason.finding.code === 'request.query.malformed' &&
      /percent-enc/.test(reason.finding.message),
    examples: [
      parameterExample(
        { schema: { type: 'string' } },
        'p=%zz',
        'accepted',
        'request.query.malformed',
      ),
    ],
  },
  {
    id: 'headers that others describe',
    reason:
      'Header parameters called Accept, Content-Type or Authorization are ignored (OpenAPI 3.1.1, Parameter Object); Prism judges them.',
    explains: ofParameter(
      ({ name, in: place }, { kind }) =>
        kind === 'violation' &&
        place === 'header' &&
        /^(?:accept|content-type|authorization)$/i.test(name),
    ),
    examples: [
      {
        operation: {
          parameters: [{ name: 'Accept', in: 'header', required: true, schema: integer }],
        },
        prism: 'rejected',
        ours: [],
      },
    ],
  },
];
