import type { RequestMessage } from '../check/message.ts';

/** Where requests go that name no scope. */
export const DEFAULT_SCOPE = 'default';

/** The header that names a scope. */
export const SCOPE_HEADER = 'x-mock-scope';
const PREFIX = '/__scope/';
const NAME = /^[\w.-]{1,64}$/;

/** A request and the scope that it belongs to. */
export interface Scoped {
  readonly scope: string;
  readonly message: RequestMessage;
  /** What was cut off the path: `/__scope/NAME`, or `''`. */
  readonly prefix: string;
  /** Why the scope cannot be used, as a sentence. */
  readonly mistake: string | undefined;
}

/** The scope of a request: by the header `x-mock-scope`, or by a path `/__scope/NAME/…`. */
export function scopeOf(message: RequestMessage): Scoped {
  const { path, headers } = message;
  if (path.startsWith(PREFIX)) {
    const end = path.indexOf('/', PREFIX.length);
    const name = path.slice(PREFIX.length, end === -1 ? undefined : end);
    const rest = end === -1 ? '/' : path.slice(end);
    return scoped(name, { ...message, path: rest }, PREFIX + name);
  }
  const name = headers[SCOPE_HEADER];
  return name === undefined
    ? { scope: DEFAULT_SCOPE, message, prefix: '', mistake: undefined }
    : scoped(name, message, '');
}

function scoped(scope: string, message: RequestMessage, prefix: string): Scoped {
  const mistake = NAME.test(scope)
    ? undefined
    : `The scope "${scope.slice(0, 80)}" cannot be used: a name has 1 to 64 letters, digits, _, . or -.`;
  return { scope, message, prefix, mistake };
}
