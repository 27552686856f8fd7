import { came, property, type Row, row, sent } from '../row.ts';

/** Properties, and what an object takes besides; limits. */
export const objects: readonly Row[] = [
  row(
    'res: additionalProperties false, gone',
    'dangerous',
    ({ pet }) => delete pet.additionalProperties,
    ({ pet }) => {
      pet.additionalProperties = false;
    },
  ),
  row(
    'res: property added to a closed object',
    'dangerous',
    ({ pet }) => {
      pet.properties.color = {};
    },
    ({ pet }) => {
      pet.additionalProperties = false;
    },
  ),
  row(
    'req: property added to a closed object',
    'safe',
    ({ draft }) => {
      draft.properties.color = { type: 'string' };
    },
    ({ draft }) => {
      draft.additionalProperties = false;
    },
  ),
  row(
    'req: property removed from a closed object',
    'breaking',
    ({ draft }) => delete draft.properties.note,
    ({ draft }) => {
      draft.additionalProperties = false;
    },
  ),
  row('req: property removed', 'dangerous', ({ draft }) => delete draft.properties.note),
  row(
    'req: property added to a dictionary',
    'dangerous',
    ({ draft }) => {
      draft.properties.color = { type: 'integer' };
    },
    ({ draft }) => {
      draft.additionalProperties = { type: 'string' };
    },
  ),
  row(
    'res: additionalProperties schema, another',
    'breaking',
    came((extra) => {
      extra.additionalProperties.type = 'integer';
    }),
    property({ type: 'object', additionalProperties: { type: 'string' } }),
  ),
  row(
    'req: dictionary of anything',
    'safe',
    sent((extra) => {
      extra.additionalProperties = true;
    }),
    property({ type: 'object', additionalProperties: { type: 'string' } }),
  ),
  row(
    'res: nested property removed',
    'breaking',
    ({ schemas }) => delete schemas.Owner.properties.phone,
    ({ pet, ref }) => {
      pet.properties.owner = ref('Owner');
    },
  ),
  row(
    'res: shared schema, only sent elsewhere',
    'safe',
    ({ schemas }) => {
      schemas.Owner.properties.fax = { type: 'string' };
    },
    ({ pet, draft, ref }) => {
      pet.properties.owner = ref('Owner');
      draft.properties.owner = ref('Owner');
    },
  ),
  row(
    'shared schema: required in both',
    'breaking',
    ({ schemas }) => schemas.Owner.required.push('phone'),
    ({ pet, draft, ref }) => {
      pet.properties.owner = ref('Owner');
      draft.properties.owner = ref('Owner');
    },
  ),
  row('res: property renamed', 'breaking', ({ pet }) => {
    pet.properties.title = pet.properties.name;
    delete pet.properties.name;
  }),
  row(
    'res: pattern gone',
    'dangerous',
    came((extra) => delete extra.pattern),
    property({ type: 'string', pattern: '^a' }),
  ),
  row(
    'res: pattern added',
    'safe',
    came((extra) => {
      extra.pattern = '^a';
    }),
    property({ type: 'string' }),
  ),
  row('res: format gone', 'dangerous', ({ pet }) => delete pet.properties.born.format),
  row('res: another format', 'breaking', ({ pet }) => {
    pet.properties.born.format = 'date-time';
  }),
  row(
    'req: format added',
    'breaking',
    sent((extra) => {
      extra.format = 'date';
    }),
    property({ type: 'string' }),
  ),
  row(
    'req: int32 -> int64',
    'safe',
    sent((extra) => {
      extra.format = 'int64';
    }),
    property({ type: 'integer', format: 'int32' }),
  ),
  row('res: maxItems raised', 'dangerous', ({ pet }) => {
    pet.properties.tags.maxItems = 9;
  }),
  row(
    'res: maximum lowered',
    'safe',
    came((extra) => {
      extra.maximum = 5;
    }),
    property({ type: 'integer', maximum: 9 }),
  ),
  row(
    'req: multipleOf a part of it',
    'safe',
    sent((extra) => {
      extra.multipleOf = 5;
    }),
    property({ type: 'integer', multipleOf: 10 }),
  ),
  row(
    'req: exclusive limit of whole numbers',
    'safe',
    sent((extra) => {
      delete extra.minimum;
      Object.assign(extra, extra.exclusive);
      delete extra.exclusive;
    }),
    property({ type: 'integer', minimum: 1 }),
  ),
  row('deprecated', 'safe', ({ get, pet, draft }) => {
    get.deprecated = true;
    pet.properties.name.deprecated = true;
    draft.properties.name.deprecated = true;
  }),
];
