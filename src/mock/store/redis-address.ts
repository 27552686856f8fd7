import { isIP } from 'node:net';
import { ExactMatchError } from '../../errors.ts';

/** Where a Redis is, and who asks. */
export interface RedisAddress {
  /** The address as it may be printed: without user and password. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly isEncrypted: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly database: number;
}

const PROTOCOLS = ['redis:', 'rediss:'];

/**
 * Reads an address of the form `redis[s]://[[user]:password@]host[:port][/database]`.
 *
 * @throws {ExactMatchError} `OPTION_INVALID`; the message never has the password.
 */
export function readRedisAddress(text: string): RedisAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !PROTOCOLS.includes(url.protocol) || !text.includes('://')) {
    throw invalid(text, 'it has no such form');
  }
  if (url.search !== '' || url.hash !== '') {
    throw invalid(text, 'nothing can stand behind "?" or "#"; in a password write %3F or %23');
  }
  const database = /^\/?$/.test(url.pathname) ? 0 : Number(/^\/(\d{1,9})$/.exec(url.pathname)?.[1]);
  if (Number.isNaN(database)) throw invalid(text, 'the database is no whole number');
  const host = url.hostname === '' ? 'localhost' : url.hostname;
  const port = url.port === '' ? 6379 : Number(url.port);
  return {
    name: `${url.protocol}//${host}:${port}${database === 0 ? '' : `/${database}`}`,
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port,
    isEncrypted: url.protocol === 'rediss:',
    username: decode(text, url.username),
    password: decode(text, url.password),
    database,
  };
}

/** The name that a server must certify, and is told; an IP address is not told. */
export function serverName({ host }: RedisAddress): string | undefined {
  return isIP(host) === 0 ? host : undefined;
}

function decode(text: string, part: string): string | undefined {
  try {
    return part === '' ? undefined : decodeURIComponent(part);
  } catch {
    throw invalid(text, 'a "%" in user or password must be written %25');
  }
}

function invalid(text: string, reason: string): ExactMatchError {
  // All that can be a password is cut, also where it has an "@" or a "?" of its own.
  const shown = text.replace(/^([^:]*:\/\/)?.*@/s, '$1…@').replace(/[?#].*/s, '?…');
  return new ExactMatchError(
    'OPTION_INVALID',
    `Failed to read the address of the store "${shown}": ${reason}. It must be redis://[[user]:password@]host[:port][/database], or rediss:// for TLS.`,
  );
}
