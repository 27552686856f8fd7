import type { Example, Judged, KnownDifference, Reason } from './difference.ts';
import type { Keywords } from './leaf.ts';
import { placeOf } from './schema-reason.ts';
import { schemaOf } from './schema-walk.ts';

const FORM = 'application/x-www-form-urlencoded';

interface GivenForm {
  readonly schema: Keywords;
  readonly encoding: Keywords;
  /** The property that a reason is about. */
  readonly name: string;
  readonly property: Keywords;
  /** The pairs as they travelled. */
  readonly pairs: readonly (readonly [string, string])[];
}

/** Explains reasons about a form. */
function ofForm(holds: (given: GivenForm, reason: Reason) => boolean): KnownDifference['explains'] {
  return (reason, judged) => {
    if (placeOf(reason) !== 'body') return false;
    const media = schemaOf(schemaOf(schemaOf(judged.operation['requestBody'])['content'])[FORM]);
    if (!('schema' in media)) return false;
    const schema = schemaOf(media['schema']);
    const name = nameOf(reason);
    return holds(
      {
        schema,
        name,
        encoding: schemaOf(schemaOf(media['encoding'])[name]),
        property: schemaOf(schemaOf(schema['properties'])[name]),
        pairs: pairsOf(judged),
      },
      reason,
    );
  };
}

/** The property that a reason is about; a form that cannot be read names it in its message. */
function nameOf(reason: Reason): string {
  if (reason.kind === 'violation') {
    const { path, message } = reason.violation;
    return path[1] ?? /required property '(.*)'$/.exec(message)?.[1] ?? '';
  }
  if (reason.kind !== 'finding') return '';
  const { at, message } = reason.finding;
  return at === '' ? (/`([^`]*)`/.exec(message)?.[1] ?? '') : (at.split('/')[1] ?? '');
}

function pairsOf({ sent }: Judged): GivenForm['pairs'] {
  return (sent.body ?? '').split('&').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return [name, value.join('=')] as const;
  });
}

function isMalformed(reason: Reason): boolean {
  return reason.kind === 'finding' && reason.finding.code === 'request.body.malformed';
}

/** `POST /a` with a form. */
function formExample(
  media: Keywords,
  body: string,
  prism: Example['prism'],
  ...ours: readonly string[]
): Example {
  return {
    method: 'POST',
    operation: { requestBody: { content: { [FORM]: media } } },
    sent: { headers: { 'content-type': FORM }, body },
    prism,
    ours,
  };
}

const integer = { type: 'integer' };
const list = { type: 'object', properties: { list: { type: 'array', items: integer } } };
const withList = (style: string, explode?: boolean) => ({
  schema: list,
  encoding: { list: { style, ...(explode === undefined ? {} : { explode }) } },
});

/** How stock Prism reads forms otherwise. */
export const KNOWN_IN_FORMS: readonly KnownDifference[] = [
  {
    id: 'lists in forms',
    reason:
      'A list in a form is one name several times, unless `encoding` says otherwise (OpenAPI 3.1.1, Encoding Object: style form, explode true); Prism reads a list only where `encoding` names a style.',
    explains: ofForm(
      ({ property, encoding }, { kind }) =>
        kind === 'violation' && property['type'] === 'array' && !('style' in encoding),
    ),
    examples: [formExample({ schema: list }, 'list=1&list=2', 'rejected')],
  },
  {
    id: 'objects in forms',
    reason:
      'An object in a form travels as JSON, unless `encoding` says otherwise (OpenAPI 3.1.1, Encoding Object); Prism takes the text as it is.',
    explains: ofForm(
      ({ property, encoding }, { kind }) =>
        kind === 'violation' && property['type'] === 'object' && !('style' in encoding),
    ),
    examples: [
      formExample(
        { schema: { type: 'object', properties: { o: { type: 'object' } } } },
        'o=%7B%7D',
        'rejected',
      ),
    ],
  },
  {
    id: 'delimiters in forms',
    reason:
      'The items of a list that is not exploded are parted by raw delimiters (RFC 6570, 3.2.8), and an encoded one is data (RFC 3986, 2.2); Prism refuses the raw ones and splits at the encoded.',
    explains: ofForm(({ name, encoding, pairs }, reason) => {
      if (!('style' in encoding)) return false;
      if (reason.kind === 'violation' && reason.violation.message.includes('Reserved characters'))
        return true;
      return (
        encoding['explode'] === false &&
        pairs.some(([key, value]) => key === name && /%2c|%20|\+/i.test(value))
      );
    }),
    examples: [
      formExample(withList('form', false), 'list=1,2', 'rejected'),
      formExample(withList('form', false), 'list=1%2C2', 'accepted', 'request.body.type'),
      formExample(withList('spaceDelimited', false), 'list=1%202', 'rejected'),
    ],
  },
  {
    id: 'an absent list of a form',
    reason:
      'A list that is not sent is not there; Prism makes an empty text of one that is delimited.',
    explains: ofForm(
      ({ name, encoding, pairs }, { kind }) =>
        kind === 'violation' &&
        String(encoding['style']).endsWith('Delimited') &&
        pairs.every(([key, value]) => key !== name || value === ''),
    ),
    examples: [formExample(withList('pipeDelimited', false), 'other=1', 'rejected')],
  },
  {
    id: 'names in forms that are not declared',
    reason:
      'Members that `properties` does not name are held to `additionalProperties` (JSON Schema 2020-12, 10.3.2.3); where there are `properties`, Prism collects the named ones only.',
    explains: ofForm(
      ({ schema, name }, { kind }) =>
        kind === 'finding' && !Object.hasOwn(schemaOf(schema['properties']), name),
    ),
    examples: [
      formExample(
        { schema: { ...list, additionalProperties: false } },
        'other=1',
        'accepted',
        'request.body.unknown',
      ),
    ],
  },
  {
    id: 'the last value of a form wins',
    reason:
      'What is no list, or is not exploded, is given once; of several values, Prism takes the last and forgets the others.',
    explains: ofForm(
      ({ name, pairs }, reason) =>
        reason.kind === 'finding' && pairs.filter(([key]) => key === name).length > 1,
    ),
    examples: [
      formExample(
        { schema: { type: 'object', properties: { n: integer } } },
        'n=x&n=1',
        'accepted',
        'request.body.malformed',
      ),
    ],
  },
  {
    id: 'broken percent-encoding in forms',
    reason:
      'A `%` that no two hexadecimal digits follow is no percent-encoding (RFC 3986, 2.1); Prism takes it as it stands.',
    explains: ofForm(
      (_, reason) =>
        isMalformed(reason) &&
        reason.kind === 'finding' &&
        /percent-enc/.test(reason.finding.message),
    ),
    examples: [
      formExample(
        { schema: { type: 'object', properties: { s: { type: 'string' } } } },
        's=%zz',
        'accepted',
        'request.body.malformed',
      ),
    ],
  },
  {
    id: 'empty values in forms',
    reason:
      'A name with nothing behind it is there, and its value is the empty string (RFC 6570, 3.2.8); where `encoding` names a style, Prism takes it for missing.',
    explains: ofForm(
      ({ name, encoding, pairs }) =>
        'style' in encoding && pairs.some(([key, value]) => key === name && value === ''),
    ),
    examples: [
      formExample(withList('form', true), 'list=', 'accepted', 'request.body.type'),
      formExample(
        { schema: { required: ['s'], properties: { s: {} } }, encoding: { s: { style: 'form' } } },
        's=',
        'rejected',
      ),
    ],
  },
];
