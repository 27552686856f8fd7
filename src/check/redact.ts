import type { Finding } from '../finding.ts';
import { isArray, isObject, type Json, ownString } from '../json.ts';
import { children, objectChild } from '../spec/node.ts';
import { resolve } from '../spec/ref.ts';
import { remembered, type Spec } from '../spec/spec.ts';

/** What stands for a secret: it may stand in a URL, a header or a text alike. */
export const REDACTED = 'REDACTED';

/** Names of parameters and properties that carry credentials, keys and signatures. */
const SECRET =
  /^(?:sig|signature|salt|token|.*[_-]?token|code|key|api[_-]?key|password|passwd|secret|.*[_-]secret|client[_-]?secret|authorization|assertion)$/i;
/** Camel-case names of the same. */
const SECRET_WORD = /(?:Token|Secret|Password|ApiKey|Signature)$/;
/** Property names of these words carry no secret in a body: an error has a `code`. */
const HARMLESS = /^(?:code|key)$/i;
const HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'api-key',
  'ocp-apim-subscription-key',
  'x-mock-admin-token',
]);
/** A URL whose query is signed (SAS, S3, GCS) or carries a token. */
const SIGNED =
  /^[a-z][a-z\d+.-]*:\/\/[^?#\s]*\?[^#\s]*\b(?:sig|signature|x-amz-signature|x-goog-signature|token|access_token)=/i;

function isSecret(name: string): boolean {
  return SECRET.test(name) || SECRET_WORD.test(name);
}

const NONE: ReadonlySet<string> = new Set();

/** A name may hide behind percent-encoding. */
function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The names under which the API keys of a document travel in a query or as headers. */
export const secretNamesOf: (spec: Spec) => ReadonlySet<string> = remembered((spec) => {
  const names = new Set<string>();
  const components = objectChild(spec.root, 'components');
  const schemes = components && objectChild(components, 'securitySchemes');
  for (const [, found] of schemes ? children(schemes) : []) {
    const scheme = resolve(spec, found).value;
    const name = isObject(scheme) ? ownString(scheme, 'name') : undefined;
    if (name === undefined || !isObject(scheme)) continue;
    names.add(scheme['in'] === 'header' ? name.toLowerCase() : name);
  }
  return names;
});

/** A finding without the value of what looks secret. */
export function redactFinding(finding: Finding, secrets: ReadonlySet<string> = NONE): Finding {
  const { at, code, message, actual: _, ...rest } = finding;
  const isBody = code.includes('.body.');
  const name = isBody ? at.slice(at.lastIndexOf('/') + 1) : at;
  if (!(isSecret(name) || secrets.has(name)) || (isBody && HARMLESS.test(name))) return finding;
  return { ...rest, at, code, message: message.replace(/, got .*$/s, `, got ${REDACTED}.`) };
}

/** A query with the values of what looks secret left out. */
export function redactQuery(query: string, secrets: ReadonlySet<string> = NONE): string {
  return query
    .split('&')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1);
      const decoded = decode(name);
      return isSecret(decoded) || secrets.has(decoded) ? `${name}=${REDACTED}` : pair;
    })
    .join('&');
}

/** Headers with those left out that carry credentials; URLs in the others without their signatures. */
export function redactHeaders(
  headers: Readonly<Record<string, string | undefined>>,
  secrets: ReadonlySet<string> = NONE,
): Record<string, string> {
  const redacted: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    const isKept = !HEADERS.has(name) && !secrets.has(name);
    redacted[name] = isKept ? redactText(value) : redactHeader(name, value);
  }
  return redacted;
}

/** The scheme of a credential and the names of cookies are no secrets: a check needs them. */
function redactHeader(name: string, value: string): string {
  if (name === 'cookie' || name === 'set-cookie') {
    const pair = name === 'cookie' ? /(=)[^;]*/g : /^([^=;\n]*=)[^;\n]*/gm;
    return value.replaceAll(pair, `$1${REDACTED}`);
  }
  const scheme = /authorization$/.test(name) ? /^([\w-]+ +)\S/.exec(value)?.[1] : undefined;
  return (scheme ?? '') + REDACTED;
}

/** A value with the texts left out whose names say that they are secret, and signed URLs cut. */
export function redactValue(value: Json): Json {
  if (typeof value === 'string') return redactText(value);
  if (isArray(value)) return value.map(redactValue);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      isSecret(name) && !HARMLESS.test(name) && typeof item === 'string'
        ? REDACTED
        : redactValue(item),
    ]),
  );
}

/** Fields of a form by their names (RFC 7578), each with what stands between its head and the boundary. */
const PART = /(name="([^"]*)".*?\r?\n\r?\n)(.*?)(?=\r?\n--)/gs;
/** Every URL in a text. */
const URLS = /[a-z][a-z\d+.-]*:\/\/[^\s"'<>\\]+/gi;

/** A body of text without the values of what looks secret, by its media type. */
export function redactBody(
  text: string,
  mediaType: string,
  secrets: ReadonlySet<string> = NONE,
): string {
  if (/[/+]json\b/i.test(mediaType)) {
    try {
      return JSON.stringify(redactValue(JSON.parse(text) as Json));
    } catch {
      // No JSON, whatever it says: a text like any other.
    }
  }
  if (/^application\/x-www-form-urlencoded\b/i.test(mediaType)) return redactQuery(text, secrets);
  if (/^multipart\//i.test(mediaType)) {
    return text.replace(PART, (part: string, head: string, name: string) =>
      isSecret(name) ? head + REDACTED : part,
    );
  }
  return text.replaceAll(URLS, redactText);
}

function redactText(text: string): string {
  if (!SIGNED.test(text)) return text;
  const mark = text.indexOf('?');
  return `${text.slice(0, mark)}?${redactQuery(text.slice(mark + 1))}`;
}
