import { diffSpecs } from '../../src/change/diff.ts';
import type { ChangeClass, Difference } from '../../src/change/difference.ts';
import { loadSpec } from '../../src/index.ts';

/** A part of a document that a row edits. */
// biome-ignore lint/suspicious/noExplicitAny: edits reach into parts that every row may shape anew.
export type Part = any;

/** The parts that each row has for itself. */
export interface Parts {
  /** The path item, with `get` and `post`. */
  readonly item: Part;
  readonly get: Part;
  readonly post: Part;
  /** What comes: `id` (required), `name`, `state`, `size`, `owner` … */
  readonly pet: Part;
  /** What is sent. */
  readonly draft: Part;
  /** All component schemas of the row. */
  readonly schemas: Part;
  /** Paths beside the row's own; their operations are named `…-INDEX`. */
  readonly paths: Part;
  readonly index: number;
  /** Lets a schema be null, as the version of the document has it. */
  readonly toNullable: (schema: Part) => void;
  /** A reference to one of the schemas. */
  readonly ref: (name: string) => { readonly $ref: string };
}

/** One change, and the class that it must have. */
export interface Row {
  readonly name: string;
  readonly class: ChangeClass;
  /** Made in both documents before. */
  readonly before?: (parts: Parts) => void;
  readonly change: (parts: Parts) => void;
}

/** What the differences of a row's operations amount to. */
export interface RowOutcome {
  readonly class: ChangeClass;
  readonly differences: readonly Difference[];
}

/** Compares all rows at once: each has operations of its own in one document. */
export async function compareRows(
  rows: readonly Row[],
  version: '3.0' | '3.1',
): Promise<readonly RowOutcome[]> {
  const [old, next] = await Promise.all(
    [false, true].map((isNew) => loadSpec(documentOf(rows, version, isNew))),
  );
  if (!old || !next) throw new Error('both documents load');
  const differences = await diffSpecs(old, next);
  return rows.map((_row, index) => {
    const own = differences.filter(({ operations }) =>
      operations.some((id) => id.endsWith(`-${index}`)),
    );
    return { class: worstOf(own), differences: own };
  });
}

/** The worst class of some differences. */
function worstOf(differences: readonly Difference[]): ChangeClass {
  const classes = new Set(differences.map((difference) => difference.class));
  return classes.has('breaking') ? 'breaking' : classes.has('dangerous') ? 'dangerous' : 'safe';
}

function documentOf(rows: readonly Row[], version: '3.0' | '3.1', isNew: boolean): object {
  const paths: Part = {};
  const schemas: Part = {};
  for (const [index, row] of rows.entries()) {
    const parts = partsOf(index, version);
    row.before?.(parts);
    if (isNew) row.change(parts);
    const variable = parts.item.parameters?.[0]?.name ?? 'id';
    if (Object.keys(parts.item).length > 0) paths[`/row-${index}/{${variable}}`] = parts.item;
    Object.assign(paths, parts.paths);
    for (const [name, schema] of Object.entries(parts.schemas)) schemas[`${name}${index}`] = schema;
  }
  return {
    openapi: version === '3.0' ? '3.0.3' : '3.1.0',
    info: { title: 'Rows', version: '1.0.0' },
    paths,
    components: {
      schemas,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      },
    },
  };
}

function partsOf(index: number, version: '3.0' | '3.1'): Parts {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}${index}` });
  const pet = petOf();
  const draft = draftOf();
  const get = getOf(index, ref);
  const post = postOf(index, ref);
  const item = {
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
    get,
    post,
  };
  const schemas = { Pet: pet, Draft: draft, Owner: ownerOf() };
  const toNullable = (schema: Part) => {
    if (version === '3.0') schema.nullable = true;
    else schema.type = [schema.type, 'null'];
  };
  return { item, get, post, pet, draft, schemas, ref, index, paths: {}, toNullable };
}

function petOf(): Part {
  return {
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'integer' },
      name: { type: 'string', maxLength: 20 },
      state: { type: 'string', enum: ['sold', 'free'] },
      size: { type: 'number', minimum: 0 },
      born: { type: 'string', format: 'date' },
      tags: { type: 'array', items: { type: 'string' }, maxItems: 5 },
    },
  };
}

function draftOf(): Part {
  return {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', minLength: 1 },
      state: { type: 'string', enum: ['sold', 'free'] },
      size: { type: 'number', minimum: 0 },
      note: { type: 'string', default: 'none' },
    },
  };
}

function ownerOf(): Part {
  return {
    type: 'object',
    required: ['mail'],
    properties: { mail: { type: 'string' }, phone: { type: 'string' } },
  };
}

function getOf(index: number, ref: Parts['ref']): Part {
  return {
    operationId: `get-${index}`,
    parameters: [
      { name: 'limit', in: 'query', schema: { type: 'string', maxLength: 10 } },
      { name: 'kind', in: 'query', schema: { type: 'string', enum: ['a', 'b'] } },
      { name: 'only', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
    ],
    responses: {
      200: {
        description: 'A pet.',
        headers: {
          'X-Total': { required: true, schema: { type: 'integer' } },
          'X-Hint': { schema: { type: 'string' } },
        },
        content: { 'application/json': { schema: ref('Pet') } },
      },
      404: { description: 'None.' },
    },
  };
}

function postOf(index: number, ref: Parts['ref']): Part {
  return {
    operationId: `post-${index}`,
    requestBody: { content: { 'application/json': { schema: ref('Draft') } } },
    responses: { 204: { description: 'Done.' } },
  };
}

export const json = 'application/json';

/** A row of the table. */
export function row(
  name: string,
  changeClass: ChangeClass,
  change: Row['change'],
  before?: Row['before'],
): Row {
  return { name, class: changeClass, change, ...(before ? { before } : {}) };
}

/** A property `extra` of what comes and of what is sent. */
export function property(schema: Part): (parts: Parts) => void {
  return ({ pet, draft }) => {
    pet.properties.extra = structuredClone(schema);
    draft.properties.extra = structuredClone(schema);
  };
}

/** A change of the property `extra` of what is sent. */
export function sent(change: (schema: Part) => void): Row['change'] {
  return ({ draft }) => change(draft.properties.extra);
}

/** A change of the property `extra` of what comes. */
export function came(change: (schema: Part) => void): Row['change'] {
  return ({ pet }) => change(pet.properties.extra);
}
