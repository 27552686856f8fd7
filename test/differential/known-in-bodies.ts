import { COMPOUND, type Judged, type KnownDifference, type Reason } from './difference.ts';
import { bodyExample, placeOf } from './schema-reason.ts';
import { schemaOf } from './schema-walk.ts';

/** The codes of our findings about the media type. */
function isMediaType(reason: Reason): boolean {
  return reason.kind === 'finding' && reason.finding.code === 'request.body.mediaType';
}

function typeOf({ sent }: Judged): string | undefined {
  return sent.headers['content-type'];
}

function parsedBody({ sent }: Judged): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(sent.body ?? '') };
  } catch {
    return undefined;
  }
}

const JSON_BODY = { content: { 'application/json': { schema: { type: 'object' } } } };
const post = { method: 'POST', operation: { requestBody: JSON_BODY } };
const TYPE = 'content-type';

/** How stock Prism takes bodies otherwise. */
export const KNOWN_IN_BODIES: readonly KnownDifference[] = [
  {
    id: 'malformed JSON is not answered',
    reason:
      'A body that is no JSON (RFC 8259) breaks the document, and the answer is a rejection; the server of Prism waits for the end of a request that has ended, and never answers.',
    explains: ({ kind }) => kind === 'silence',
    examples: [
      {
        ...post,
        sent: { headers: { [TYPE]: 'application/json' }, body: '{"a":' },
        prism: 'silent',
        ours: ['request.body.malformed'],
      },
    ],
  },
  {
    id: 'bodies that are false to JavaScript',
    reason:
      'null, 0, false and "" are JSON (RFC 8259, 3) and a body like any other; Prism takes them for none, and holds null to nothing.',
    explains: (reason, judged) => {
      const body = parsedBody(judged);
      if (!body || body.value) return false;
      if (reason.kind === 'violation')
        return reason.violation.message === 'Body parameter is required';
      return placeOf(reason) === 'body' && body.value === null;
    },
    examples: [
      ...[0, false, '', null].map((value) =>
        bodyExample({}, value, 'rejected', [], {
          operation: { requestBody: { required: true, content: { 'application/json': {} } } },
        }),
      ),
      bodyExample({ type: 'object' }, null, 'accepted', ['request.body.type']),
    ],
  },
  {
    id: 'bodies without Content-Type',
    reason:
      'Nothing tells what a body without Content-Type is (RFC 9110, 8.3), so that it meets no declared media type but `*/*`, of which nothing can be read; Prism takes it for text of the first of them.',
    explains: (reason, judged) =>
      typeOf(judged) === undefined &&
      (isMediaType(reason) || (reason.kind === 'violation' && placeOf(reason) === 'body')),
    examples: [
      {
        method: 'POST',
        operation: { requestBody: { content: { 'text/plain': { schema: { type: 'string' } } } } },
        sent: { body: 'text' },
        prism: 'accepted',
        ours: ['request.body.mediaType'],
      },
      {
        method: 'POST',
        operation: { requestBody: { content: { '*/*': { schema: { type: 'object' } } } } },
        sent: { body: '{}' },
        prism: 'rejected',
        ours: [],
      },
    ],
  },
  {
    id: 'media types by their suffix',
    reason:
      '`application/problem+json` is another media type than `application/json` (RFC 6838, 4.2.8; OpenAPI 3.1.1, Request Body Object: keys are media types or ranges); Prism compares what is behind the "+".',
    explains: (reason, judged) =>
      isMediaType(reason) &&
      /\/[^;]*\+|\+json/.test(`${typeOf(judged)} ${Object.keys(contentOf(judged))}`),
    examples: [
      {
        ...post,
        sent: { headers: { [TYPE]: 'application/problem+json' }, body: '{}' },
        prism: 'accepted',
        ours: ['request.body.mediaType'],
      },
    ],
  },
  {
    id: 'a charset that JSON does not have',
    reason:
      'JSON is UTF-8 between systems (RFC 8259, 8.1); Prism decodes whatever charset the Content-Type names.',
    explains: (reason, judged) => isMediaType(reason) && /charset/i.test(typeOf(judged) ?? ''),
    examples: [
      {
        ...post,
        sent: { headers: { [TYPE]: 'application/json; charset=iso-8859-1' }, body: '{}' },
        prism: 'accepted',
        ours: ['request.body.mediaType'],
      },
    ],
  },
  {
    id: 'a Content-Type that is none',
    reason:
      'A Content-Type that is no media type (RFC 9110, 8.3.1) means none of the declared ones; without a body it means nothing. Prism throws where nobody catches.',
    explains: (reason) =>
      reason.kind === 'crash' && /Could not parse MIME type/.test(reason.reason),
    examples: [{ ...post, sent: { headers: { [TYPE]: 'nonsense' } }, prism: 'crashed', ours: [] }],
  },
  {
    id: 'texts are not typed',
    reason:
      'What is written in characters but is no JSON has no types (OpenAPI 3.1.1, appendix B): a text is read by its schema, and one whose schema wants more is left unread; Prism holds the characters to the schema.',
    explains: (reason, judged) => {
      if (reason.kind !== 'violation' || placeOf(reason) !== 'body') return false;
      const type = typeOf(judged) ?? '';
      if (/^application\/(?:json|[^;]*\+json|x-www-form-urlencoded)\b/i.test(type)) return false;
      const { code } = reason.violation;
      return !/^text\//i.test(type) || COMPOUND.has(code) || /^(?:type|enum|const)$/.test(code);
    },
    examples: ['integer', 'object'].map((type) => ({
      method: 'POST',
      operation: { requestBody: { content: { 'text/plain': { schema: { type } } } } },
      sent: { headers: { [TYPE]: 'text/plain' }, body: '5' },
      prism: 'rejected',
      ours: [],
    })),
  },
  {
    id: 'a body that nobody takes',
    reason:
      'A body without meaning to the operation may be ignored (RFC 9110, 9.3.1 and 9.3.5), so that we warn; Prism rejects it.',
    explains: (reason, { operation }) =>
      reason.kind === 'violation' &&
      reason.violation.code === '415' &&
      !('requestBody' in operation),
    examples: [
      {
        operation: {},
        sent: { headers: { [TYPE]: 'application/json' }, body: '{}' },
        prism: 'rejected',
        ours: [],
      },
    ],
  },
  {
    id: 'the narrowest range counts',
    reason:
      'Of several ranges that take a Content-Type the most specific counts (OpenAPI 3.1.1, Request Body Object); Prism takes the first in the document.',
    explains: (reason, judged) => {
      const [first] = Object.keys(contentOf(judged));
      return (
        placeOf(reason) === 'body' && first === '*/*' && Object.keys(contentOf(judged)).length > 1
      );
    },
    examples: [
      {
        method: 'POST',
        operation: {
          requestBody: { content: { '*/*': { schema: { type: 'string' } }, ...JSON_BODY.content } },
        },
        sent: { headers: { [TYPE]: 'application/json' }, body: '{}' },
        prism: 'rejected',
        ours: [],
      },
    ],
  },
];

function contentOf({ operation }: Judged): Readonly<Record<string, unknown>> {
  return schemaOf(schemaOf(operation['requestBody'])['content']);
}
