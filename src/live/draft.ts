import type { Content, RequestMessage } from '../check/message.ts';
import { writeParameter } from '../check/parameter-text.ts';
import { credentialChoicesOf } from '../check/security.ts';
import type { Json, JsonObject } from '../json.ts';
import { children, objectChild } from '../spec/node.ts';
import {
  type Operation,
  type ParameterPlace,
  parametersOf,
  responseFor,
  statusesOf,
} from '../spec/operation.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import type { Binding } from './binding.ts';
import { writeBody } from './body-text.ts';
import { type Carried, givenHeaders, identityFor, type SecretUse } from './credentials.ts';
import type { Settings } from './settings.ts';
import { markOf } from './variable.ts';

/** A request in parts, so that one of them can be changed. */
export interface Draft {
  readonly operation: Operation;
  /** The parameters of query, header and cookie, as values. */
  readonly values: Readonly<Record<Exclude<ParameterPlace, 'path'>, JsonObject>>;
  /** The parameters of the path, and where they come from. */
  readonly binding: Binding;
  readonly body: DraftBody | undefined;
  /** Which credentials it carries: those given, none, or some of a scheme that is not asked for. */
  readonly credentials: 'given' | 'none' | 'other';
  /** Another method than the operation's. */
  readonly method?: string;
  /** A query as it travels, in place of that of the values. */
  readonly query?: string;
  /** Headers of its own, which win over all others; one that is `undefined` is left out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** A body: a value and how it is written, or a text as it travels. */
export type DraftBody =
  | { readonly contentType: string; readonly value: Json; readonly mediaType: Node | undefined }
  | { readonly contentType: string; readonly text: string };

/** What drafts are written with. */
export interface Writing {
  readonly spec: Spec;
  readonly settings: Settings;
}

/** What a client that says nothing else is called. */
const USER_AGENT = 'exactmatch-kit';
/** What no header can hold. */
const UNSENDABLE = /[^\t\x20-\x7e\x80-\xff]|^[ \t]|[ \t]$/;

/**
 * The request of a draft; `undefined` where a value has no form in its place, or where no credentials
 * are there to be carried.
 */
export function toMessage(
  { spec, settings }: Writing,
  draft: Draft,
  use: SecretUse = 'true',
): RequestMessage | undefined {
  const { operation, body } = draft;
  const method = draft.method ?? operation.method;
  const path = writePath(spec, draft, use);
  const identity = identityFor(spec, operation, settings, use);
  if (path === undefined || (draft.credentials === 'given' && identity.kind === 'lacking'))
    return undefined;
  const carried =
    identity.kind === 'ready' && draft.credentials === 'given' ? identity.carried : [];
  const written = writeValues(spec, draft, carried);
  const content = body ? writeContent(body) : NOTHING;
  if (!written || !content) return undefined;
  const given = withoutCredentials(spec, draft, givenHeaders(spec, settings, use));
  const cookies = [given['cookie'], written.headers['cookie']].filter((each) => each !== undefined);
  const headers: Record<string, string | undefined> = {
    'user-agent': USER_AGENT,
    accept: acceptOf(spec, operation),
    ...given,
    ...written.headers,
    ...(cookies.length > 0 ? { cookie: cookies.join('; ') } : {}),
    ...(content.contentType === undefined ? {} : { 'content-type': content.contentType }),
    ...draft.headers,
  };
  if (draft.credentials === 'other') headers['authorization'] = 'Unknown exactmatch';
  const there = Object.entries(headers).filter(([, value]) => value !== undefined);
  if (there.some(([, value]) => UNSENDABLE.test(value ?? ''))) return undefined;
  const query =
    draft.query === undefined ? written.query.join('&') : withCarried(draft.query, carried);
  return { method, path, query, headers: Object.fromEntries(there), content: content.content };
}

/** A query that is given, with the keys that it does not have already. */
function withCarried(query: string, carried: readonly Carried[]): string {
  const given = new URLSearchParams(query);
  const missing = carried.filter(({ place, name }) => place === 'query' && !given.has(name));
  const pairs = missing.map(
    ({ name, text }) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`,
  );
  return [query, ...pairs].filter((part) => part !== '').join('&');
}

const NOTHING: Written = { contentType: undefined, content: { kind: 'none' } };

interface Written {
  readonly contentType: string | undefined;
  readonly content: Content;
}

function writeContent(body: DraftBody): Written | undefined {
  if ('text' in body) {
    return { contentType: body.contentType, content: { kind: 'text', text: body.text } };
  }
  return writeBody(body.contentType, body.value, body.mediaType);
}

/** The path with its parameters; of what the probe made itself, a mark in place of the id if asked. */
function writePath(spec: Spec, { operation, binding }: Draft, use: SecretUse): string | undefined {
  let path = operation.path.replaceAll(/[^!-~]/g, encodeURIComponent);
  for (const parameter of parametersOf(spec, operation)) {
    const { name, in: place } = parameter;
    if (place !== 'path') continue;
    const value = binding.values[name];
    const owned = binding.owned.find((item) => item.parameter === name);
    const text =
      use === 'marked' && owned
        ? markOf(owned.variable)
        : value === undefined
          ? undefined
          : writeParameter(parameter, value);
    // A segment of dots would be taken for a way through the folders.
    if (text === undefined || text === '' || text === '.' || text === '..') return undefined;
    path = path.replaceAll(`{${name}}`, () => text);
  }
  return /[{}]/.test(path) ? undefined : path;
}

interface WrittenValues {
  readonly query: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

function writeValues(
  spec: Spec,
  { operation, values }: Draft,
  carried: readonly Carried[],
): WrittenValues | undefined {
  const query: string[] = [];
  const cookies: string[] = [];
  const headers: Record<string, string> = {};
  const put = (place: string, name: string, text: string) => {
    if (place === 'query') query.push(text);
    else if (place === 'cookie') cookies.push(text);
    else headers[name.toLowerCase()] = text;
  };
  for (const parameter of parametersOf(spec, operation)) {
    const { name, in: place } = parameter;
    const value = place === 'path' ? undefined : values[place][name];
    if (value === undefined) continue;
    const text = writeParameter(parameter, value);
    if (text === undefined) return undefined;
    // A list of nothing, spread over its items, is not there.
    if (text !== '' || place === 'header') put(place, name, text);
  }
  for (const { place, name, text } of carried) {
    const encoded = encodeURIComponent(text);
    put(place, name, place === 'header' ? text : `${encodeURIComponent(name)}=${encoded}`);
  }
  if (cookies.length > 0) headers['cookie'] = cookies.join('; ');
  return { query, headers };
}

/** The headers without those that show who asks, where the draft is to do without. */
function withoutCredentials(
  spec: Spec,
  { operation, credentials }: Draft,
  headers: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (credentials === 'given') return headers;
  const secret = new Set<string>();
  for (const { place, name } of credentialChoicesOf(spec, operation).flat()) {
    if (place.startsWith('header ')) secret.add(name);
    if (place.startsWith('cookie ')) secret.add('cookie');
  }
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !secret.has(name)));
}

/** The media types of the answers that are asked for, or any where none is declared. */
function acceptOf(spec: Spec, operation: Operation): string {
  const types = new Set<string>();
  for (const status of statusesOf(operation)) {
    if (!status.startsWith('2')) continue;
    const response = responseFor(spec, operation, Number(status.replaceAll(/x/gi, '0')));
    const content = response && objectChild(response, 'content');
    for (const [type] of content ? children(content) : []) types.add(type);
  }
  return types.size === 0 ? '*/*' : [...types].join(', ');
}
