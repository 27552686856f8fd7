import { came, property, type Row, row, sent } from '../row.ts';

/** Alternatives. */
export const unions: readonly Row[] = [
  row(
    'req: oneOf add branch',
    'safe',
    sent((extra) => extra.oneOf.push({ type: 'boolean' })),
    property({ oneOf: [{ type: 'string' }, { type: 'integer' }] }),
  ),
  row(
    'req: oneOf remove branch',
    'breaking',
    sent((extra) => extra.oneOf.pop()),
    property({ oneOf: [{ type: 'string' }, { type: 'integer' }] }),
  ),
  row(
    'req: oneOf gets an overlapping branch',
    'dangerous',
    sent((extra) => extra.oneOf.push({ minLength: 3 })),
    property({ oneOf: [{ type: 'string' }, { type: 'integer' }] }),
  ),
  row(
    'res: anyOf remove branch',
    'safe',
    came((extra) => extra.anyOf.pop()),
    property({ anyOf: [{ type: 'string' }, { type: 'integer' }] }),
  ),
  row(
    'req: not widened',
    'breaking',
    sent((extra) => {
      extra.not.maxLength = 5;
    }),
    property({ type: 'string', not: { type: 'string', maxLength: 3 } }),
  ),
  row(
    'req: allOf gets a limit',
    'breaking',
    sent((extra) => extra.allOf.push({ minLength: 2 })),
    property({ allOf: [{ type: 'string' }] }),
  ),
];

const KINDS: Row['before'] = ({ pet, draft, schemas, ref }) => {
  const kind = (name: string) => ({
    type: 'object',
    required: ['kind'],
    properties: { kind: { type: 'string', enum: [name] } },
  });
  Object.assign(schemas, { Cat: kind('cat'), Dog: kind('dog'), Cow: kind('cow') });
  const animal = () => ({
    oneOf: [ref('Cat'), ref('Dog')],
    discriminator: {
      propertyName: 'kind',
      mapping: { cat: ref('Cat').$ref, dog: ref('Dog').$ref },
    },
  });
  pet.properties.animal = animal();
  draft.properties.animal = animal();
};

/** Kinds of objects, by a property. */
export const discriminators: readonly Row[] = [
  row(
    'res: discriminator gets a kind',
    'breaking',
    ({ pet, ref }) => {
      pet.properties.animal.oneOf.push(ref('Cow'));
      pet.properties.animal.discriminator.mapping.cow = ref('Cow').$ref;
    },
    KINDS,
  ),
  row(
    'req: discriminator gets a kind',
    'safe',
    ({ draft, ref }) => {
      draft.properties.animal.oneOf.push(ref('Cow'));
      draft.properties.animal.discriminator.mapping.cow = ref('Cow').$ref;
    },
    KINDS,
  ),
  row(
    'req: discriminator loses a kind',
    'breaking',
    ({ draft }) => {
      draft.properties.animal.oneOf.pop();
      delete draft.properties.animal.discriminator.mapping.dog;
    },
    KINDS,
  ),
  row(
    'res: discriminator by another property',
    'breaking',
    ({ pet }) => {
      pet.properties.animal.discriminator.propertyName = 'sort';
    },
    KINDS,
  ),
  row(
    'res: a kind gets a required property',
    'safe',
    ({ schemas }) => {
      schemas.Cat.properties.name = { type: 'string' };
    },
    KINDS,
  ),
  row(
    'kinds renamed with the mapping kept',
    'safe',
    ({ schemas, pet, draft, ref }) => {
      schemas.HouseCat = schemas.Cat;
      delete schemas.Cat;
      for (const { animal } of [pet.properties, draft.properties]) {
        animal.oneOf[0] = ref('HouseCat');
        animal.discriminator.mapping.cat = ref('HouseCat').$ref;
      }
    },
    KINDS,
  ),
];
