import { readFileSync } from 'node:fs';
import { isObject, type Json, ownString } from '../json.ts';

/** The version of this package, from its manifest. */
export function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const manifest = JSON.parse(text) as Json;
  return (isObject(manifest) && ownString(manifest, 'version')) || 'unknown';
}
