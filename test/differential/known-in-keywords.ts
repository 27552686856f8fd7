import type { KnownDifference } from './difference.ts';
import type { Keywords } from './leaf.ts';
import { bodyExample, isAround, lastName, ofSchema, problemOf } from './schema-reason.ts';
import { along, schemaOf, tokensOf } from './schema-walk.ts';

const NEWER = [
  ...['prefixItems', 'dependentRequired', 'dependentSchemas', 'unevaluatedProperties'],
  ...['unevaluatedItems', 'minContains', 'maxContains'],
];

function isNewer(schema: Keywords): boolean {
  return NEWER.some((keyword) => keyword in schema);
}

function hasBooleans(schema: Keywords): boolean {
  const lists = [schema['allOf'], schema['anyOf'], schema['oneOf']];
  return lists.flat().some((part) => typeof part === 'boolean');
}

function hasReadOnly({ properties }: Keywords): boolean {
  return Object.values(schemaOf(properties)).some((one) => schemaOf(one)['readOnly'] === true);
}

function hasInherited({ properties, required }: Keywords): boolean {
  const names = [...Object.keys(schemaOf(properties)), required].flat();
  return names.some((name) => String(name) in Object.prototype);
}

const v30 = { openapi: '3.0.3' };
const integer = { type: 'integer' };

