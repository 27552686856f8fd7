import { bytesContent } from './given-body.ts';
import { type Asked, readAsked } from './given-target.ts';
import type { Content } from './message.ts';
import { hasMethod, unreadable } from './unreadable.ts';

/** The part of Playwright's `APIResponse`, and of a page's `Response`, that is read. */
export interface PlaywrightResponseLike {
  readonly status: () => number;
  readonly headers: () => Readonly<Record<string, string>>;
  readonly url: () => string;
  readonly body: () => Promise<Uint8Array>;
  /** Of a page's `Response` only. */
  readonly request?: () => { readonly method: () => string };
}

/** Tells a response of Playwright by its shape: what others have as members, it has as methods. */
export function isPlaywrightResponse(input: unknown): input is PlaywrightResponseLike {
  return ['status', 'headers', 'url', 'body'].every((name) => hasMethod(input, name));
}

/** Statuses whose responses cannot have a body (RFC 9110, 6.4.1); a page has none of a redirect. */
function isBodiless(status: number): boolean {
  return status === 204 || (status >= 300 && status < 400);
}

/**
 * The body of a response of Playwright, as it travelled.
 *
 * @throws {ExactMatchError} `MESSAGE_UNREADABLE` when it is gone: disposed, or of a closed page.
 */
export async function readPlaywrightBody(response: PlaywrightResponseLike): Promise<Content> {
  try {
    return bytesContent(await response.body());
  } catch (cause) {
    if (isBodiless(response.status())) return { kind: 'none' };
    const reason = cause instanceof Error ? (cause.message.split('\n', 1)[0] ?? '') : String(cause);
    const advice = 'Check it before its context or page is closed, and before it is disposed.';
    throw unreadable('response', `Playwright has no body of it (${reason})`, advice, cause);
  }
}

/** What a response of Playwright answers; only a page's tells the method. */
export function askedOfPlaywright(response: PlaywrightResponseLike): Asked {
  return readAsked(response.request?.().method(), response.url());
}
