import { basename, dirname, join } from 'node:path';
import { peek } from '../capture/head.ts';
import { type ErrorCode, ExactMatchError } from '../errors.ts';
import type { Collector } from '../report/collector.ts';
import { operationsOf } from '../spec/operation.ts';
import type { CheckContext, CheckTarget } from './check.ts';
import { checkBodyFile, checkBodyTarget } from './check-body.ts';
import { findFileKind } from './check-target.ts';
import { textOf } from './command.ts';

/** `OPERATION.STATUS.json`, `OPERATION.STATUS.what-it-shows.json`, `OPERATION.request.json`. */
const BODY = /^(?<id>.+?)\.(?<status>request|[1-5]\d\d)(?:[.-].*)?\.json$/;
/** Bodies that Playwright writes beside a HAR, by their SHA-1. */
const ATTACHED = /^[\da-f]{40}\.\w+$/;
/** So many files that are nothing are counted by their names. */
const NAMES = 20;

/** Judges all captures, exchanges, pacts and bodies below a folder. */
export const checkFolder: CheckTarget = async (folder, given) => {
  const { io, collector } = given;
  let checked = 0;
  const add: Collector['add'] = (result) => {
    checked += 1;
    collector.add(result);
  };
  const context = { ...given, collector: { ...collector, add } };
  const files = await io.list(folder);
  const withHar = new Set(files.filter((name) => /\.har$/i.test(name)).map(dirname));
  let unknown = 0;
  let broken = 0;
  for (const name of files) {
    if (ATTACHED.test(basename(name)) && withHar.has(dirname(name))) continue;
    try {
      if (await checkFile(join(folder, name), context)) continue;
      unknown += 1;
      const reason = 'is no capture, exchange, pact or body';
      collector.skip(unknown > NAMES ? 'further files' : `${name} ${reason}`);
    } catch (cause) {
      if (!isUnreadable(cause)) throw cause;
      broken += 1;
      collector.skip('files that cannot be read');
      context.unreadable(cause.message);
    }
  }
  if (broken === 0 && checked === 0) {
    context.unreadable(nothingJudged(folder, files.length));
  }
};

/** Judges a file as what it is; false when it is nothing that can be judged. */
async function checkFile(path: string, context: CheckContext): Promise<boolean> {
  const body = bodyOf(path, context);
  if (body) {
    await checkBodyFile(path, body, context);
    return true;
  }
  if (!/\.(?:json|har|zip|ndjson|jsonl)$/i.test(path)) return false;
  const { head, stream } = await peek(context.io.stream(path));
  for await (const _ of stream) break;
  const { kind } = findFileKind(path, head);
  if (kind === 'body' && textOf(context.args, 'operation') !== undefined) {
    await checkBodyTarget(path, context);
    return true;
  }
  if (kind === 'body' || kind === 'document') return false;
  await context.judgePart(path, kind, context);
  return true;
}

/** The operation and status that a name says, where the document has the operation. */
function bodyOf(
  path: string,
  { spec }: CheckContext,
): { readonly operation: string; readonly status: number | undefined } | undefined {
  const { id, status } = BODY.exec(basename(path))?.groups ?? {};
  if (id === undefined || !operationsOf(spec).some((operation) => operation.id === id))
    return undefined;
  return { operation: id, status: status === 'request' ? undefined : Number(status) };
}

function isUnreadable(cause: unknown): cause is ExactMatchError {
  if (!(cause instanceof ExactMatchError)) return false;
  return UNREADABLE.has(cause.code);
}

const UNREADABLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'CAPTURE_UNREADABLE',
  'FILE_UNREADABLE',
  'PACT_MALFORMED',
]);

function nothingJudged(folder: string, count: number): string {
  const files =
    count === 0 ? 'it has no files' : `none of its ${count} files holds anything of the document`;
  return `Nothing in "${folder}" was judged: ${files}. Give captures (*.har, *.zip), exchanges (*.json, *.ndjson), pacts, or bodies called OPERATION.STATUS.json or OPERATION.request.json.`;
}
