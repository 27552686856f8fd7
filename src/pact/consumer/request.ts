import { readValue } from '../../check/given-value.ts';
import type { Content, RequestMessage } from '../../check/message.ts';
import { writeParameter } from '../../check/parameter-text.ts';
import { credentialsOf } from '../../check/security.ts';
import { ExactMatchError } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { type Operation, type ParameterPlace, parametersOf } from '../../spec/operation.ts';
import type { Spec } from '../../spec/spec.ts';
import type { MatcherList } from './matcher.ts';
import type { PlainDefinition } from './plain-definition.ts';
import { type RequestContent, requestContent } from './request-content.ts';
import { partsOf, type WrittenRequest } from './written.ts';

/** A request of an interaction: as it is judged, and as the pact has it. */
export interface BuiltRequest {
  readonly message: RequestMessage;
  readonly written: WrittenRequest;
  /** The text of the body; `undefined` when there is none. */
  readonly text: string | undefined;
}

/**
 * Makes the request of an interaction by its parameters, each written as the document has it, with
 * credentials where the operation demands some.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` for a value that cannot be written, or a parameter of the
 * path that is missing or unknown.
 */
export function buildRequest(
  spec: Spec,
  operation: Operation,
  definition: PlainDefinition,
): BuiltRequest {
  const building: Building = {
    path: operation.path,
    query: [],
    headers: new Map(),
    cookies: [],
    headerRules: new Map(),
    queryRules: new Map(),
  };
  for (const place of ['path', 'query', 'header', 'cookie'] as const) {
    putParameters(building, spec, operation, place, valuesIn(definition, place));
  }
  const isUnsigned = definition.mistakes?.includes('request.security.missing') === true;
  if (!isUnsigned) putCredentials(building, spec, operation);
  const content = requestContent(
    spec,
    operation,
    definition.body,
    building.headers.get('content-type')?.value,
  );
  if (content) putHeader(building, 'Content-Type', content.contentType);
  if (building.cookies.length > 0) putHeader(building, 'Cookie', building.cookies.join('; '));
  return finish(operation, building, content);
}

interface Building {
  path: string;
  readonly query: string[];
  /** By lower-case name, with the name as it is written. */
  readonly headers: Map<string, { readonly name: string; readonly value: string }>;
  readonly cookies: string[];
  readonly headerRules: Map<string, MatcherList>;
  readonly queryRules: Map<string, MatcherList>;
}

function valuesIn(definition: PlainDefinition, place: ParameterPlace): ReadonlyMap<string, Json> {
  const { path, query, headers, cookies } = definition;
  const given = { path, query, header: headers, cookie: cookies }[place] ?? {};
  const values = new Map<string, Json>();
  for (const [name, value] of Object.entries(given)) {
    // `null` in a header says that it is not sent.
    if (value === undefined || (value === null && place !== 'query')) continue;
    const read = readValue(value);
    if (read.kind !== 'value' || read.loss) throw unwritable(place, name, 'it is not JSON');
    values.set(name, read.value);
  }
  return values;
}

function putParameters(
  building: Building,
  spec: Spec,
  operation: Operation,
  place: ParameterPlace,
  values: ReadonlyMap<string, Json>,
): void {
  const declared = parametersOf(spec, operation).filter((parameter) => parameter.in === place);
  for (const [name, value] of values) {
    const parameter = declared.find((one) => isNamed(one.name, name, place));
    const text = parameter ? writeParameter(parameter, value) : writeUndeclared(place, name, value);
    if (text === undefined) throw unwritable(place, name, 'its style has no form for that');
    if (place === 'query') building.query.push(text);
    else if (place === 'cookie') building.cookies.push(text);
    else if (place === 'header') putHeader(building, parameter?.name ?? name, text);
    else building.path = building.path.replaceAll(`{${name}}`, text);
  }
  if (place !== 'path') return;
  const names = declared.map(({ name }) => name);
  const missing = names.find((name) => !values.has(name));
  const unknown = [...values.keys()].find((name) => !names.includes(name));
  if (missing === undefined && unknown === undefined) return;
  const what = missing === undefined ? `has no "${unknown}"` : `needs "${missing}"`;
  throw new ExactMatchError(
    'OPTION_INVALID',
    `The path of ${operation.id} ${what}: it is ${operation.path}. Give { ${names.join(', ')} } in \`path\`.`,
  );
}

function isNamed(declared: string, name: string, place: ParameterPlace): boolean {
  return place === 'header' ? declared.toLowerCase() === name.toLowerCase() : declared === name;
}

function writeUndeclared(place: ParameterPlace, name: string, value: Json): string | undefined {
  if (typeof value === 'object' && value !== null) return undefined;
  return place === 'header'
    ? String(value)
    : `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`;
}

function unwritable(place: ParameterPlace, name: string, reason: string): ExactMatchError {
  return new ExactMatchError(
    'OPTION_INVALID',
    `Failed to write the ${place} parameter "${name}": ${reason}. Give a value as the document has it.`,
  );
}

function putHeader(building: Building, name: string, value: string): void {
  const key = name.toLowerCase();
  if (!building.headers.has(key)) building.headers.set(key, { name, value });
}

/** Any credentials of the scheme will do: those of the test are not those of the provider. */
function putCredentials(building: Building, spec: Spec, operation: Operation): void {
  for (const { place, name, challenge } of credentialsOf(spec, operation)) {
    const isScheme = place === 'header authorization';
    if (place.startsWith('query ')) {
      const isGiven = new URLSearchParams(building.query.join('&')).has(name);
      if (!isGiven) building.query.push(`${encodeURIComponent(name)}=key`);
      building.queryRules.set(name, anythingLike('^.+$'));
    } else if (place.startsWith('cookie ')) {
      const isGiven = building.cookies.some((pair) => pair.startsWith(`${name}=`));
      if (!isGiven) building.cookies.push(`${name}=key`);
      building.headerRules.set('Cookie', anythingLike(`^(?:.*; )?${escaped(name)}=.+$`));
    } else {
      const title = isScheme ? 'Authorization' : name;
      putHeader(building, title, isScheme ? `${challenge} token` : 'key');
      const written = building.headers.get(name.toLowerCase())?.name ?? title;
      building.headerRules.set(written, anythingLike(isScheme ? `^${challenge} .+$` : '^.+$'));
    }
  }
}

function anythingLike(regex: string): MatcherList {
  return { combine: 'AND', matchers: [{ match: 'regex', regex }] };
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function finish(
  operation: Operation,
  { path, query, headers, headerRules, queryRules }: Building,
  content: RequestContent | undefined,
): BuiltRequest {
  const written = new Map<string, readonly string[]>();
  for (const { name, value } of headers.values()) written.set(name, [value]);
  const pairs = Map.groupBy(new URLSearchParams(query.join('&')), ([name]) => name);
  const queryValues = [...pairs].map(
    ([name, list]) => [name, list.map(([, value]) => value)] as const,
  );
  const empty: Content = { kind: 'none' };
  const message: RequestMessage = {
    method: operation.method,
    path,
    query: query.join('&'),
    headers: Object.fromEntries([...headers].map(([key, { value }]) => [key, value])),
    content: content?.content ?? empty,
  };
  const parts = partsOf({
    query: new Map(queryValues),
    headers: written,
    body: content?.written,
    rules: { query: queryRules, header: headerRules, body: new Map() },
  });
  return {
    message,
    written: { method: operation.method, path, ...parts },
    text: content?.text,
  };
}