/** How stock Prism understands keywords otherwise. */
export const KNOWN_IN_KEYWORDS: readonly KnownDifference[] = [
  {
    id: 'keywords of 2020-12',
    reason:
      'Schemas of OpenAPI 3.1 are of JSON Schema 2020-12 (OpenAPI 3.1.1, Schema Object); Prism has them judged by draft 7, which does not know its newer keywords, and applies `items` to the items of `prefixItems`.',
    explains: (reason, judged) => {
      if (ofSchema({ problems: ['items'], codes: ['contains'], has: isNewer })(reason, judged))
        return true;
      if (reason.kind !== 'finding')
        return isAround(reason, judged, (schema) => 'prefixItems' in schema);
      return tokensOf(reason.finding.spec.pointer).some((token) => NEWER.includes(token));
    },
    examples: [
      bodyExample({ prefixItems: [integer] }, ['x'], 'accepted', ['request.body.type']),
      bodyExample({ prefixItems: [integer], items: false }, [1], 'rejected'),
      bodyExample({ dependentRequired: { a: ['b'] } }, { a: 1 }, 'accepted', [
        'request.body.required',
      ]),
      bodyExample({ dependentSchemas: { a: { required: ['b'] } } }, { a: 1 }, 'accepted', [
        'request.body.required',
      ]),
      bodyExample({ properties: { a: {} }, unevaluatedProperties: false }, { b: 1 }, 'accepted', [
        'request.body.unknown',
      ]),
      bodyExample({ contains: integer, minContains: 2 }, [1], 'accepted', ['request.body.items']),
      bodyExample({ contains: integer, minContains: 0 }, ['x'], 'rejected'),
    ],
  },
  {
    id: 'null beside an enum',
    reason:
      'An `enum` that does not list null refuses it, `nullable` or not (OpenAPI 3.0.4, Schema Object); Prism adds null to the list.',
    explains: ofSchema({
      problems: ['enum'],
      has: ({ nullable, enum: values }) => nullable === true && Array.isArray(values),
    }),
    examples: [
      bodyExample(
        { type: 'array', items: { type: 'string', nullable: true, enum: ['a'] } },
        [null],
        'accepted',
        ['request.body.enum'],
        v30,
      ),
    ],
  },
  {
    id: 'nullable in OpenAPI 3.1',
    reason:
      'OpenAPI 3.1 has no `nullable` (its schemas are of JSON Schema 2020-12, where an unknown keyword says nothing: 6.5); Prism goes by it.',
    explains: (reason, judged) =>
      String(judged.document['openapi']).startsWith('3.1') &&
      ofSchema({ problems: ['type'], has: ({ nullable }) => nullable === true })(reason, judged),
    examples: [
      bodyExample(
        { type: 'array', items: { type: 'string', nullable: true } },
        [null],
        'accepted',
        ['request.body.type'],
      ),
    ],
  },
  {
    id: 'multiples of decimals',
    reason:
      'A number is a multiple where the division gives a whole number (JSON Schema Validation 2020-12, 6.2.1): 19.99 is one of 0.01; Prism divides in binary.',
    explains: ofSchema({
      codes: ['multipleOf'],
      has: ({ multipleOf }) => Number(multipleOf) % 1 > 0,
    }),
    examples: [bodyExample({ multipleOf: 0.01 }, 19.99, 'rejected')],
  },
  {
    id: 'formats',
    reason:
      'A `date-time` has a "T", a full offset and any leap second of UTC (RFC 3339, 5.6 and 5.7), an IPv4 address no leading zeros, which some read as octal (JSON Schema Test Suite, optional/format/ipv4); Prism is laxer, and knows leap seconds of one offset only.',
    explains: ofSchema({
      problems: ['format'],
      codes: ['format'],
      has: ({ format }) => format === 'date-time' || format === 'ipv4',
    }),
    examples: [
      ...['2024-01-01 00:00:00Z', '2024-01-01T00:00:00+0100', '2024-01-01T23:59:60+01:00'].map(
        (text) =>
          bodyExample({ type: 'string', format: 'date-time' }, text, 'accepted', [
            'request.body.format',
          ]),
      ),
      bodyExample({ type: 'string', format: 'date-time' }, '2016-12-31T15:59:60-08:00', 'rejected'),
      bodyExample({ type: 'string', format: 'ipv4' }, '192.0.2.01', 'accepted', [
        'request.body.format',
      ]),
    ],
  },
  {
    id: 'large whole numbers',
    reason:
      'The format `int64` has 64 bits (OpenAPI Format Registry); Prism refuses what is beyond 53, but in schemas that it does not convert, such as those of `patternProperties`, it takes any whole number.',
    explains: ofSchema({
      problems: ['format'],
      codes: ['minimum', 'maximum'],
      has: ({ format }) => format === 'int64',
    }),
    examples: [
      bodyExample({ type: 'integer', format: 'int64' }, 9007199254740994, 'rejected'),
      bodyExample(
        { patternProperties: { a: { type: 'integer', format: 'int64' } } },
        { a: 1e30 },
        'accepted',
        ['request.body.format'],
      ),
    ],
  },
  {
    id: 'schemas of true and false',
    reason:
      'true and false are schemas (JSON Schema 2020-12, 4.3.2); Prism leaves them out of lists of schemas, and forgets one that stands for a whole body.',
    explains: (reason, judged) =>
      (reason.kind === 'finding' &&
        along(judged.document, reason.finding.spec.pointer).at(-1) === false) ||
      ofSchema({ problems: ['alternatives'], has: hasBooleans })(reason, judged),
    examples: [
      bodyExample({ oneOf: [true, integer] }, 'x', 'rejected'),
      bodyExample({ allOf: [false, integer] }, 1, 'accepted', ['request.body.forbidden']),
      bodyExample(false, 1, 'accepted', ['request.body.forbidden']),
    ],
  },
  {
    id: 'read-only properties',
    reason:
      'A request should not carry a `readOnly` property (OpenAPI 3.0.4, Schema Object), and need not where it is required; Prism lets it pass, and still asks for it where it lies inside alternatives.',
    explains: (reason, judged) => {
      if (problemOf(reason) === 'readOnly') return true;
      const isMissing = ({ properties }: Keywords) =>
        schemaOf(schemaOf(properties)[lastName(reason)])['readOnly'] === true;
      return (
        ofSchema({ codes: ['required'], has: isMissing })(reason, judged) ||
        ofSchema({ has: hasReadOnly })(reason, judged)
      );
    },
    examples: [
      bodyExample({ properties: { id: { readOnly: true } } }, { id: 1 }, 'accepted', [
        'request.body.readOnly',
      ]),
      bodyExample(
        { anyOf: [{ type: 'object', properties: { id: { readOnly: true } }, required: ['id'] }] },
        {},
        'rejected',
      ),
    ],
  },
  {
    id: 'names that every object has',
    reason:
      'A property is there where an object has it (JSON Schema Validation 2020-12, 6.5.3); Prism finds `toString` and its like in every object.',
    explains: (reason, judged) => {
      if (lastName(reason) in Object.prototype) return true;
      // Ajv calls the `toString` of what it compares.
      if (problemOf(reason) === 'items') return /"toString"/.test(judged.sent.body ?? '');
      return ofSchema({ has: hasInherited })(reason, judged);
    },
    examples: [
      bodyExample({ required: ['toString'] }, {}, 'accepted', ['request.body.required']),
      bodyExample({ uniqueItems: true }, [{ toString: 1 }, { toString: 1 }], 'accepted', [
        'request.body.items',
      ]),
      bodyExample({ properties: { toString: integer } }, {}, 'rejected'),
    ],
  },
];
