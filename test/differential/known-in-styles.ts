import type { KnownDifference } from './difference.ts';
import { ofParameter, parameterExample } from './parameter-reason.ts';
import { schemaOf } from './schema-walk.ts';

const integer = { type: 'integer' };
const integers = { type: 'array', items: integer };
const texts = { type: 'array', items: { type: 'string', enum: ['a', 'b'] } };
const object = { type: 'object', required: ['x'], properties: { x: integer } };

/** How stock Prism reads the styles of parameters otherwise. */
export const KNOWN_IN_STYLES: readonly KnownDifference[] = [
  {
    id: 'explode is not assumed',
    reason:
      'Without `explode`, the style `form` is exploded (OpenAPI 3.1.1, Fixed Fields for use with `schema`); Prism takes it for not exploded.',
    explains: ofParameter(
      (given) =>
        given.style === 'form' && given.explode === undefined && given.layout !== 'primitive',
    ),
    examples: [
      parameterExample({ schema: integers }, 'p=x&p=2', 'accepted', 'request.query.type'),
      parameterExample({ schema: integers }, 'p=1,2', 'accepted', 'request.query.type'),
      parameterExample(
        { schema: { ...texts, maxItems: 1 } },
        'p=a&p=b',
        'accepted',
        'request.query.items',
      ),
      parameterExample({ required: true, schema: object }, 'x=1', 'rejected'),
    ],
  },
  {
    id: 'encoded delimiters delimit',
    reason:
      'An encoded delimiter is data (RFC 3986, 2.2): a value is split first and decoded then; Prism decodes first. Only a comma in a list of the query separates where its items may hold none.',
    explains: ofParameter(({ layout, style, isExploded, texts: list }) => {
      const delimiters = [
        ...(style === 'label' && isExploded ? ['2e'] : ['2c']),
        ...(style === 'matrix' ? ['3b'] : []),
        ...(layout === 'object' && isExploded ? ['3d'] : []),
      ];
      const encoded = new RegExp(`%(?:${delimiters.join('|')})`, 'i');
      return layout !== 'primitive' && list.some((text) => encoded.test(text));
    }),
    examples: [
      parameterExample(
        { in: 'path', style: 'simple', schema: integers },
        '1%2C2',
        'accepted',
        'request.path.type',
      ),
      parameterExample(
        {
          in: 'path',
          style: 'label',
          explode: true,
          schema: { type: 'array', items: { const: 0.5 } },
        },
        '.0%2E5',
        'rejected',
      ),
    ],
  },
  {
    id: 'encoded spaces do not delimit',
    reason:
      'A `spaceDelimited` list is split at `%20` (OpenAPI 3.1.1, Style Examples); Prism looks for the three characters behind the decoding.',
    explains: ofParameter(
      ({ style, explode, texts: list }) =>
        style === 'spaceDelimited' && explode !== true && list.some((text) => /%20|\+/.test(text)),
    ),
    examples: [
      parameterExample(
        { style: 'spaceDelimited', explode: false, schema: integers },
        'p=1%202',
        'rejected',
      ),
      parameterExample(
        { style: 'spaceDelimited', explode: false, schema: { ...texts, items: {}, maxItems: 1 } },
        'p=a%20b',
        'accepted',
        'request.query.items',
      ),
    ],
  },
  {
    id: 'an absent object is there',
    reason:
      'An object none of whose members is sent is not there (RFC 6570, 2.3: undefined); Prism takes it for an empty one.',
    explains: ofParameter(
      ({ style, isExploded, layout, inside }) =>
        layout === 'object' &&
        inside.length === 0 &&
        (style === 'deepObject' || (style === 'form' && isExploded)),
    ),
    examples: [
      parameterExample({ style: 'deepObject', schema: object }, 'q=1', 'rejected'),
      parameterExample({ explode: true, schema: object }, 'q=1', 'rejected'),
      parameterExample(
        { style: 'deepObject', required: true, schema: { type: 'object' } },
        'q=1',
        'accepted',
        'request.query.required',
      ),
    ],
  },
  {
    id: 'an absent list has an item',
    reason:
      'A list that is not sent is not there; where a delimited one is exploded, Prism makes a list of one `undefined` of it.',
    explains: ofParameter(
      ({ style, isExploded, texts: list }) =>
        style.endsWith('Delimited') && isExploded && list.length === 0,
    ),
    examples: [
      parameterExample(
        { style: 'pipeDelimited', explode: true, schema: integers },
        'q=1',
        'rejected',
      ),
      parameterExample(
        { style: 'pipeDelimited', explode: true, required: true, schema: { type: 'array' } },
        'q=1',
        'accepted',
        'request.query.required',
      ),
    ],
  },
  {
    id: 'an absent list of a header is fatal',
    reason:
      'A header that may be missing may be missing (OpenAPI 3.1.1, Parameter Object: `required` is false); where its schema is of an array or object, Prism throws where nobody catches.',
    explains: (reason) =>
      reason.kind === 'crash' && /of undefined \(reading 'split'\)/.test(reason.reason),
    examples: [
      {
        operation: { parameters: [{ name: 'X', in: 'header', schema: integers }] },
        prism: 'crashed',
        ours: [],
      },
    ],
  },
  {
    id: 'members that are not declared are lost',
    reason:
      'Members of an object that `properties` does not name are held to `additionalProperties` (JSON Schema 2020-12, 10.3.2.3); Prism collects the named ones only.',
    explains: ofParameter(({ schema, style, inside, isExploded, layout }, { kind }) => {
      const isCollected = style === 'deepObject' || (style === 'form' && isExploded);
      const [name = ''] = inside;
      return (
        kind === 'finding' &&
        isCollected &&
        layout === 'object' &&
        !Object.hasOwn(schemaOf(schema['properties']), name)
      );
    }),
    examples: [
      parameterExample(
        { style: 'deepObject', schema: { type: 'object', additionalProperties: integer } },
        'p[x]=x',
        'accepted',
        'request.query.type',
      ),
    ],
  },
  {
    id: 'bad writing of objects',
    reason:
      'A text that is not written in the style of its object cannot be read (OpenAPI 3.1.1, Style Examples); Prism reads what it can and lets the rest be.',
    explains: ofParameter(
      ({ layout }, reason) =>
        reason.kind === 'finding' &&
        layout === 'object' &&
        reason.finding.code.endsWith('.malformed'),
    ),
    examples: [
      parameterExample(
        { style: 'deepObject', schema: { type: 'object' } },
        'p=x',
        'accepted',
        'request.query.malformed',
      ),
      parameterExample(
        { explode: false, schema: { type: 'object' } },
        'p=x',
        'accepted',
        'request.query.malformed',
      ),
      parameterExample(
        { in: 'header', schema: { type: 'object' } },
        'x',
        'accepted',
        'request.header.malformed',
      ),
    ],
  },
  {
    id: 'spaces in lists of headers',
    reason:
      'Space around the commas of a header is no part of its items (RFC 9110, 5.6.1); Prism leaves it in them.',
    explains: ofParameter(
      ({ in: place, texts: list }) =>
        place === 'header' && list.some((text) => /\s,|,\s/.test(text)),
    ),
    examples: [parameterExample({ in: 'header', schema: texts }, 'a, b', 'rejected')],
  },
];
