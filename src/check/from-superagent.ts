import { bytesContent, readBody, textContent } from './given-body.ts';
import { type Asked, member, readAsked } from './given-target.ts';
import type { Content } from './message.ts';

/** The part of a supertest or superagent response that is read. */
export interface SuperagentResponseLike {
  readonly status: number;
  readonly header: object;
  readonly text?: string | undefined;
  readonly body: unknown;
  readonly req?: unknown;
  readonly request?: unknown;
}

/** Tells a supertest or superagent response by its shape. */
export function isSuperagentResponse(input: object): input is SuperagentResponseLike {
  return 'header' in input && 'body' in input && ('req' in input || 'request' in input);
}

/**
 * The body of a superagent response: its text where it kept that, else its bytes or parsed value.
 *
 * It shows a response without a body as `{}`, so an empty object without text is none.
 *
 * @throws {ExactMatchError} `MESSAGE_UNREADABLE` for a body that JSON cannot say.
 */
export async function readSuperagentBody({ text, body }: SuperagentResponseLike): Promise<Content> {
  if (text) return textContent(text);
  if (ArrayBuffer.isView(body)) return bytesContent(body);
  const isNothing =
    body === undefined ||
    body === null ||
    (typeof body === 'object' && Object.keys(body).length === 0 && !Array.isArray(body));
  return isNothing ? { kind: 'none' } : (await readBody(body)).content;
}

/** The method and URL that a superagent response answers, after redirects where it tells. */
export function askedOfSuperagent({ req, request }: SuperagentResponseLike): Asked {
  return readAsked(
    member(req, 'method') ?? member(request, 'method'),
    member(req, 'path') ?? member(request, 'url'),
  );
}
