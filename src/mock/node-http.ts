import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * The HTTP server of Node. To import it would load the HTTP client as well, for names that nobody uses
 * here: 50 ms of the time that the mock takes to start.
 */
export const http: typeof import('node:http') = require('node:http');

/** The same for HTTPS, which is loaded by those who speak it. */
export function https(): typeof import('node:https') {
  return require('node:https') as typeof import('node:https');
}
