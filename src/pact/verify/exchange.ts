import { undoContentEncoding } from '../../check/content-encoding.ts';
import {
  type ExchangeMessage,
  type ExchangeVerdict,
  judgeExchange,
} from '../../check/judge-exchange.ts';
import type { Content } from '../../check/message.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Passed } from './gate.ts';
import type { Scrubber } from './scrub.ts';

/** A body of more bytes, decoded, is kept as it came. */
const LIMIT = 16 * 1024 * 1024;

/** What travelled, judged by the document, in a form that may be printed. */
export async function toVerdict(
  spec: Spec,
  passed: Passed,
  scrubber: Scrubber,
): Promise<ExchangeVerdict> {
  const exchange = await toMessages(passed);
  const verdict = judgeExchange(spec, exchange);
  const { request, response } = exchange;
  return {
    ...verdict,
    request: { ...scrubbed(request, scrubber), query: scrubber.text(request.query) },
    ...(response ? { response: scrubbed(response, scrubber) } : {}),
  };
}

async function toMessages({ answer, ...sent }: Passed): Promise<ExchangeMessage> {
  const { method, path, query, headers, body } = sent;
  const request = { method, path, query, headers, content: await contentOf(headers, body) };
  if (!answer) return { request };
  const response = {
    status: answer.status,
    headers: answer.headers,
    content: await contentOf(answer.headers, answer.body),
  };
  return { request, response };
}

async function contentOf(
  headers: Readonly<Record<string, string>>,
  bytes: Uint8Array,
): Promise<Content> {
  if (bytes.length === 0) return { kind: 'none' };
  const decoded = await undoContentEncoding(headers['content-encoding'] ?? '', bytes, LIMIT);
  return { kind: 'bytes', bytes: typeof decoded === 'string' ? bytes : decoded };
}

function scrubbed<
  Message extends {
    readonly headers: Readonly<Record<string, string | undefined>>;
    readonly content: Content;
  },
>(message: Message, scrubber: Scrubber): Message {
  const { content } = message;
  const headers = Object.entries(message.headers).map(([name, value]) => [
    name,
    value === undefined ? value : scrubber.text(value),
  ]);
  return {
    ...message,
    headers: Object.fromEntries(headers),
    content: content.kind === 'bytes' ? textOf(content.bytes, scrubber) : content,
  };
}

/** What is no text is shown by nobody. */
function textOf(bytes: Uint8Array, scrubber: Scrubber): Content {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { kind: 'text', text: scrubber.text(text) };
  } catch {
    return { kind: 'bytes', bytes };
  }
}
