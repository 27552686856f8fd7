import { type Collection, collectionOfItem } from '../check/resource.ts';
import { isObject, own } from '../json.ts';
import { type Operation, operationsByPath, statusesOf } from '../spec/operation.ts';
import { findRoute } from '../spec/route.ts';
import { extended } from './binding.ts';
import { type Draft, toMessage } from './draft.ts';
import { providerFinding } from './finding.ts';
import { otherItem } from './item.ts';
import { type Answered, isSuccess, type Run } from './run.ts';
import { stubFindings } from './stub.ts';
import { unknownKey } from './unknown-key.ts';
import { NO_HEAD } from './verdict.ts';

/** Asks for an item that there is not: the document has a status for that. */
export async function askUnknownItem(run: Run, draft: Draft): Promise<void> {
  const { operation } = draft;
  const collection = collectionOfItem(run.spec, operation.path);
  if (!collection || !declaresMissing(operation)) return;
  const { parameter } = collection;
  const key = unknownKey(run.spec, operation, parameter, run.ids.salt());
  if (key === undefined) return;
  const { values, origins, owned } = draft.binding;
  const parents = { values, origins, owned: owned.filter((each) => each.parameter !== parameter) };
  const binding = extended(parents, parameter, { value: key, origin: 'guessed' });
  await run.perform({
    draft: { ...draft, binding },
    what: 'for an item that there is not',
    expects: 'either',
    at: parameter,
    compare: (answer) => {
      if (!isSuccess(answer)) return [];
      const shown = isObject(answer.body) ? answer.body : {};
      const isAsked = String(own(shown, collection.key)) === String(key);
      const isStub = run.memories.of(collection) !== 'remembers' && !isAsked;
      if (isStub && operation.method === 'GET') return stubFindings(run, collection, draft);
      if (isStub) return [];
      const text = `${operation.method} ${operation.path} answers ${answer.status} for ${JSON.stringify(key)}, an item that there is not: the document has 404 for that.`;
      const details = { at: parameter, expected: 404, actual: answer.status };
      return [providerFinding('provider.item.unknown', text, operation.node, details)];
    },
  });
}

function declaresMissing(operation: Operation): boolean {
  return statusesOf(operation).some((status) => /^(?:404|410|4xx|default)$/i.test(status));
}

/** What an answer says of whether the provider remembers: an item comes under the key asked for. */
export function checkKey(
  run: Run,
  draft: Draft,
  collection: Collection,
): (answer: Answered) => ReturnType<typeof otherItem> {
  return (answer) => {
    const { operation, binding } = draft;
    const key = binding.values[collection.parameter];
    const isKnown = binding.origins[collection.parameter] !== 'guessed';
    if (!isSuccess(answer) || !isObject(answer.body) || !isKnown || key === undefined) return [];
    const found = otherItem({ collection, key }, operation, answer.body);
    const memory = run.memories.of(collection);
    if (found.length === 0) {
      run.memories.match(collection, String(key));
      return [];
    }
    if (memory === 'remembers') return found;
    return stubFindings(run, collection, draft);
  };
}

/** Asks by HEAD for what GET has answered: the status is the same, or there is no HEAD. */
export async function askHead(run: Run, draft: Draft, got: Answered): Promise<void> {
  const { operation } = draft;
  const message = toMessage(run, draft);
  const isDeclared = message && findRoute(run.spec, 'HEAD', message.path).kind === 'found';
  if (operation.method !== 'GET' || !message || isDeclared) return;
  await run.perform({
    draft: { ...draft, method: 'HEAD' },
    what: 'as GET was asked before',
    expects: 'either',
    after: [draft],
    compare: ({ status }) => {
      // A provider without HEAD says so.
      if (status === got.status || NO_HEAD.has(status) || status >= 500) return [];
      const text = `HEAD ${operation.path} is answered ${status}, and GET ${got.status}: they differ by the body only (RFC 9110, 9.3.2).`;
      const details = { expected: got.status, actual: status };
      return [providerFinding('provider.head', text, operation.node, details)];
    },
  });
}

/** Methods that change something: sent only to what the probe created. */
const CHANGING = ['DELETE', 'PUT', 'PATCH', 'POST'];
/** Methods that only read, and that hardly any path has. */
const READING = ['PROPFIND', 'REPORT'];

/** Asks for a path by a method that it does not have. */
export async function askUnknownMethod(run: Run, draft: Draft): Promise<void> {
  const { operation } = draft;
  const known = operationsByPath(run.spec).get(operation.path) ?? [];
  // The first operation of a path asks for all of them.
  if (known[0] !== operation) return;
  const isOwn = draft.binding.owned.length > 0 && /\}\W*$/.test(operation.path);
  const { allowWrites } = run.settings;
  const methods = ['GET', ...(isOwn ? CHANGING : []), ...(allowWrites ? READING : [])];
  const message = toMessage(run, draft);
  const method = methods.find(
    (each) => message && findRoute(run.spec, each, message.path).kind === 'method',
  );
  if (method === undefined) return;
  const allowed = known.map((each) => each.method);
  await run.perform({
    draft: { ...draft, method, body: undefined },
    what: 'which the document does not have',
    expects: 'either',
    compare: (answer) => judgeUnknownMethod(operation, method, allowed, answer),
  });
}

function judgeUnknownMethod(
  { path, pathItem }: Operation,
  method: string,
  allowed: readonly string[],
  { status, response }: Answered,
): ReturnType<typeof otherItem> {
  if (status >= 200 && status < 300) {
    const text = `${method} ${path} is answered ${status}, and the document has no such operation: it has ${allowed.join(', ')}.`;
    return [
      providerFinding('provider.accepted', text, pathItem, { expected: 405, actual: status }),
    ];
  }
  if (status !== 405) return [];
  const allow = response.headers['allow'];
  const listed = (allow ?? '').toUpperCase().split(/[\s,]+/);
  const missing = allowed.filter((each) => !listed.includes(each));
  if (allow !== undefined && missing.length === 0) return [];
  const problem =
    allow === undefined
      ? 'has no `Allow`'
      : `has an \`Allow\` without ${missing.join(', ')}: ${allow}`;
  const text = `The answer 405 to ${method} ${path} ${problem} (RFC 9110, 15.5.6).`;
  const details = { at: 'allow', severity: 'warning', expected: allowed, actual: allow } as const;
  return [providerFinding('provider.method', text, pathItem, details)];
}
