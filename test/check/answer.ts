import {
  type CheckResponseOptions,
  checkResponse,
  type Finding,
  loadSpec,
} from '../../src/index.ts';
import type { Asked } from './parameter.ts';

/** A response as it comes. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A document of one operation, `GET /`, that has these responses. */
export function documentOf(responses: object, { openapi = '3.1.1', schemas = {} }: Asked = {}) {
  return {
    openapi,
    info: { title: 'Answers', version: '1' },
    paths: { '/': { get: { operationId: 'get', responses } } },
    components: { schemas },
  };
}

/** The findings of an answer of that operation. */
export async function findingsOfAnswer(
  responses: object,
  { status = 200, headers = {}, body }: Answer,
  asked: Asked & Pick<CheckResponseOptions, 'method'> = {},
): Promise<readonly Finding[]> {
  const spec = await loadSpec(documentOf(responses, asked));
  const { strict = false, method = 'GET' } = asked;
  return checkResponse(spec, { status, headers, body }, { method, url: '/', strict });
}

/** The findings of the JSON body of a 200 answer, by its schema. */
export async function findingsOfValue(
  schema: unknown,
  value: unknown,
  asked: Asked = {},
): Promise<readonly Finding[]> {
  const responses = { 200: { content: { 'application/json': { schema } } } };
  return findingsOfAnswer(
    responses,
    { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) },
    asked,
  );
}
