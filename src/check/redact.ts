import type { Finding } from '../finding.ts';
import { isArray, isObject, type Json, ownString } from '../json.ts';
import { children, objectChild } from '../spec/node.ts';
import { resolve } from '../spec/ref.ts';
import { remembered, type Spec } from '../spec/spec.ts';
import { isSecretName } from './secret-name.ts';

/** What stands for a secret: it may stand in a URL, a header or a text alike. */
export const REDACTED = 'REDACTED';

/** Property names of these words carry no secret in a body: an error has a `code`. */
const HARMLESS = /^(?:code|key)$/i;
const HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
]);
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
  const { at, code, message, actual, ...rest } = finding;
  const isBody = code.includes('.body.');
  const name = isBody ? at.slice(at.lastIndexOf('/') + 1) : at;
  const isSecret = isSecretName(name) || secrets.has(name);
  if (isSecret && !(isBody && HARMLESS.test(name))) {
    return { ...rest, at, code, message: message.replace(/, got .*$/s, `, got ${REDACTED}.`) };
  }
  // What is wrong as a whole may hold secrets.
  const told = redactText(message);
  // What was found comes out of a message: it is JSON.
  const shown = actual === undefined ? undefined : redactValue(actual as Json);
  if (told === message && shown === actual) return finding;
  return { ...finding, message: told, ...(shown === undefined ? {} : { actual: shown }) };
}

/** A query with the values of what looks secret left out. */
export function redactQuery(query: string, secrets: ReadonlySet<string> = NONE): string {
  return query
    .split('&')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1);
      const decoded = decode(name);
      if (isSecretName(decoded) || secrets.has(decoded)) return `${name}=${REDACTED}`;
      const value = decode(pair.slice(name.length + 1));
      const safe = redactText(value);
      return safe === value ? pair : `${name}=${encodeURIComponent(safe)}`;
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
    const isKept = !HEADERS.has(name) && !secrets.has(name) && !isSecretName(name);
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

/** What lies deeper is left out: nobody reads it, and a walk through it has no end in sight. */
const DEEPEST = 100;

/**
 * A value with the texts left out whose names say that they are secret, and signed URLs cut; the value
 * itself where nothing had to be taken out.
 */
export function redactValue(value: Json): Json {
  return without(value, { isSecret: false, depth: 0 });
}

interface Within {
  /** What lies in something secret is secret; of numbers and the like there are counts of tokens. */
  readonly isSecret: boolean;
  readonly depth: number;
}

function without(value: Json, { isSecret, depth }: Within): Json {
  if (typeof value === 'string') return isSecret ? REDACTED : redactText(value);
  if (!isArray(value) && !isObject(value)) return value;
  if (depth > DEEPEST) return REDACTED;
  const inner = (item: Json, name?: string): Json => {
    const isNamed = name !== undefined && isSecretName(name) && !HARMLESS.test(name);
    return without(item, { isSecret: isSecret || isNamed, depth: depth + 1 });
  };
  if (isArray(value)) {
    const items = value.map((item) => inner(item));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const members = Object.entries(value).map(([name, item]) => [name, inner(item, name)] as const);
  return members.some(([name, item]) => item !== value[name]) ? Object.fromEntries(members) : value;
}

/** Fields of a form by their names (RFC 7578), each with what stands between its head and the boundary. */
const PART = /(name="([^"]*)".*?\r?\n\r?\n)(.*?)(?=\r?\n--)/gs;

/** A body of text without the values of what looks secret, by its media type. */
export function redactBody(
  text: string,
  mediaType: string,
  secrets: ReadonlySet<string> = NONE,
): string {
  if (/[/+]json\b/i.test(mediaType) || /^\s*[{[]/.test(text)) {
    try {
      const value = JSON.parse(text) as Json;
      const safe = redactValue(value);
      // Written as it was where nothing is taken out: its numbers may have more digits than we keep.
      return safe === value ? text : JSON.stringify(safe);
    } catch {
      // No JSON, whatever it says: a text like any other.
    }
  }
  if (/^application\/x-www-form-urlencoded\b/i.test(mediaType)) return redactQuery(text, secrets);
  if (/^multipart\//i.test(mediaType)) {
    return text.replace(PART, (part: string, head: string, name: string) =>
      isSecretName(name) ? head + REDACTED : part,
    );
  }
  return redactText(text);
}

/** A parameter of a URL, in its query or behind it: `?sig=…`, `&token=…`, `#access_token=…`. */
const PARAMETER = /([?&#;]([\w.~$%+-]{1,100})=)[^&#\s"'<>\\]+/g;
/** What stands before the host of a URL. */
const USER = /\b([a-z][a-z\d+.-]{1,20}:\/\/)[^/?#\s@"'<>\\]+@/gi;
/** A member of JSON, also of such that is broken. */
const MEMBER = /("([^"\\]{1,100})"\s*:\s*)"(?:[^"\\]|\\.)*("?)/g;

function redactText(text: string): string {
  if (!/[=@:]/.test(text)) return text;
  return text
    .replaceAll(USER, `$1${REDACTED}@`)
    .replaceAll(PARAMETER, (pair, start: string, name: string) =>
      isSecretName(decode(name)) ? start + REDACTED : pair,
    )
    .replaceAll(MEMBER, (member, start: string, name: string, end: string) =>
      isSecretName(name) && !HARMLESS.test(name) ? `${start}"${REDACTED}${end}` : member,
    );
}
