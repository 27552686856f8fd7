import { documentOf } from './written.ts';

/** A document with parameters of many styles, credentials of three kinds, and bodies that are no JSON. */
const widget = {
  type: 'object',
  required: ['name'],
  properties: {
    id: { type: 'integer', readOnly: true },
    name: { type: 'string', minLength: 1 },
    key: { type: 'string', writeOnly: true },
    state: { type: 'string', enum: ['new', 'done'] },
  },
};
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const headers = {
  'Retry-After': { schema: { type: 'integer', minimum: 0 } },
  ETag: { schema: { type: 'string', pattern: '^"' }, example: '"v1"' },
  'X-Trace': { required: true, schema: { type: 'string' } },
};

export const widgets: object = documentOf(
  {},
  {
    paths: {
      '/widgets/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: {
          operationId: 'getWidget',
          security: [{ token: [] }],
          parameters: [
            { name: 'tags', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
            {
              name: 'fields',
              in: 'query',
              explode: false,
              schema: { type: 'array', items: { type: 'string' } },
            },
            { name: 'filter', in: 'query', style: 'deepObject', schema: { type: 'object' } },
            { name: 'If-None-Match', in: 'header', schema: { type: 'string' } },
            { name: 'theme', in: 'cookie', schema: { type: 'string' } },
          ],
          responses: {
            200: { description: '', headers, ...json(widget) },
            304: { description: '' },
            '4XX': {
              description: '',
              ...json({ type: 'object', properties: { code: { type: 'string' } } }),
            },
          },
        },
        put: {
          operationId: 'putWidget',
          requestBody: { required: true, ...json(widget) },
          responses: { 204: { description: '' }, default: { description: '', ...json({}) } },
        },
      },
      '/widgets/search': {
        get: { operationId: 'searchWidgets', responses: { 200: { description: '' } } },
      },
      '/keys': {
        post: {
          operationId: 'makeKey',
          security: [{ key: [], session: [] }],
          requestBody: {
            content: {
              'application/x-www-form-urlencoded': {
                schema: { type: 'object', properties: { name: { type: 'string' } } },
              },
              'text/csv': { schema: { type: 'string' } },
            },
          },
          responses: {
            200: { description: '', content: { 'text/plain': { schema: { type: 'string' } } } },
          },
        },
      },
    },
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        key: { type: 'apiKey', in: 'query', name: 'api key' },
        session: { type: 'apiKey', in: 'cookie', name: 'sid' },
      },
    },
  },
);
