import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import document from '../generated/document.json' with { type: 'json' };
import { requestValidators, responseValidators } from '../generated/validators.ts';
import type { Json } from '../json.ts';
import { registerValidators } from '../schema/validator.ts';
import { type LoadSpecOptions, readSpec, toSpec } from '../spec/load.ts';
import type { Source } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';

/** The shipped document; beside the package's `dist` and beside the clone's `src` alike. */
const file = new URL('../../spec/exact-match-sessions.openapi.yaml', import.meta.url);

let shipped: Spec | undefined;

/**
 * The document that this package ships: Microsoft Graph's exactMatchSession, its validators compiled
 * before. No file is read, and no compiler is loaded.
 */
export function shippedSpec(): Spec {
  if (!shipped) {
    const source: Source = {
      uri: file.href,
      file: fileURLToPath(file),
      root: document as Json,
      syntax: 'yaml',
      text: () => readFileSync(file, 'utf8'),
    };
    shipped = toSpec(source);
    registerValidators(shipped, 'request', requestValidators);
    registerValidators(shipped, 'response', responseValidators);
  }
  return shipped;
}

/**
 * Loads an OpenAPI 3.0 or 3.1 document and every file that it refers to; without a target, the
 * document that this package ships.
 *
 * Nothing is compiled: each operation and schema is looked at when it is first used.
 *
 * @param target a path, a `file:` or `http(s):` URL, or the document itself as an object.
 * @throws {ExactMatchError} `SPEC_NOT_FOUND`, `SPEC_MALFORMED` (with line and column) or `SPEC_UNSUPPORTED`.
 * @see https://spec.openapis.org/oas/v3.1.1#openapi-document
 */
export async function loadSpec(
  target?: string | URL | object,
  options: LoadSpecOptions = {},
): Promise<Spec> {
  return target === undefined ? shippedSpec() : readSpec(target, options);
}
