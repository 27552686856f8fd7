import type { RequestMessage, ResponseMessage } from '../check/message.ts';
import { ExactMatchError } from '../errors.ts';
import { child, children, objectChild } from '../spec/node.ts';
import { type Operation, operationsOf, responseFor, statusesOf } from '../spec/operation.ts';
import { basePathsOf } from '../spec/server.ts';
import type { Spec } from '../spec/spec.ts';
import { guessPath } from './binding.ts';
import type { Client } from './client.ts';
import { identityFor } from './credentials.ts';
import { toMessage, type Writing } from './draft.ts';
import { isDraft, minimalDraft } from './right-draft.ts';

/** So many operations are asked before it is said that something else answers. */
const ATTEMPTS = 3;
/** So many redirects are followed on the way to the start, on the same host. */
const REDIRECTS = 10;

/**
 * Finds out whether the provider answers at all, and whether the base path of the document's servers
 * goes between the base URL and the paths; gives the base path.
 *
 * @throws {ExactMatchError} `PROVIDER_UNREACHABLE` when it does not answer, or something else does.
 */
export async function findBase(writing: Writing, client: Client): Promise<string> {
  const { spec, settings } = writing;
  const given = settings.baseUrl.pathname.replace(/\/+$/, '');
  const bases = candidatesFor(spec, given);
  const web = new Set<string>();
  let isApi = false;
  for (const { message, operation } of questionsFor(writing)) {
    for (const base of bases) {
      const { status, headers } = await ask(writing, client, { base, message });
      const type = headers['content-type'] ?? '';
      const isPage = /html/i.test(type) && (!operation || !hasPages(spec, operation));
      if (status !== 404 && !(status === 200 && isPage)) return base;
      if (isPage) web.add(`${status} ${type}`);
      else isApi = true;
    }
  }
  if (isApi || web.size === 0) return bases[0] ?? given;
  throw unreachable(
    settings.baseUrl,
    `it answers with web pages (${[...web].join(', ')}), which the document does not have`,
    'Give the base URL of the API',
  );
}

/** Tells whether an operation answers with web pages. */
function hasPages(spec: Spec, operation: Operation): boolean {
  return statusesOf(operation).some((status) => {
    const response = responseFor(spec, operation, Number(status.replaceAll(/x/gi, '0')) || 999);
    const content = response && objectChild(response, 'content');
    return [...(content ? children(content) : [])].some(([type]) => /html|\*\/\*/i.test(type));
  });
}

/** The base paths that may be meant, the likeliest first. */
function candidatesFor(spec: Spec, given: string): readonly string[] {
  const servers = child(spec.root, 'servers');
  const paths = servers ? basePathsOf(servers).filter(({ open }) => !open) : [];
  const bases = paths.map(({ path }) => path).filter((path) => path !== '');
  if (bases.some((path) => given === path || given.endsWith(path))) return [given];
  const joined = bases.slice(0, ATTEMPTS).map((path) => given + path);
  // Who gives a path gives all of it; who gives a host leaves it to the document.
  return [...new Set(given === '' ? [...joined, given] : [given, ...joined])];
}

interface Question {
  readonly message: RequestMessage;
  readonly operation: Operation | undefined;
}

/** Requests that only read, the simplest first. */
function questionsFor(writing: Writing): readonly Question[] {
  const { spec, settings } = writing;
  const reading = operationsOf(spec).filter(({ method }) => method === 'GET');
  const simple = (operation: Operation) => operation.path.split('{').length;
  const questions: Question[] = [];
  for (const operation of [...reading].sort((one, other) => simple(one) - simple(other))) {
    const binding = guessPath(spec, operation, settings.pathParameters);
    const draft = binding && minimalDraft(writing, operation, binding);
    if (!draft || !isDraft(draft)) continue;
    const identity = identityFor(spec, operation, settings, 'true');
    const credentials = identity.kind === 'ready' ? 'given' : 'none';
    const message = toMessage(writing, { ...draft, credentials });
    if (message) questions.push({ message, operation });
    if (questions.length === ATTEMPTS) break;
  }
  if (questions.length > 0) return questions;
  const plain = {
    method: 'GET',
    path: '/',
    query: '',
    headers: {},
    content: { kind: 'none' },
  } as const;
  return [{ message: plain, operation: undefined }];
}

async function ask(
  { settings }: Writing,
  client: Client,
  { base, message }: { readonly base: string; readonly message: RequestMessage },
): Promise<ResponseMessage> {
  const { baseUrl, timeout } = settings;
  const passed: string[] = [];
  let current = message;
  client.useBase(base);
  for (;;) {
    const { outcome } = await client.send(current);
    if (outcome.kind === 'silent') {
      throw unreachable(
        baseUrl,
        `no answer came within ${timeout} ms`,
        'Give it more time by --timeout, or see whether it is running',
      );
    }
    if (outcome.kind !== 'answer') {
      throw unreachable(baseUrl, `${baseUrl.host} ${outcome.reason}`);
    }
    const location = outcome.response.headers['location'];
    const isRedirect = [301, 302, 303, 307, 308].includes(outcome.response.status);
    if (!isRedirect || location === undefined) return outcome.response;
    const here = new URL((passed.length === 0 ? base : '') + current.path, baseUrl.origin);
    const target = URL.parse(location, here.href);
    if (!target) return outcome.response;
    if (target.origin !== baseUrl.origin) {
      // Where all of the host has moved, every answer would be the same.
      if (target.pathname !== here.pathname) return outcome.response;
      throw unreachable(baseUrl, `it has moved to ${target.origin}`, 'Give that address');
    }
    passed.push(here.href);
    if (passed.includes(target.href) || passed.length > REDIRECTS) {
      throw unreachable(
        baseUrl,
        `it redirects in a circle: ${[...passed, target.href].slice(0, 5).join(' → ')}`,
      );
    }
    client.useBase('');
    current = { ...current, path: target.pathname, query: target.search.slice(1) };
  }
}

function unreachable(
  baseUrl: URL,
  reason: string,
  advice = 'See whether it is running',
): ExactMatchError {
  const text = `Failed to probe "${baseUrl}": ${reason}. ${advice}.`;
  return new ExactMatchError('PROVIDER_UNREACHABLE', text);
}
