import { json, type Part, type Parts, type Row, row } from './row.ts';

function parameter({ get }: Parts, name: string): Part {
  return get.parameters.find((one: Part) => one.name === name);
}

/** Single changes, each of a class that is beyond doubt: the ones that tools are compared by. */
export const PAIRS: readonly Row[] = [
  row('identical', 'safe', () => {}),
  row('remove path', 'breaking', ({ item }) => {
    delete item.parameters;
    delete item.get;
    delete item.post;
  }),
  row('remove method', 'breaking', ({ item }) => delete item.post),
  row('add path', 'safe', ({ paths, index }) => {
    paths[`/added-${index}`] = { get: { operationId: `added-${index}`, responses: {} } };
  }),
  row('res: remove required property', 'breaking', ({ pet }) => {
    delete pet.properties.id;
    delete pet.required;
  }),
  row('res: remove optional property', 'breaking', ({ pet }) => delete pet.properties.size),
  row('res: required -> optional', 'breaking', ({ pet }) => delete pet.required),
  row('res: optional -> required', 'safe', ({ pet }) => pet.required.push('name')),
  row('res: add property', 'safe', ({ pet }) => {
    pet.properties.color = { type: 'string' };
  }),
  row('res: type integer->string', 'breaking', ({ pet }) => {
    pet.properties.id = { type: 'string' };
  }),
  row('res: type integer->number', 'breaking', ({ pet }) => {
    pet.properties.id = { type: 'number' };
  }),
  row('res: enum add value', 'dangerous', ({ pet }) => pet.properties.state.enum.push('lost')),
  row('res: enum remove value', 'safe', ({ pet }) => pet.properties.state.enum.pop()),
  row('res: required becomes nullable', 'breaking', ({ pet, toNullable }) =>
    toNullable(pet.properties.id),
  ),
  row('res: optional becomes nullable', 'dangerous', ({ pet, toNullable }) =>
    toNullable(pet.properties.name),
  ),
  row(
    'res: oneOf add branch',
    'breaking',
    ({ pet }) => pet.properties.code.oneOf.push({ type: 'boolean' }),
    ({ pet }) => {
      pet.properties.code = { oneOf: [{ type: 'string' }, { type: 'integer' }] };
    },
  ),
  row('res: remove 200 status', 'breaking', ({ get }) => delete get.responses[200]),
  row('res: remove 404 status', 'dangerous', ({ get }) => delete get.responses[404]),
  row('res: change media type', 'breaking', ({ get }) => {
    const { content } = get.responses[200];
    content['application/xml'] = content[json];
    delete content[json];
  }),
  row(
    'res: remove required header',
    'breaking',
    ({ get }) => delete get.responses[200].headers['X-Total'],
  ),
  row('req: add required property', 'breaking', ({ draft }) => {
    draft.properties.color = { type: 'string' };
    draft.required.push('color');
  }),
  row('req: add optional property', 'safe', ({ draft }) => {
    draft.properties.color = { type: 'string' };
  }),
  row('req: optional -> required', 'breaking', ({ draft }) => draft.required.push('size')),
  row('req: required -> optional', 'safe', ({ draft }) => draft.required.pop()),
  row('req: enum remove value', 'breaking', ({ draft }) => draft.properties.state.enum.pop()),
  row('req: enum add value', 'safe', ({ draft }) => draft.properties.state.enum.push('lost')),
  row('req: minLength 1->5', 'breaking', ({ draft }) => {
    draft.properties.name.minLength = 5;
  }),
  row('req: minLength 1->0', 'safe', ({ draft }) => {
    draft.properties.name.minLength = 0;
  }),
  row('req: type string->integer', 'breaking', ({ draft }) => {
    draft.properties.note = { type: 'integer' };
  }),
  row('req: body becomes required', 'breaking', ({ post }) => {
    post.requestBody.required = true;
  }),
  row('req: additionalProperties false', 'breaking', ({ draft }) => {
    draft.additionalProperties = false;
  }),
  row('req: add pattern', 'breaking', ({ draft }) => {
    draft.properties.name.pattern = '^[a-z]+$';
  }),
  row('param: optional -> required', 'breaking', (parts) => {
    parameter(parts, 'limit').required = true;
  }),
  row('param: add required', 'breaking', ({ get }) => {
    get.parameters.push({ name: 'new', in: 'query', required: true, schema: { type: 'string' } });
  }),
  row('param: add optional', 'safe', ({ get }) => {
    get.parameters.push({ name: 'new', in: 'query', schema: { type: 'string' } });
  }),
  row('param: remove optional', 'dangerous', ({ get }) => get.parameters.shift()),
  row('param: enum remove', 'breaking', (parts) => parameter(parts, 'kind').schema.enum.pop()),
  row('param: maxLength 10->5', 'breaking', (parts) => {
    parameter(parts, 'limit').schema.maxLength = 5;
  }),
  row('param: style form->spaceDelimited', 'breaking', (parts) => {
    parameter(parts, 'only').style = 'spaceDelimited';
  }),
  row('security: add requirement', 'breaking', ({ get }) => {
    get.security = [{ token: [] }];
  }),
  row('operationId change', 'dangerous', ({ get }) => {
    get.operationId = `${get.operationId.replace('get', 'read')}`;
  }),
  row('description only', 'safe', ({ get, pet }) => {
    get.description = 'Another one.';
    pet.description = 'A pet.';
  }),
];

