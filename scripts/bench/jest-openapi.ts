import { createRequire } from 'node:module';
import { isArray, isObject, type Json, type JsonObject } from '../../src/json.ts';

/** A matcher of Jest, as far as it is needed to be called. */
type Matcher = (
  this: object,
  received: object,
) => { readonly pass: boolean; readonly message: () => string };

const PATH = '/sessions';

/**
 * The check of jest-openapi, without Jest around it: whether the body of a 201 satisfies a schema of a
 * document. It reads OpenAPI 3.0 only, so the schemas are given to it in that version.
 */
export function jestOpenApi(schemas: JsonObject, name: string): (body: unknown) => boolean {
  const matchers: Record<string, Matcher> = {};
  const globals = globalThis as { expect?: object };
  globals.expect = { extend: (more: object) => Object.assign(matchers, more) };
  // It is CommonJS, and takes `expect` from the globals.
  createRequire(import.meta.url)('jest-openapi').default(documentOf(schemas, name));
  delete globals.expect;
  const matcher = matchers['toSatisfyApiSpec'];
  if (!matcher) throw new Error('jest-openapi has no toSatisfyApiSpec');
  const asText = (value: unknown) => String(value);
  const context = {
    utils: { matcherHint: asText, EXPECTED_COLOR: asText, RECEIVED_COLOR: asText },
  };
  const req = { method: 'POST', path: PATH };
  return (body) =>
    matcher.call(context, { status: 201, body, text: JSON.stringify(body), req }).pass;
}

function documentOf(schemas: JsonObject, name: string): object {
  const schema = { $ref: `#/components/schemas/${name}` };
  const created = { description: 'Created', content: { 'application/json': { schema } } };
  return {
    openapi: '3.0.3',
    info: { title: 'The same schemas', version: '1' },
    paths: { [PATH]: { post: { responses: { 201: created } } } },
    components: { schemas: toVersion30(schemas) },
  };
}

/** What OpenAPI 3.0 says in other words: several types, `const`, what stands beside a reference. */
function toVersion30(part: JsonObject): JsonObject {
  const { $ref, ...rest } = part;
  const result: Record<string, Json> = {};
  for (const [name, value] of Object.entries(rest)) {
    if (name === 'type' && isArray(value)) {
      Object.assign(result, {
        type: value.find((type) => type !== 'null') ?? null,
        nullable: true,
      });
    } else if (name === 'const') result['enum'] = [value];
    else if (name !== 'examples')
      result[name] = isObject(value) ? toVersion30(value) : toItems(value);
  }
  if ($ref === undefined) return result;
  return Object.keys(rest).length === 0 ? { $ref } : { ...result, allOf: [{ $ref }] };
}

function toItems(value: Json): Json {
  return isArray(value) ? value.map((item) => (isObject(item) ? toVersion30(item) : item)) : value;
}
