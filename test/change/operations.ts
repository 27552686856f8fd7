import fc from 'fast-check';
import type { Part } from './row.ts';

/** An operation, and what became of it. */
export interface OperationEdit {
  readonly old: Part;
  readonly next: Part;
}

const json = 'application/json';
const schemas = fc.constantFrom<Part>(
  { type: 'string' },
  { type: 'string', maxLength: 2 },
  { type: 'integer' },
  { type: 'string', enum: ['a', 'b'] },
  { type: ['string', 'null'] },
  { type: 'array', items: { type: 'string' } },
  { type: 'array', items: { type: 'integer' }, minItems: 1 },
  { type: 'object', properties: { a: { type: 'string' }, b: { type: 'integer' } } },
);
const styles = fc.constantFrom<Part>(
  {},
  {},
  { explode: false },
  { style: 'pipeDelimited', explode: false },
  { style: 'deepObject', explode: true },
);
const parameters = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom('q', 'n', 'list'),
      in: fc.constantFrom('query', 'query', 'header', 'cookie'),
      required: fc.boolean(),
      schema: schemas,
      style: styles,
    }),
    { maxLength: 3, selector: ({ name, in: place }) => `${place} ${name}` },
  )
  .map((list) =>
    list.map(({ style, ...rest }) => ({ ...rest, ...(rest.in === 'query' ? style : {}) })),
  );
const content = fc.subarray([
  [json, { schema: { type: 'object', properties: { a: { type: 'string' } } } }],
  ['text/csv', {}],
  ['application/*', { schema: { type: 'object' } }],
  ['text/plain', { schema: { type: 'string', maxLength: 3 } }],
] as [string, Part][]);
const response = fc
  .record({
    content,
    headers: fc.subarray([
      ['X-Total', { schema: { type: 'integer' } }],
      ['X-Hint', { required: true, schema: { type: 'string' } }],
    ] as [string, Part][]),
  })
  .map(({ content: types, headers }) => ({
    description: '',
    ...(types.length > 0 ? { content: Object.fromEntries(types) } : {}),
    headers: Object.fromEntries(headers),
  }));
const security = fc.constantFrom<Part>(
  [],
  [{ token: [] }],
  [{ key: [] }],
  [{ token: [] }, { key: [] }],
  [{ token: [], key: [] }],
  [{ token: ['read'] }],
  [{}, { key: [] }],
);
const statuses = ['200', '201', '2XX', '404', '4XX', 'default'];
const operations: fc.Arbitrary<Part> = fc
  .record({
    parameters,
    body: fc.option(fc.record({ required: fc.boolean(), content })),
    responses: fc.dictionary(fc.constantFrom(...statuses), response, {
      minKeys: 1,
      maxKeys: 4,
      noNullPrototype: true,
    }),
    security,
  })
  .map(({ body, ...rest }) => ({
    ...structuredClone(rest),
    ...(body
      ? {
          requestBody: {
            required: body.required,
            content: Object.fromEntries(structuredClone(body.content)),
          },
        }
      : {}),
  }));

/** Random operations, each with a part or some parts of another one in place of its own. */
export const operationEdits: fc.Arbitrary<OperationEdit> = fc
  .tuple(
    operations,
    operations,
    fc.array(fc.record({ what: fc.nat(), how: fc.nat() }), { minLength: 1, maxLength: 2 }),
  )
  .map(([old, donor, edits]) => {
    const next = structuredClone(old);
    for (const { what, how } of edits)
      EDITS[what % EDITS.length]?.(next, structuredClone(donor), how);
    return { old, next };
  });

type Edit = (operation: Part, donor: Part, how: number) => void;

function pick<T>(list: readonly T[], how: number): T | undefined {
  return list[how % Math.max(list.length, 1)];
}

const EDITS: readonly Edit[] = [
  (operation, _donor, how) => {
    operation.parameters.splice(how % 3, 1);
  },
  (operation, donor) => {
    const known = new Set(operation.parameters.map(({ in: place, name }: Part) => place + name));
    operation.parameters.push(
      ...donor.parameters.filter(({ in: place, name }: Part) => !known.has(place + name)),
    );
  },
  (operation, donor, how) => {
    const [one, other] = [pick<Part>(operation.parameters, how), pick<Part>(donor.parameters, how)];
    if (one && other) one.schema = other.schema;
  },
  (operation, _donor, how) => {
    const one = pick<Part>(operation.parameters, how);
    if (one) one.required = !one.required;
  },
  (operation, _donor, how) => {
    const one = pick<Part>(operation.parameters, how);
    if (one?.in === 'query') one.explode = !(one.explode ?? true);
  },
  (operation) => operation.parameters.reverse(),
  (operation, donor) => {
    if (donor.requestBody) operation.requestBody = donor.requestBody;
    else delete operation.requestBody;
  },
  (operation) => {
    if (operation.requestBody) operation.requestBody.required = !operation.requestBody.required;
  },
  (operation, donor) => Object.assign(operation.responses, donor.responses),
  (operation, _donor, how) => {
    const key = pick(Object.keys(operation.responses), how);
    if (key !== undefined && Object.keys(operation.responses).length > 1)
      delete operation.responses[key];
  },
  (operation, donor, how) => {
    const key = pick(Object.keys(operation.responses), how);
    const other = pick(Object.keys(donor.responses), how);
    if (key && other) operation.responses[key].headers = donor.responses[other].headers;
  },
  (operation, donor, how) => {
    const key = pick(Object.keys(operation.responses), how);
    const other = pick(Object.keys(donor.responses), how);
    if (key && other) operation.responses[key] = donor.responses[other];
  },
  (operation, donor) => {
    operation.security = donor.security;
  },
];