/** Ways to write the same thing differently. */
export const REWRITES: readonly Row[] = [
  row(
    'parameters move to the path item',
    'safe',
    ({ item, get, post }) => {
      post.parameters = structuredClone(get.parameters);
      item.parameters.push(...get.parameters);
      delete get.parameters;
      delete post.parameters;
    },
    ({ post, get }) => {
      post.parameters = structuredClone(get.parameters);
    },
  ),
  row('$ref wrapped in allOf of one', 'safe', ({ get, post, ref }) => {
    get.responses[200].content[json].schema = { allOf: [ref('Pet')] };
    post.requestBody.content[json].schema = { allOf: [ref('Draft')], description: 'What is sent.' };
  }),
  row('object split into allOf', 'safe', ({ pet, draft }) => {
    split(pet);
    split(draft);
  }),
  row('object split into allOf of references', 'safe', ({ draft, schemas, ref }) => {
    const { name, ...rest } = draft.properties;
    schemas.Named = { type: 'object', properties: { name }, required: ['name'] };
    schemas.Rest = { type: 'object', properties: rest };
    delete draft.required;
    delete draft.properties;
    draft.allOf = [ref('Named'), ref('Rest')];
  }),
  row('default style written out', 'safe', (parts) => {
    for (const one of parts.get.parameters) Object.assign(one, { style: 'form', explode: true });
    Object.assign(parts.item.parameters[0], {
      style: 'simple',
      explode: false,
      allowReserved: false,
    });
  }),
  row('$ref inlined', 'safe', ({ get, pet }) => {
    get.responses[200].content[json].schema = structuredClone(pet);
  }),
  row('$ref renamed', 'safe', ({ get, schemas, ref }) => {
    schemas.Animal = schemas.Pet;
    delete schemas.Pet;
    get.responses[200].content[json].schema = ref('Animal');
  }),
  row(
    'order of required',
    'safe',
    ({ pet }) => pet.required.reverse(),
    ({ pet }) => pet.required.push('name'),
  ),
  row('order of enum', 'safe', ({ pet, draft }) => {
    pet.properties.state.enum.reverse();
    draft.properties.state.enum.reverse();
  }),
  row(
    'order of oneOf',
    'safe',
    ({ pet }) => pet.properties.code.oneOf.reverse(),
    ({ pet, ref }) => {
      pet.properties.code = {
        oneOf: [ref('Owner'), { type: 'string' }, { type: 'integer', minimum: 1 }],
      };
    },
  ),
  row('order of parameters and properties', 'safe', ({ get, pet }) => {
    get.parameters.reverse();
    pet.properties = Object.fromEntries(Object.entries(pet.properties).reverse());
  }),
  row('path variable renamed', 'safe', ({ item }) => {
    item.parameters[0].name = 'key';
  }),
  row(
    'a type or null becomes an alternative',
    'safe',
    ({ pet }) => {
      const { type: _type, ...rest } = pet.properties.name;
      pet.properties.name = { anyOf: [{ type: 'string', ...rest }, { type: 'null' }] };
    },
    ({ pet }) => {
      pet.properties.name.type = ['string', 'null'];
    },
  ),
  row('inline becomes $ref', 'safe', ({ pet, schemas, ref }) => {
    schemas.Tags = pet.properties.tags;
    pet.properties.tags = ref('Tags');
  }),
];

/** Two parts of an object, each with some of its properties. */
function split(schema: Part): void {
  const { properties, required } = schema;
  const names = Object.keys(properties);
  const half = (from: number, to: number) => ({
    type: 'object',
    properties: Object.fromEntries(names.slice(from, to).map((name) => [name, properties[name]])),
  });
  schema.allOf = [{ ...half(0, 2), required }, half(2, names.length)];
  delete schema.properties;
  delete schema.required;
}
