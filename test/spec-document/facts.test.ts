import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import facts from './facts.json' with { type: 'json' };

// This test holds the document to the facts with nothing of ours between them: YAML, Ajv, the table.
type Tree = { readonly [key: string]: Tree };

const text = readFileSync(
  new URL('../../spec/exact-match-sessions.openapi.yaml', import.meta.url),
  'utf8',
);
const document = parse(text, { merge: true }) as Tree;
const methods = ['get', 'post', 'patch', 'delete', 'put', 'head', 'options', 'trace'];

function at(pointer: string): Tree {
  return pointer
    .replace(/^#\//, '')
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Tree>((value, token) => value[token] ?? ({} as Tree), document);
}

function refOf(value: Tree | undefined): string | undefined {
  return value?.['$ref'] as string | undefined;
}

function resolve(value: Tree): Tree {
  const reference = refOf(value);
  return reference === undefined ? value : { ...resolve(at(reference)), ...without$ref(value) };
}

function without$ref({ $ref: _, ...rest }: Tree): Tree {
  return rest as Tree;
}

/** The properties of a schema and of all that it inherits, each with the schema that declares it. */
function propertiesOf(name: string): Map<string, { declaredOn: string; schema: Tree }> {
  const found = new Map<string, { declaredOn: string; schema: Tree }>();
  const schema = at(`#/components/schemas/${name}`);
  const parts = [schema, ...Object.values(schema['allOf'] ?? {})];
  for (const part of parts) {
    const base = refOf(part)?.split('/').at(-1);
    if (base !== undefined) for (const entry of propertiesOf(base)) found.set(...entry);
    for (const [key, property] of Object.entries(part['properties'] ?? {})) {
      if (!key.startsWith('@odata.')) found.set(key, { declaredOn: name, schema: property });
    }
  }
  return found;
}

const collection = (items: object) => ({ type: ['array', 'null'], items });
const nullable = (name: string) => ({
  anyOf: [{ $ref: `#/components/schemas/${name}` }, { type: 'null' }],
});

/** What each OData type is in JSON Schema: type, limits, format, null. */
const SHAPES: Record<string, object> = {
  String: { type: ['string', 'null'] },
  Int32: { type: ['integer', 'null'], format: 'int32', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  DateTimeOffset: {
    type: ['string', 'null'],
    format: 'date-time',
    pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,7})?(Z|[+-]\\d{2}:\\d{2})$',
  },
  'Collection(String)': collection({ type: 'string' }),
  'Collection(classifcationErrorBase)': collection({
    $ref: '#/components/schemas/classifcationErrorBase',
  }),
  classificationError: nullable('classificationError'),
  classificationInnerError: nullable('classificationInnerError'),
  exactMatchUploadAgent: nullable('exactMatchUploadAgent'),
};

test.for(facts.properties)(
  '$type has $property, $odata of $declaredOn',
  ({ type, property, odata, declaredOn }) => {
    const found = propertiesOf(type).get(property);
    expect(found?.declaredOn).toBe(declaredOn);
    const { description: _, ...shape } = resolve(found?.schema ?? ({} as Tree));
    const key = { type: 'string', minLength: 1, readOnly: true };
    expect(shape).toEqual(property === 'id' ? key : SHAPES[odata]);
  },
);

test.for([...new Set(facts.properties.map(({ type }) => type))])(
  '%s has no other property',
  (type) => {
    const known = facts.properties.filter((row) => row.type === type).map((row) => row.property);
    expect([...propertiesOf(type).keys()].sort()).toEqual(known.sort());
  },
);

test('only the key is required, and only the service sets it', () => {
  expect(at('#/components/schemas/entity')['required']).toEqual(['id']);
  const others = facts.properties
    .map(({ declaredOn }) => declaredOn)
    .filter((name) => name !== 'entity');
  for (const name of others)
    expect(JSON.stringify(at(`#/components/schemas/${name}`))).not.toContain('"required"');
});

test.for(facts.operations)('$method $path is $operationId', (row) => {
  const item = resolve(document['paths']?.[row.path] ?? ({} as Tree));
  const operation = item[row.method.toLowerCase()] ?? ({} as Tree);
  expect(operation['operationId']).toBe(row.operationId);
  const responses = operation['responses'] ?? ({} as Tree);
  const success = Object.keys(responses).filter((status) => status.startsWith('2'));
  // Where a body comes back to one that was sent, a client may prefer a minimal answer.
  const isEcho = row.bodyIn !== null && row.bodyIn === row.bodyOut;
  expect(success).toEqual([String(row.success), ...(isEcho ? ['204'] : [])]);
  expect(schemaName(resolve(responses[String(row.success)] ?? ({} as Tree)))).toBe(row.bodyOut);
  const body = operation['requestBody'];
  expect(body ? schemaName(resolve(body)) : null).toBe(row.bodyIn);
});

