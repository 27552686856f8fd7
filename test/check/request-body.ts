import { checkRequest, type Finding, loadSpec, type RequestInput } from '../../src/index.ts';
import type { Asked } from './parameter.ts';

/** A body as it is sent, and the `Content-Type` that it is sent with. */
export interface Sent {
  readonly body?: unknown;
  readonly type?: string | undefined;
}

/** The findings of a `POST /` whose operation has this request body object. */
export async function findingsOfBody(
  requestBody: object | undefined,
  { body, type }: Sent,
  { openapi = '3.1.1', strict = false, schemas = {} }: Asked = {},
): Promise<readonly Finding[]> {
  const post = { ...(requestBody ? { requestBody } : {}), responses: {} };
  const spec = await loadSpec({
    openapi,
    info: { title: 'Bodies', version: '1' },
    paths: { '/': { post } },
    components: { schemas },
  });
  const headers = type === undefined ? {} : { 'Content-Type': type };
  const request: RequestInput = { method: 'POST', url: '/', headers, body };
  return checkRequest(spec, request, { strict });
}

/** A request body object of one media type. */
export function bodyOf(mediaType: string, schema?: object, rest: object = {}): object {
  return { content: { [mediaType]: { ...(schema ? { schema } : {}), ...rest } } };
}

/** The UTF-8 bytes of a text. */
export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
