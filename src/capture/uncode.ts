import { undoContentEncoding } from '../check/content-encoding.ts';
import type { Content } from '../check/message.ts';
import type { Attachments } from './har-entry.ts';
import type { Captured } from './reading.ts';

/**
 * Takes the codings off the bodies that are still in them. Those that are not, as browsers write them,
 * stay as they are; those that are too large once they are decoded are left out.
 */
export async function uncoded(
  captured: Captured,
  codings: Attachments,
  limit: number,
): Promise<Captured> {
  const { request, response } = captured;
  const asked = await decode(request.content, codings.request, limit);
  const answered = response && (await decode(response.content, codings.response, limit));
  const gaps = [...captured.gaps];
  if (asked.kind === 'unseen' && request.content.kind !== 'unseen') gaps.push(tooLarge('request'));
  if (answered?.kind === 'unseen' && response?.content.kind !== 'unseen')
    gaps.push(tooLarge('response'));
  return {
    ...captured,
    request: { ...request, content: asked },
    response: response && answered ? { ...response, content: answered } : response,
    gaps,
  };
}

function tooLarge(side: 'request' | 'response'): string {
  return `${side} bodies that are too large when decoded`;
}

async function decode(
  content: Content,
  coding: string | undefined,
  limit: number,
): Promise<Content> {
  if (content.kind !== 'bytes' || coding === undefined) return content;
  const bytes = await undoContentEncoding(coding, content.bytes, limit);
  if (bytes === 'large') return { kind: 'unseen' };
  return typeof bytes === 'string' ? content : { kind: 'bytes', bytes };
}
