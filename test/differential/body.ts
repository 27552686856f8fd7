import fc from 'fast-check';
import { bodySchemas } from './body-schema.ts';
import { dice, leaves, textOf, type Version } from './leaf.ts';
import type { Part, Piece } from './part.ts';

const JSON_TYPE = 'application/json';

/** A request body of JSON, of text, or of nothing that the operation speaks of. */
export function bodyPart(version: Version): fc.Arbitrary<Part> {
  return fc.oneof(
    { weight: 8, arbitrary: jsonBodies(version) },
    { weight: 1, arbitrary: textBodies(version) },
    { weight: 1, arbitrary: fc.constant(NO_BODY) },
  );
}

/** The keys under `content`, the `Content-Type`s that fall under them, and some that do not. */
const MEDIA: readonly (readonly [
  key: string,
  fits: readonly string[],
  others: readonly string[],
])[] = [
  [JSON_TYPE, [JSON_TYPE, 'application/json; charset=utf-8', 'Application/JSON'], ['text/plain']],
  [JSON_TYPE, [JSON_TYPE], ['application/merge-patch+json', 'application/xml', 'nonsense']],
  ['application/vnd.api+json', ['application/vnd.api+json'], [JSON_TYPE, 'application/hal+json']],
  ['application/*', [JSON_TYPE, 'application/problem+json'], ['text/plain']],
  ['*/*', [JSON_TYPE], []],
];

function jsonBodies(version: Version): fc.Arbitrary<Part> {
  return fc
    .record({
      made: bodySchemas(version),
      media: fc.constantFrom(...MEDIA),
      required: fc.boolean(),
      before: dice(10),
    })
    .map(({ made: { schema, good, bad }, media: [key, fits, others], required, before }) => {
      const body = JSON.stringify(good);
      const [type = JSON_TYPE] = fits;
      return {
        operation: {
          requestBody: {
            ...(required ? { required } : {}),
            content: {
              // A wider range that comes first does not take what the narrower one is for.
              ...(before && key !== '*/*' ? { '*/*': { schema: { type: 'string' } } } : {}),
              [key]: { schema },
            },
          },
        },
        valid: [...fits.map((fit) => typed(fit, body)), ...(required ? [] : [{}])],
        mistakes: [
          ...bad.filter(isSent).map((value) => typed(type, JSON.stringify(value))),
          typed(type, `${body}}`),
          ...(required ? [{}] : []),
          ...(before ? [] : others.map((other) => typed(other, body))),
        ],
        odd: [
          { body },
          { headers: { 'content-type': type } },
          typed(`${type}; charset=utf-16`, body),
          typed(type, `\ufeff${body}`),
          ...(before ? others.map((other) => typed(other, body)) : []),
          ...['null', '0', 'false', '""', '{}', '[]'].map((text) => typed(type, text)),
        ],
      };
    });
}

function isSent(value: unknown): boolean {
  return value !== undefined;
}

function textBodies(version: Version): fc.Arbitrary<Part> {
  const strings = leaves(version).filter(({ schema }) => schema['type'] === 'string');
  return strings.map(({ schema, good, badTexts }) => ({
    operation: { requestBody: { content: { 'text/plain': { schema } } } },
    valid: good
      .filter((value) => value !== null)
      .map((value) => typed('text/plain', textOf(value))),
    mistakes: badTexts.map((text) => typed('text/plain; charset=utf-8', text)),
    odd: [typed('text/html', 'text'), { body: 'text' }],
  }));
}

const NO_BODY: Part = {
  operation: {},
  valid: [{}],
  mistakes: [],
  odd: [typed(JSON_TYPE, '{}'), { body: 'text' }, typed('text/plain', 'text')],
};

/** A body and its `Content-Type`. */
export function typed(contentType: string, body: string): Piece {
  return { headers: { 'content-type': contentType }, body };
}
