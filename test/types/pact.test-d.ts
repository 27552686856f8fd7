import { expectTypeOf, test } from 'vitest';
import { definePact, type UntypedOperations } from '../../src/pact.ts';
import type { operations, Readable } from '../../src/types.ts';

const pact = definePact({ consumer: 'uploader', provider: 'graph' });
const store = { exactMatchDataStoreId: 'patients' };
const session = { ...store, exactMatchSessionId: 's1' };
const create = { operation: 'createExactMatchSession', path: store, status: 201 } as const;
const list = { operation: 'listExactMatchSessions', path: store, status: 200 } as const;
const commit = { operation: 'commitExactMatchSession', path: session, status: 204 } as const;
const run = () => {};

test('the operations, parameters and bodies are those of the shipped document', () => {
  void pact.interaction(
    { ...create, body: { fileName: 'a', fields: ['mrn'], error: { code: 'x' } } },
    run,
  );
  void pact.interaction({ ...list, query: { $top: 2, $select: ['id'] } }, run);
  // @ts-expect-error: there is no such operation.
  void pact.interaction({ ...create, operation: 'createSession', body: {} }, run);
  // @ts-expect-error: the path has another parameter.
  void pact.interaction({ ...create, path: { dataStore: 'x' }, body: {} }, run);
  // @ts-expect-error: it has two.
  void pact.interaction({ operation: 'getExactMatchSession', path: store, status: 200 }, run);
  // @ts-expect-error: there is no such option.
  void pact.interaction({ ...list, query: { $tp: 2 } }, run);
  // @ts-expect-error: it is a number.
  void pact.interaction({ ...list, query: { $top: '2' } }, run);
  // @ts-expect-error: the operation takes no query.
  void pact.interaction({ ...create, query: { $top: 2 }, body: {} }, run);
  // @ts-expect-error: there is no such property.
  void pact.interaction({ ...create, body: { fileNme: 'a' } }, run);
  // @ts-expect-error: it is text.
  void pact.interaction({ ...create, body: { fileName: 5 } }, run);
  // @ts-expect-error: the service makes it.
  void pact.interaction({ ...create, body: { id: 's1' } }, run);
  // @ts-expect-error: a body is required.
  void pact.interaction(create, run);
  // @ts-expect-error: the operation takes none.
  void pact.interaction({ ...list, body: {} }, run);
  // @ts-expect-error: the status is not declared.
  void pact.interaction({ ...create, body: {}, status: 202 }, run);
});

test('headers are those of the operation, and what OpenAPI describes elsewhere', () => {
  const headers = { Prefer: 'return=minimal', authorization: null, 'X-Trace': 'a' };
  void pact.interaction(
    { ...create, body: {}, headers, usesHeaders: ['Location', 'request-id'] },
    run,
  );
  void pact.interaction(
    { ...create, body: {}, status: 429, usesHeaders: { 'Retry-After': 10 } },
    run,
  );
  // @ts-expect-error: the operation takes no such header.
  void pact.interaction({ ...create, body: {}, headers: { Prfer: 'x' } }, run);
  // @ts-expect-error: the response has no such header.
  void pact.interaction({ ...create, body: {}, usesHeaders: ['Locaton'] }, run);
});

test('fields are named by the paths that lead to them', () => {
  void pact.interaction(
    {
      ...create,
      body: {},
      uses: ['id', 'error.code', 'error.details[].target', 'fields[]', 'fields'],
    },
    run,
  );
  void pact.interaction(
    { ...list, uses: ['@odata.nextLink', 'value[].id', 'value', 'value[].@odata.type'] },
    run,
  );
  void pact.interaction({ ...create, body: {}, status: 409, uses: ['error.code'] }, run);
  // @ts-expect-error: there is no such field.
  void pact.interaction({ ...create, body: {}, uses: ['id', 'idd'] }, run);
  // @ts-expect-error: nor below another.
  void pact.interaction({ ...create, body: {}, uses: ['error.cde'] }, run);
  // @ts-expect-error: nor in the items of a list.
  void pact.interaction({ ...list, uses: ['value[].idd'] }, run);
  // @ts-expect-error: a list has items, not members.
  void pact.interaction({ ...list, uses: ['value.id'] }, run);
  // @ts-expect-error: text has no items.
  void pact.interaction({ ...create, body: {}, uses: ['id[]'] }, run);
  // @ts-expect-error: of an error there is no id.
  void pact.interaction({ ...create, body: {}, status: 409, uses: ['id'] }, run);
  // @ts-expect-error: there is no body.
  void pact.interaction({ ...commit, uses: ['id'] }, run);
});