function schemaName(owner: Tree): string | null {
  return refOf(owner['content']?.['application/json']?.['schema'])?.split('/').at(-1) ?? null;
}

test('the document has no other operation', () => {
  const found = Object.entries(document['paths'] ?? {}).flatMap(([path, item]) =>
    Object.keys(resolve(item))
      .filter((key) => methods.includes(key))
      .map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(found.sort()).toEqual(
    facts.operations.map(({ method, path }) => `${method} ${path}`).sort(),
  );
});

const responses = facts.operations.flatMap(({ method, path, operationId, bodyIn }) => {
  const item = resolve(document['paths']?.[path] ?? ({} as Tree));
  const declared = item[method.toLowerCase()]?.['responses'] ?? ({} as Tree);
  return Object.entries(declared).map(([status, found]) => ({
    operationId,
    status,
    bodyIn,
    response: resolve(found),
  }));
});

test.for(facts.operations)('$operationId ($path) fails as Graph does', ({ path, method }) => {
  const item = resolve(document['paths']?.[path] ?? ({} as Tree));
  const declared = Object.keys(item[method.toLowerCase()]?.['responses'] ?? {}).map(Number);
  expect(declared).toEqual(expect.arrayContaining(facts.failures));
});

test.for(responses)(
  '$operationId $status tells the request and fails with the envelope',
  ({ status, response }) => {
    expect(response['headers']).toHaveProperty('request-id');
    expect(response['headers']).toHaveProperty('client-request-id');
    if (Number(status) >= 400) expect(schemaName(response)).toBe('ODataError');
    if (status === '401') expect(response['headers']).toHaveProperty('WWW-Authenticate');
    if (status === '429' || status === '503')
      expect(response['headers']).toHaveProperty('Retry-After');
    if (status === '201') expect(response['headers']).toHaveProperty('Location');
    if (status === '200' && !/Collection|batch/.test(schemaName(response) ?? '')) {
      expect(response['headers']).toHaveProperty('ETag');
    }
  },
);

test('creating asks for a bearer token and a JSON body', () => {
  expect(document['security']).toEqual([{ bearer: [] }]);
  expect(at('#/components/securitySchemes/bearer')).toMatchObject({
    type: 'http',
    scheme: 'bearer',
  });
  const body = at('#/components/requestBodies/SessionCreate');
  expect(body['required']).toBe(true);
  expect(Object.keys(body['content'] ?? {})).toEqual(['application/json']);
  expect(facts.create.requestHeaders.every(({ required }) => required)).toBe(true);
  expect(document['servers']).toMatchObject([{ url: facts.baseUrl }]);
});

test('the data store is spelled dataStoreId, never as it once was', () => {
  expect(text).toContain('dataStoreId:');
  expect(text).not.toMatch(/datastoreId/);
});

test('no example is a placeholder', () => {
  const examples = JSON.stringify([
    document['components']?.['examples'],
    document['components']?.['responses'],
  ]);
  for (const placeholder of facts.placeholders) expect(examples).not.toContain(`:"${placeholder}"`);
});

test('every named example satisfies its schema', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema({ $id: 'document', components: document['components'] });
  const bodies = [
    ...Object.entries(document['components']?.['responses'] ?? {}).map(([name, owner]) => ({
      name,
      owner,
      isRequest: false,
    })),
    ...Object.entries(document['components']?.['requestBodies'] ?? {}).map(([name, owner]) => ({
      name,
      owner,
      isRequest: true,
    })),
  ];
  let count = 0;
  for (const { name, owner, isRequest } of bodies) {
    const media = owner['content']?.['application/json'];
    const schema = schemaName(owner);
    if (schema === null) continue;
    const validate = ajv.compile({ $ref: `document#/components/schemas/${schema}` });
    for (const [key, example] of Object.entries(media?.['examples'] ?? {})) {
      const value = resolve(example)['value'];
      // The service gives the key: a request has none, and is judged as if it had.
      validate(isRequest ? { id: 'x', ...value } : value);
      expect(validate.errors, `${name} ${key}`).toBeNull();
      count += 1;
    }
  }
  expect(count).toBeGreaterThan(25);
});

test('a session has an example fresh, being processed, completed and failed', () => {
  const examples = at('#/components/responses/SessionCreated')['content']?.['application/json']?.[
    'examples'
  ];
  expect(Object.keys(examples ?? {})).toEqual(['fresh', 'processing', 'completed', 'failed']);
  const failed = resolve(examples?.['failed'] ?? ({} as Tree))['value'];
  expect(failed?.['error']?.['details']).toHaveLength(2);
  expect(failed?.['error']?.['innerError']).toHaveProperty('activityId');
});
