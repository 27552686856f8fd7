import { type ExchangeVerdict, judgeExchange } from '../check/judge-exchange.ts';
import type { CheckOptions } from '../check/message.ts';
import { isObject, type Json, ownString } from '../json.ts';
import type { Position } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { withoutHidden } from './hidden.ts';
import type { ItemPiece, UnreadablePiece } from './piece.ts';
import { type CaptureItem, type CaptureReader, readCaptured } from './read-captured.ts';
import { type CaptureLayout, readPieces } from './read-pieces.ts';
import type { Captured } from './reading.ts';
import type { Scope } from './scope.ts';

/** An exchange of a capture, judged. */
export interface JudgedEntry {
  readonly verdict: ExchangeVerdict;
  /** From 1, in the order of the file. */
  readonly number: number;
  readonly at: Position;
}

/** Takes what a capture turns out to hold, in its order. */
export interface CaptureSink {
  readonly judged: (entry: JudgedEntry) => void;
  /** What was not judged, or not all of it; in the plural. */
  readonly skipped: (reason: string) => void;
  readonly unreadable: (piece: UnreadablePiece) => void;
}

/** How a capture is judged. */
export interface JudgeCaptureOptions
  extends CheckOptions,
    Pick<CaptureReader, 'maxEntryBytes' | 'attached'> {
  readonly layout: CaptureLayout;
  readonly scope: Scope;
  readonly onBytes?: ((count: number) => void) | undefined;
}

/**
 * Judges every exchange of a capture that is of a document, as it is read.
 *
 * @throws {ExactMatchError} `SPEC_*` when the document is broken where an exchange needs it.
 */
export async function judgeCapture(
  spec: Spec,
  stream: AsyncIterable<Uint8Array>,
  options: JudgeCaptureOptions & { readonly sink: CaptureSink },
): Promise<void> {
  const { sink } = options;
  const reader = { ...options, isHar: options.layout === 'har' };
  let isBrowser = false;
  let hasCredentials = false;
  const judge = (piece: ItemPiece, item: CaptureItem): void => {
    const { number, at } = piece;
    if (item.kind !== 'exchange') {
      if (item.kind === 'skipped') sink.skipped(item.reason);
      else sink.unreadable({ ...item, number });
      return;
    }
    const { captured } = item;
    hasCredentials ||= carriesCredentials(captured);
    const mayLackCredentials = isBrowser && !hasCredentials;
    const judged = judgeExchange(spec, captured, options);
    const { verdict, gaps } = withoutHidden(judged, captured, { mayLackCredentials });
    sink.judged({ verdict, number, at });
    for (const gap of gaps) sink.skipped(gap);
  };
  for await (const pieces of readPieces(stream, options)) {
    for (const piece of pieces) {
      if (piece.kind === 'head') {
        isBrowser = isOfBrowser(piece.value);
      } else if (piece.kind === 'unreadable') {
        sink.unreadable(piece);
      } else {
        const item = readCaptured(piece, reader);
        judge(piece, item instanceof Promise ? await item : item);
      }
    }
  }
}

/** The developer tools of Chrome and Edge call themselves so. */
function isOfBrowser(head: Json): boolean {
  const log = isObject(head) ? head['log'] : undefined;
  const creator = isObject(log) ? log['creator'] : undefined;
  return isObject(creator) && ownString(creator, 'name') === 'WebInspector';
}

function carriesCredentials({ request, response }: Captured): boolean {
  const { authorization, cookie } = request.headers;
  return (authorization ?? cookie ?? response?.headers['set-cookie']) !== undefined;
}