test('values are those of the fields', () => {
  const like = { error: { code: 'x', details: [{ target: 'a' }] }, fields: ['mrn'] };
  void pact.interaction({ ...create, body: {}, equals: { state: 'Created' }, like }, run);
  void pact.interaction({ ...list, equals: { value: [] }, like: { '@odata.count': 0 } }, run);
  // @ts-expect-error: it is text.
  void pact.interaction({ ...create, body: {}, equals: { state: 5 } }, run);
  // @ts-expect-error: there is no such field.
  void pact.interaction({ ...create, body: {}, like: { error: { cde: 'x' } } }, run);
  const wrong = { ...create, body: {}, status: 400 } as const;
  // @ts-expect-error: what is wrong with a request is named by a finding of requests.
  void pact.interaction({ ...wrong, mistakes: ['response.body.type'] }, run);
});

test('the consumer gets what is answered, and its own result comes back', () => {
  type Session = Readable<
    operations['createExactMatchSession']['responses'][201]['content']['application/json']
  >;
  const result = pact.interaction(
    { ...create, body: {}, uses: ['id'] },
    async ({ url, response }) => {
      expectTypeOf(url).toEqualTypeOf<string>();
      expectTypeOf(response.body.state).toEqualTypeOf<Session['state'] | undefined>();
      return 5;
    },
  );
  expectTypeOf(result).toEqualTypeOf<Promise<number>>();
});

/** As `exactmatch types` writes it, of a document with what is seldom. */
interface PetOperations {
  getTree: {
    parameters: {
      query: { depth: number };
      path: { id: number };
      header?: never;
      cookie?: { theme?: string };
    };
    requestBody?: never;
    responses: {
      200: { headers: { [name: string]: unknown }; content: { 'application/json': Tree } };
      '4XX': { content: { 'application/problem+json': { title?: string } } };
      default: { content: { 'text/plain': string } };
    };
  };
  putPet: {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    requestBody?: { content: { 'application/json': Pet } };
    responses: { 200: { content: { 'application/json': Pet[] } } };
  };
}

interface Tree {
  name: string;
  parent: Tree | null;
  children?: Tree[];
  grid: number[][];
  labels: { [name: string]: { text: string } };
  pet: Pet;
  anything: unknown;
  id: { readonly $read: number };
  password: { readonly $write: string };
}

type Pet = { kind: 'cat'; lives: number } | { kind: 'dog'; owner: { phone: string } | null };

const pets = definePact<PetOperations>({ consumer: 'web', provider: 'pets', spec: 'pets.yaml' });
const tree = { operation: 'getTree', path: { id: 1 }, query: { depth: 1 } } as const;

test('another document comes with its types', () => {
  const deep = 'children[].children[].parent.parent.children[].name';
  const uses = [
    deep,
    'grid[][]',
    'labels.en.text',
    'pet.owner.phone',
    'pet.lives',
    'anything.at.all',
    'id',
  ] as const;
  void pets.interaction({ ...tree, status: 200, uses, cookies: { theme: 'dark' } }, run);
  void pets.interaction({ ...tree, status: 404, uses: ['title'] }, run);
  void pets.interaction({ ...tree, status: 500, uses: [''] }, run);
  void pets.interaction({ operation: 'putPet', status: 200, uses: ['[].owner.phone'] }, run);
  // @ts-expect-error: the query is required.
  void pets.interaction({ operation: 'getTree', path: { id: 1 }, status: 200 }, run);
  // @ts-expect-error: there is no such field, however deep.
  void pets.interaction({ ...tree, status: 200, uses: ['children[].children[].nme'] }, run);
  // @ts-expect-error: a list of lists of numbers goes no deeper.
  void pets.interaction({ ...tree, status: 200, uses: ['grid[][][]'] }, run);
  // @ts-expect-error: no kind of pet has it.
  void pets.interaction({ ...tree, status: 200, uses: ['pet.wings'] }, run);
  // @ts-expect-error: it is written and never read.
  void pets.interaction({ ...tree, status: 200, uses: ['password'] }, run);
  // @ts-expect-error: an error is another one.
  void pets.interaction({ ...tree, status: 404, uses: ['name'] }, run);
  // @ts-expect-error: operations of another document need that document.
  definePact<PetOperations>({ consumer: 'web', provider: 'pets' });
});

test('without types, everything may be asked for', () => {
  const untyped = definePact<UntypedOperations>({ consumer: 'web', provider: 'pets', spec: {} });
  void untyped.interaction(
    { operation: 'any', path: { id: 1 }, status: 299, uses: ['a.b[]'], equals: 5 },
    run,
  );
});
