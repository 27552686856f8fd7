import { bytesContent } from './given-body.ts';
import type { Content } from './message.ts';
import { hasMethod, unreadable } from './unreadable.ts';

/** What the `Request` and `Response` of the platform, and of libraries like it, have in common. */
export interface FetchMessage {
  readonly headers: unknown;
  readonly body: unknown;
  readonly bodyUsed: boolean;
  readonly url: string;
  readonly clone: () => { readonly arrayBuffer: () => Promise<ArrayBuffer> };
}

/** Tells a `Request` or `Response`, also one of another realm or library. */
export function isFetchMessage(input: unknown): input is FetchMessage {
  return hasMethod(input, 'arrayBuffer') && hasMethod(input, 'clone');
}

/**
 * Reads the body of a clone, so that the caller can still read that of the message.
 *
 * @throws {ExactMatchError} `MESSAGE_UNREADABLE` when it has been read already, or breaks off.
 */
export async function readFetchBody(
  what: 'request' | 'response',
  message: FetchMessage,
): Promise<Content> {
  if (message.bodyUsed) {
    const advice = `Check it first, or read a clone: ${what}.clone().json().`;
    throw unreadable(what, 'its body has been read already', advice);
  }
  if (message.body === null) return { kind: 'none' };
  try {
    return bytesContent(await message.clone().arrayBuffer());
  } catch (cause) {
    const reason = Error.isError(cause) ? cause.message : String(cause);
    throw unreadable(what, `its body breaks off: ${reason}`, 'Send it again.', cause);
  }
}
