import { isJson, parseMediaType } from '../spec/media-type.ts';
import { readBody } from './given-body.ts';
import { type Asked, member, readAsked } from './given-target.ts';
import type { Content, HeaderValues } from './message.ts';

/** The part of an axios response that is read. */
export interface AxiosResponseLike {
  readonly status: number;
  readonly headers: object;
  readonly data: unknown;
  readonly config: object;
  readonly request?: unknown;
}

/** Tells an axios response by its shape. */
export function isAxiosResponse(input: object): input is AxiosResponseLike {
  return 'data' in input && 'headers' in input && typeof member(input, 'config') === 'object';
}

/**
 * The body that an axios response has parsed, or left as it came.
 *
 * A text under a JSON media type is what axios failed to parse, unless its length says that it is
 * the text of a JSON string.
 *
 * @throws {ExactMatchError} `MESSAGE_UNREADABLE` for a stream.
 */
export async function readAxiosBody(
  { data, status, config }: AxiosResponseLike,
  headers: HeaderValues,
): Promise<Content> {
  const length = headers['content-length'];
  if (data === null) {
    const isNothing = status === 204 || status === 304 || length === '0' || !isJsonText(headers);
    return isNothing ? { kind: 'none' } : { kind: 'value', value: null };
  }
  if (typeof data === 'string' && isJsonText(headers) && isParsing(config)) {
    const isParsed = length === String(Buffer.byteLength(JSON.stringify(data)));
    if (isParsed) return { kind: 'value', value: data };
  }
  return (await readBody(data)).content;
}

function isJsonText(headers: HeaderValues): boolean {
  const mediaType = parseMediaType(headers['content-type'] ?? '');
  return mediaType !== undefined && isJson(mediaType.essence);
}

function isParsing(config: object): boolean {
  const responseType = member(config, 'responseType');
  return !responseType || responseType === 'json';
}

/** The method and URL that an axios response answers, after redirects where it tells. */
export function askedOfAxios({ config, request }: AxiosResponseLike): Asked {
  const method = member(request, 'method') ?? member(config, 'method');
  const url =
    member(request, 'res', 'responseUrl') ??
    member(request, 'responseURL') ??
    member(request, 'url') ??
    urlOf(config);
  return readAsked(method, url);
}

function urlOf(config: object): string {
  const url = String(member(config, 'url') ?? '');
  const base = String(member(config, 'baseURL') ?? '');
  const isWhole = base === '' || /^(?:[a-z][a-z\d+.-]*:)?\/\//i.test(url);
  const path = url.replace(/^\/+/, '');
  const address = isWhole ? url : path ? `${base.replace(/\/+$/, '')}/${path}` : base;
  const query = queryOf(member(config, 'params'));
  return query === '' ? address : `${address}${address.includes('?') ? '&' : '?'}${query}`;
}

function queryOf(params: unknown): string {
  if (params instanceof URLSearchParams) return params.toString();
  if (typeof params !== 'object' || params === null) return '';
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    const isList = Array.isArray(value);
    for (const item of isList ? value : [value]) {
      if (item !== null && item !== undefined)
        query.append(isList ? `${name}[]` : name, String(item));
    }
  }
  return query.toString();
}
