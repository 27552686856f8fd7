import { came, json, property, type Row, row, sent } from '../row.ts';

/** Bodies, media types and statuses. */
export const bodies: readonly Row[] = [
  row('req: remove body', 'breaking', ({ post }) => delete post.requestBody),
  row('req: add optional body', 'safe', ({ get }) => {
    get.requestBody = { content: { [json]: {} } };
  }),
  row('req: add media type', 'safe', ({ post }) => {
    post.requestBody.content['application/xml'] = {};
  }),
  row(
    'req: remove media type',
    'breaking',
    ({ post }) => delete post.requestBody.content['text/csv'],
    ({ post }) => {
      post.requestBody.content['text/csv'] = {};
    },
  ),
  row('req: media type widened to a range', 'safe', ({ post }) => {
    post.requestBody.content = { 'application/*': post.requestBody.content[json] };
  }),
  row('res: all values of an enum replaced', 'breaking', ({ pet }) => {
    pet.properties.state.enum = ['taken'];
  }),
  row(
    'res: another const',
    'breaking',
    came((schema) => {
      schema.enum = ['y'];
    }),
    property({ enum: ['x'] }),
  ),
  row('res: add media type', 'dangerous', ({ get }) => {
    get.responses[200].content['text/csv'] = {};
  }),
  row('res: media type in other case', 'safe', ({ get }) => {
    get.responses[200].content = { 'Application/JSON': get.responses[200].content[json] };
  }),
  row('res: add error status', 'safe', ({ get }) => {
    get.responses[409] = { description: 'No.' };
  }),
  row('res: add success status', 'dangerous', ({ get }) => {
    get.responses[202] = { description: 'Later.' };
  }),
  row('res: 404 written as 4XX', 'safe', ({ get }) => {
    get.responses['4XX'] = get.responses[404];
    delete get.responses[404];
  }),
  row('res: body where there was none', 'dangerous', ({ get }) => {
    get.responses[404].content = { [json]: { schema: {} } };
  }),
  row(
    'res: no body where there was one',
    'breaking',
    ({ get }) => delete get.responses[200].content,
  ),
  row(
    'res: link removed',
    'dangerous',
    ({ get }) => delete get.responses[200].links,
    ({ get }) => {
      get.responses[200].links = { next: { operationId: 'get-0' } };
    },
  ),
  row(
    'req: encoding of a form',
    'breaking',
    ({ post }) => {
      post.requestBody.content['application/x-www-form-urlencoded'].encoding = {
        tags: { explode: false },
      };
    },
    ({ post, ref }) => {
      post.requestBody.content['application/x-www-form-urlencoded'] = { schema: ref('Pet') };
    },
  ),
];

/** What travels one way only. */
export const access: readonly Row[] = [
  row(
    'req: becomes readOnly',
    'breaking',
    sent((extra) => {
      extra.readOnly = true;
    }),
    property({ type: 'string' }),
  ),
  row(
    'req: required and readOnly, no more',
    'breaking',
    ({ draft }) => delete draft.properties.extra.readOnly,
    ({ draft }) => {
      draft.properties.extra = { type: 'string', readOnly: true };
      draft.required.push('extra');
    },
  ),
  row(
    'req: readOnly no more',
    'safe',
    sent((extra) => delete extra.readOnly),
    property({ type: 'string', readOnly: true }),
  ),
  row(
    'res: becomes readOnly',
    'safe',
    came((extra) => {
      extra.readOnly = true;
    }),
    property({ type: 'string' }),
  ),
  row(
    'res: becomes writeOnly',
    'breaking',
    came((extra) => {
      extra.writeOnly = true;
    }),
    property({ type: 'string' }),
  ),
  row(
    'res: writeOnly no more',
    'dangerous',
    came((extra) => delete extra.writeOnly),
    property({ type: 'string', writeOnly: true }),
  ),
  row(
    'req: becomes writeOnly',
    'safe',
    sent((extra) => {
      extra.writeOnly = true;
    }),
    property({ type: 'string' }),
  ),
  row(
    'res: type of what does not come',
    'safe',
    came((extra) => {
      extra.type = 'integer';
    }),
    property({ type: 'string', writeOnly: true }),
  ),
];
