import type { Judged, KnownDifference, Reason } from './difference.ts';
import { givenParameter } from './given.ts';
import type { Keywords } from './leaf.ts';
import { itemsOf, ofParameter, parameterExample } from './parameter-reason.ts';
import { ofSchema, placeOf } from './schema-reason.ts';

/** The texts in which a parameter, or a form, has its values. */
function textsBehind(reason: Reason, judged: Judged): readonly string[] {
  const given = givenParameter(reason, judged);
  if (given) return itemsOf(given);
  const isForm = (judged.sent.headers['content-type'] ?? '').includes('x-www-form-urlencoded');
  if (placeOf(reason) !== 'body' || !isForm) return [];
  return [...new URLSearchParams(judged.sent.body ?? '').values()].flatMap((text) => [
    text,
    ...text.split(/[,| ]/),
  ]);
}

/** A number as JavaScript reads it and JSON does not write it. */
function isLooseNumber(text: string): boolean {
  if (text === '' || Number.isNaN(Number(text))) return false;
  return !/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text);
}

/** Tells whether a schema says values or limits, and no type. */
function hasOnlyValues({ type, ...keywords }: Keywords): boolean {
  const limits = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'];
  return type === undefined && ['enum', 'const', ...limits].some((name) => name in keywords);
}

/** How stock Prism makes values of texts otherwise. */
export const KNOWN_IN_TEXTS: readonly KnownDifference[] = [
  {
    id: 'numbers of JavaScript',
    reason:
      'A number is written as JSON writes it (OpenAPI 3.1.1, appendix B: as the schema has it); Prism takes all that `Number()` takes: `+1`, `05`, `0x5`, `Infinity`.',
    explains: (reason, judged) =>
      reason.kind === 'finding' && textsBehind(reason, judged).some(isLooseNumber),
    examples: ['+1', '05', '0x5', '5.', '.5e1', 'Infinity'].map((text) =>
      parameterExample(
        { schema: { type: 'integer' } },
        `p=${encodeURIComponent(text)}`,
        'accepted',
        'request.query.type',
      ),
    ),
  },
  {
    id: 'the text null',
    reason:
      'How null is written is left to the implementation (OpenAPI 3.1.1, appendix B); Prism reads the empty text as null, we the word as well.',
    explains: (reason, judged) =>
      reason.kind === 'violation' && textsBehind(reason, judged).includes('null'),
    examples: [parameterExample({ schema: { type: ['integer', 'null'] } }, 'p=null', 'rejected')],
  },
  {
    id: 'values without type',
    reason:
      'A schema whose `enum`, `const` or limits are numbers is one of numbers, though it says no `type` (JSON Schema Validation 2020-12, 6.1.2): the text 5 is then the number; Prism compares the text.',
    explains: (reason, judged) =>
      textsBehind(reason, judged).length > 0 &&
      ofSchema({
        problems: ['range'],
        codes: ['enum', 'const'],
        has: hasOnlyValues,
      })(reason, judged),
    examples: [
      parameterExample({ schema: { enum: [1, 2] } }, 'p=1', 'rejected'),
      parameterExample({ schema: { minimum: 3 } }, 'p=2', 'accepted', 'request.query.range'),
    ],
  },
  {
    id: 'a value for each alternative',
    reason:
      'A value has one type while all alternatives judge it (JSON Schema 2020-12, 10.2.1.3); Prism makes a number of it for one alternative and a text for the next, so that both take it.',
    explains: (reason, judged) =>
      textsBehind(reason, judged).length > 0 &&
      ofSchema({
        problems: ['alternatives'],
        has: (schema) => 'oneOf' in schema || 'anyOf' in schema,
      })(reason, judged),
    examples: [
      parameterExample(
        { schema: { oneOf: [{ type: 'integer' }, { type: 'string' }] } },
        'p=5',
        'rejected',
      ),
    ],
  },
  {
    id: 'layouts behind other keywords',
    reason:
      'A schema that is an array or object by `allOf`, or by one of several types, is written as one (OpenAPI 3.1.1, Style Examples); Prism looks at a `type` of one name only, and takes all else for one text.',
    explains: ofParameter(({ schema: { type, nullable }, layout, inside }, { kind }) => {
      if (layout === 'primitive' || (kind === 'violation' && inside.length > 0)) return false;
      return type !== layout || nullable === true;
    }),
    examples: [
      parameterExample({ explode: true, schema: { type: ['array', 'null'] } }, 'p=1', 'rejected'),
      parameterExample(
        { explode: false, schema: { allOf: [{ type: 'array' }] } },
        'p=1,2',
        'rejected',
      ),
    ],
  },
];
