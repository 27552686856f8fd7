import type { Answer, Asked } from '../pact/provider.ts';

/** One way in which a provider no longer does what it was taken for. */
export interface Drift {
  /** As the table has it. */
  readonly name: string;
  /** What the provider does now, by what it did. */
  readonly provider: (asked: Asked, before: (asked: Asked) => Answer) => Answer;
  /** What its team would write into the document, if they did; none where no document speaks of it. */
  readonly document?: (document: Document) => void;
}

/** The document of the provider, to be edited. */
// biome-ignore lint/suspicious/noExplicitAny: edits name what the file of the fixture has.
export type Document = any;

type Body = Record<string, unknown>;

/** All pets in an answer changed. */
function pets(change: (pet: Body) => Body): Drift['provider'] {
  return (asked, before) => {
    const answer = before(asked);
    const { body, status = 200 } = answer;
    if (status >= 300 || typeof body !== 'object' || body === null) return answer;
    return { ...answer, body: Array.isArray(body) ? body.map(change) : change(body as Body) };
  };
}

/** The answers to one operation changed. */
function answers(
  method: string,
  path: RegExp,
  change: (answer: Answer) => Answer,
): Drift['provider'] {
  return (asked, before) =>
    asked.method === method && path.test(asked.url) ? change(before(asked)) : before(asked);
}

const LIST = /^\/pets(?:\?|$)/;
const ITEM = /^\/pets\/\d+$/;

const pet = (document: Document) => document.components.schemas.Pet;

/** What the table is about. */
export const DRIFTS: readonly Drift[] = [
  {
    name: 'a field that consumers read is gone',
    provider: pets(({ status: _, ...rest }) => rest),
    document: (document) => {
      delete pet(document).properties.status;
      pet(document).required = ['id', 'name', 'registered'];
    },
  },
  {
    name: 'a field that nobody reads is gone',
    provider: pets(({ weight: _, ...rest }) => rest),
    document: (document) => {
      delete pet(document).properties.weight;
    },
  },
  {
    name: 'a field has another type',
    provider: pets(({ id, ...rest }) => ({ ...rest, id: String(id) })),
    document: (document) => {
      pet(document).properties.id.type = 'string';
    },
  },
  {
    name: 'a field is null',
    provider: pets((body) => ({ ...body, name: null })),
    document: (document) => {
      pet(document).properties.name.type = ['string', 'null'];
    },
  },
  {
    name: 'a field has a new name',
    provider: pets(({ name, ...rest }) => ({ ...rest, petName: name })),
    document: (document) => {
      const { properties } = pet(document);
      properties.petName = properties.name;
      delete properties.name;
      pet(document).required = ['id', 'petName', 'status', 'registered'];
    },
  },
  {
    name: 'an enum has a new value',
    provider: pets((body) => ({ ...body, status: 'reserved' })),
    document: (document) => {
      pet(document).properties.status.enum.push('reserved');
    },
  },
  {
    name: 'a time has another form',
    provider: pets((body) => ({ ...body, registered: '14.05.2024 08:20' })),
    document: (document) => {
      delete pet(document).properties.registered.format;
    },
  },
  {
    name: 'a creation answers with 200',
    provider: answers('POST', LIST, (answer) =>
      answer.status === 201 ? { ...answer, status: 200 } : answer,
    ),
    document: (document) => {
      const { responses } = document.paths['/pets'].post;
      responses['200'] = responses['201'];
      delete responses['201'];
    },
  },
  {
    name: 'what is missing is answered with 200 and nothing',
    provider: answers('GET', ITEM, (answer) => (answer.status === 404 ? { status: 200 } : answer)),
    document: (document) => {
      const { responses } = document.paths['/pets/{petId}'].get;
      delete responses['404'];
      delete responses['200'].content;
    },
  },
  {
    name: 'errors have another form',
    provider: (asked, before) => {
      const answer = before(asked);
      return (answer.status ?? 200) < 400
        ? answer
        : { status: answer.status ?? 400, body: { error: { message: 'no' } } };
    },
    document: (document) => {
      document.components.responses.Problem.content = {
        'application/json': {
          schema: {
            type: 'object',
            required: ['error'],
            properties: { error: { type: 'object' } },
          },
        },
      };
    },
  },
  {
    name: 'a header is gone',
    provider: answers('POST', LIST, ({ headers: { location: _, ...headers } = {}, ...answer }) => ({
      ...answer,
      headers,
    })),
    document: (document) => {
      delete document.paths['/pets'].post.responses['201'].headers;
    },
  },
  {
    name: 'a new property is required in requests',
    provider: (asked, before) =>
      asked.method === 'POST' && !asked.body.includes('"owner"')
        ? { ...refusal(400), body: { title: 'The owner is missing.', status: 400 } }
        : before(asked),
    document: (document) => {
      const { NewPet } = document.components.schemas;
      NewPet.properties.owner = { type: 'string' };
      NewPet.required.push('owner');
    },
  },
  {
    name: 'a limit of a request is narrower',
    provider: (asked, before) =>
      asked.method === 'POST' && nameIn(asked.body).length > 10
        ? { ...refusal(400), body: { title: 'The name is too long.', status: 400 } }
        : before(asked),
    document: (document) => {
      document.components.schemas.NewPet.properties.name.maxLength = 10;
    },
  },
  {
    name: 'a wrong request is no longer refused',
    provider: (asked, before) =>
      asked.method === 'GET' && LIST.test(asked.url)
        ? before({ ...asked, url: asked.url.replace(/limit=[^&]*/, 'limit=100') })
        : before(asked),
    document: (document) => {
      document.paths['/pets'].get.parameters[1].schema = { type: 'string' };
    },
  },
  {
    name: 'a filter is ignored',
    provider: (asked, before) =>
      before({ ...asked, url: asked.url.replace(/([?&])tag=(?:cat|dog)&?/, '$1') }),
    document: (document) => {
      document.paths['/pets'].get.parameters.shift();
    },
  },
  {
    name: 'a token is needed',
    provider: (asked, before) =>
      asked.headers['authorization'] === undefined
        ? { ...refusal(401), body: { title: 'Who are you?', status: 401 } }
        : before(asked),
    document: (document) => {
      document.components.securitySchemes = { token: { type: 'http', scheme: 'bearer' } };
      document.security = [{ token: [] }];
    },
  },
  {
    name: 'a method is gone',
    provider: (asked, before) =>
      asked.method === 'DELETE'
        ? { ...refusal(405), body: { title: 'no', status: 405 } }
        : before(asked),
    document: (document) => {
      delete document.paths['/pets/{petId}'].delete;
    },
  },
  {
    name: 'what is deleted is still there',
    provider: (asked, before) =>
      asked.method === 'DELETE' && before({ ...asked, method: 'GET' }).status === undefined
        ? { status: 204 }
        : before(asked),
  },
  {
    name: 'what is only written is shown',
    provider: pets((body) => ({ ...body, chip: '985-1' })),
    document: (document) => {
      delete pet(document).properties.chip.writeOnly;
    },
  },
  {
    name: 'the JSON is broken',
    provider: answers('GET', ITEM, (answer) => ({
      ...answer,
      headers: { 'content-type': 'application/json' },
      body: `${JSON.stringify(answer.body)},`,
    })),
  },
];

function refusal(status: number): Answer {
  return { status, headers: { 'content-type': 'application/problem+json' } };
}

function nameIn(text: string): string {
  try {
    return String((JSON.parse(text) as { name?: unknown }).name ?? '');
  } catch {
    return '';
  }
}
