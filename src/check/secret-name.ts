/** Words that name a secret at the end of a name: `accessToken`, `x-auth-token`, `client_secret`. */
const SECRET: ReadonlySet<string> = new Set([
  ...['token', 'tokens', 'secret', 'secrets', 'password', 'passwords', 'passwd', 'pwd', 'pass'],
  ...['passphrase', 'passcode', 'sig', 'signature', 'hmac', 'jwt', 'authorization', 'assertion'],
  ...['credential', 'apikey', 'tempauth', 'otp', 'sas', 'code', 'key'],
]);
/** A key is secret where it is one of these: `x-goog-api-key`, `privateKey`. */
const KEYS: ReadonlySet<string> = new Set([
  ...['api', 'private', 'access', 'account', 'secret', 'session', 'subscription', 'functions'],
  ...['shared', 'encryption', 'signing', 'master', 'auth', 'storage'],
]);
/** A code is secret where it is one of these: `authCode`. */
const CODES: ReadonlySet<string> = new Set(['auth', 'authorization', 'device', 'verification']);
/** A token that only says where a list goes on, or against forged requests of browsers. */
const PAGES: ReadonlySet<string> = new Set([
  ...['skip', 'page', 'next', 'continuation', 'continue', 'cursor', 'delta', 'sync', 'scroll'],
]);
const PAGE = /^\$?(?:skip|delta|page|next|sync)token$/;

/** Tells whether a name is that of a credential, a key, a salt or a signature. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  const before = words.at(-2);
  if (words.includes('salt')) return true;
  if (!SECRET.has(last) && !/(?:token|secret|password)$/.test(last)) return false;
  if (PAGE.test(last) || (before !== undefined && PAGES.has(before))) return false;
  if (last === 'key') return before === undefined || KEYS.has(before);
  return last !== 'code' || before === undefined || CODES.has(before);
}

/** `x-auth-token`, `authToken` and `AUTH_TOKEN` are the same words. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d$]+/)
    .filter((word) => word !== '');
}
