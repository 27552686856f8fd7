import type { Example, KnownDifference } from './difference.ts';
import { ofParameter, parameterExample } from './parameter-reason.ts';
import { placeOf } from './schema-reason.ts';

const integer = { type: 'integer' };
const integers = { type: 'array', items: integer };
const segment = (schema: object, style: string, explode = false) => ({
  in: 'path',
  style,
  explode,
  schema,
});

function crashes(pattern: RegExp): KnownDifference['explains'] {
  return (reason) => reason.kind === 'crash' && pattern.test(reason.reason);
}

const plain: Pick<Example, 'operation'> = { operation: {} };

/** How stock Prism reads paths otherwise. */
export const KNOWN_IN_PATHS: readonly KnownDifference[] = [
  {
    id: 'a wrong style is fatal',
    reason:
      'A text without the "." or ";" of its style breaks the document (OpenAPI 3.1.1, Style Examples), and the answer is a rejection; Prism throws where nobody catches, and its server dies.',
    explains: crashes(/style requires parameter to be prefixed/),
    examples: [
      parameterExample(segment(integer, 'label'), '5', 'crashed', 'request.path.malformed'),
      parameterExample(segment(integer, 'matrix'), '5', 'crashed', 'request.path.malformed'),
      parameterExample(segment(integer, 'matrix'), ';q=5', 'crashed', 'request.path.malformed'),
    ],
  },
  {
    id: 'commas in paths',
    reason:
      'A comma is an ordinary character of a path (RFC 3986, 3.3) and parts the items of a list (RFC 6570, 3.2.2); Prism makes a list of any segment that has one, and throws where it wanted a text.',
    explains: (reason, judged) =>
      crashes(/\.(?:split|startsWith|substr) is not a function/)(reason, judged) ||
      ofParameter(
        ({ in: place, texts }, { kind }) =>
          kind === 'violation' && place === 'path' && texts.some((text) => text.includes(',')),
      )(reason, judged),
    examples: [
      parameterExample(segment(integers, 'simple'), '1,2', 'crashed'),
      parameterExample(segment(integers, 'matrix'), ';p=1,2', 'crashed'),
      parameterExample(segment({ type: 'string' }, 'simple'), 'a,b', 'rejected'),
    ],
  },
  {
    id: 'broken percent-encoding in paths is fatal',
    reason:
      'A path whose percent-encoding is broken names nothing (RFC 3986, 2.1), and the answer is a rejection; Prism throws where nobody catches.',
    explains: crashes(/URI malformed/),
    examples: [
      parameterExample(
        segment({ type: 'string' }, 'simple'),
        'a%zz',
        'crashed',
        'request.path.malformed',
      ),
    ],
  },
  {
    id: 'encoded letters in paths',
    reason:
      '`%6F` is the same as `o` (RFC 3986, 6.2.2.2); Prism finds the operation but not its path parameters, which it takes for missing, or throws.',
    explains: (reason, judged) =>
      /^[^?]*%[46]/.test(judged.sent.url) &&
      (crashes(/of undefined \(reading 'startsWith'\)/)(reason, judged) ||
        placeOf(reason) === 'path'),
    examples: [
      { ...parameterExample(segment(integer, 'simple'), '5', 'rejected'), sent: { url: '/%61/5' } },
      { ...parameterExample(segment(integer, 'label'), '.5', 'crashed'), sent: { url: '/%61/.5' } },
    ],
  },
  {
    id: 'exploded objects of the style label',
    reason:
      'The members of an exploded object of the style `label` stand behind a "." each (RFC 6570, 3.2.5); Prism parts them at commas.',
    explains: ofParameter(
      ({ style, isExploded, layout }) => style === 'label' && isExploded && layout === 'object',
    ),
    examples: [
      parameterExample(
        segment({ type: 'object', properties: { x: integer, y: integer } }, 'label', true),
        '.x=1.y=2',
        'rejected',
      ),
    ],
  },
  {
    id: 'delimited objects are fatal',
    reason:
      'The styles `spaceDelimited` and `pipeDelimited` are for objects as well (OpenAPI 3.1.1, Style Values); Prism throws where nobody catches, whether the parameter is sent or not.',
    explains: crashes(/only applicable to array parameter/),
    examples: [
      parameterExample(
        { style: 'pipeDelimited', explode: false, schema: { type: 'object' } },
        'p=x%7C1',
        'crashed',
      ),
    ],
  },
  {
    id: 'a slash at the end',
    reason:
      'A slash too many at the end is forgiven by many services, and by us where no path is written so; Prism finds no operation. OpenAPI says nothing of it (3.1.1, Paths Object).',
    explains: (reason, { sent }) =>
      reason.kind === 'violation' && reason.violation.code === '404' && /\/(?:\?|$)/.test(sent.url),
    examples: [{ ...plain, sent: { url: '/a/' }, prism: 'rejected', ours: [] }],
  },
  {
    id: 'segments of dots',
    reason:
      'A request is for the path that it names (RFC 9112, 3.2.1); it is who resolves a reference that removes "." and ".." (RFC 3986, 5.2.4), and a text "." is written ".." in the style `label`. Prism removes them again.',
    explains: (_, { sent }) => /\/(?:\.|%2e){1,2}(?:\/|\?|$)/i.test(sent.url),
    examples: [parameterExample(segment({ type: 'string' }, 'label'), '..', 'rejected')],
  },
  {
    id: 'the base path of a server',
    reason:
      'The path is appended to the URL of a server (OpenAPI 3.1.1, Server Object and Paths Object); Prism knows it without the base path only.',
    explains: (reason, { document, sent }) =>
      reason.kind === 'violation' &&
      reason.violation.code === '404' &&
      'servers' in document &&
      sent.url.startsWith('/base/'),
    examples: [
      {
        ...plain,
        document: { servers: [{ url: 'https://example.com/base' }] },
        sent: { url: '/base/a' },
        prism: 'rejected',
        ours: [],
      },
    ],
  },
];
