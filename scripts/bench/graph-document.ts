/** A JSON object under construction. */
type Part = Readonly<Record<string, unknown>>;

/**
 * A document such as Microsoft Graph's, of that many entities: each leads to two others, so that all
 * of them are one knot of cycles, each is listed, created, read, updated and deleted, and the type
 * that all of them extend names every one in its discriminator.
 */
export function graphDocument(entities: number): Part {
  const names = Array.from({ length: entities }, (_, index) => `entity${index}`);
  const paths: Record<string, Part> = {};
  const schemas: Record<string, Part> = { 'microsoft.graph.entity': baseType(names) };
  for (const [index, name] of names.entries()) {
    paths[`/${name}s`] = collectionPath(name);
    paths[`/${name}s/{${name}-id}`] = itemPath(name);
    const owner = names[(index * 7 + 1) % entities] ?? name;
    const member = names[(index * 13 + 5) % entities] ?? name;
    schemas[typeOf(name)] = entityType(name, owner, member);
    schemas[`${typeOf(name)}CollectionResponse`] = {
      title: `Collection of ${name}`,
      type: 'object',
      properties: {
        '@odata.count': { type: 'integer', format: 'int64', nullable: true },
        '@odata.nextLink': { type: 'string', nullable: true },
        value: { type: 'array', items: reference(typeOf(name)) },
      },
    };
  }
  return {
    openapi: '3.0.4',
    info: { title: `A graph of ${entities} entities`, version: 'v1.0' },
    servers: [{ url: 'https://graph.microsoft.com/v1.0' }],
    paths,
    components: {
      schemas,
      parameters: { top: { name: '$top', in: 'query', schema: { type: 'integer', minimum: 0 } } },
      responses: { error: errorResponse },
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
    security: [{ token: [] }],
  };
}

function typeOf(name: string): string {
  return `microsoft.graph.${name}`;
}

function reference(type: string): Part {
  return { $ref: `#/components/schemas/${type}` };
}

function baseType(names: readonly string[]): Part {
  const mapping = names.map((name) => [`#${typeOf(name)}`, reference(typeOf(name))['$ref']]);
  return {
    title: 'entity',
    type: 'object',
    properties: {
      id: { type: 'string', readOnly: true },
      '@odata.type': { type: 'string' },
    },
    discriminator: { propertyName: '@odata.type', mapping: Object.fromEntries(mapping) },
  };
}

function entityType(name: string, owner: string, member: string): Part {
  const text = { type: 'string', nullable: true };
  const own = {
    title: name,
    required: ['displayName'],
    type: 'object',
    properties: {
      displayName: { type: 'string', maxLength: 256 },
      createdDateTime: { type: 'string', format: 'date-time', nullable: true },
      description: text,
      size: { type: 'integer', format: 'int32', minimum: 0 },
      state: { type: 'string', enum: ['active', 'inactive', 'unknownFutureValue'] },
      tags: { type: 'array', items: text },
      owner: { anyOf: [reference(typeOf(owner)), { type: 'object', nullable: true }] },
      members: { type: 'array', items: reference(typeOf(member)) },
    },
  };
  return { allOf: [reference('microsoft.graph.entity'), own] };
}

function collectionPath(name: string): Part {
  return {
    get: {
      operationId: `${name}.list`,
      parameters: [{ $ref: '#/components/parameters/top' }],
      responses: { 200: json(`${typeOf(name)}CollectionResponse`), default: failure },
    },
    post: {
      operationId: `${name}.create`,
      requestBody: { ...json(typeOf(name)), required: true },
      responses: { 201: json(typeOf(name)), default: failure },
    },
  };
}

function itemPath(name: string): Part {
  return {
    parameters: [{ name: `${name}-id`, in: 'path', required: true, schema: { type: 'string' } }],
    get: {
      operationId: `${name}.get`,
      responses: { 200: json(typeOf(name)), default: failure },
    },
    patch: {
      operationId: `${name}.update`,
      requestBody: { ...json(typeOf(name)), required: true },
      responses: { 200: json(typeOf(name)), default: failure },
    },
    delete: {
      operationId: `${name}.delete`,
      responses: { 204: { description: 'Gone' }, default: failure },
    },
  };
}

function json(type: string): Part {
  return { description: type, content: { 'application/json': { schema: reference(type) } } };
}

const failure: Part = { $ref: '#/components/responses/error' };

const errorResponse: Part = {
  description: 'An error',
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['error'],
        properties: {
          error: {
            type: 'object',
            required: ['code', 'message'],
            properties: { code: { type: 'string' }, message: { type: 'string' } },
          },
        },
      },
    },
  },
};
