import { arraySplitter } from './array-splitter.ts';
import { findObstacle, lengthOfMark, peek } from './head.ts';
import { lineSplitter } from './line-splitter.ts';
import type { Piece, Splitter } from './piece.ts';
import { EXCHANGES, HAR } from './shape.ts';
import { wholeSplitter } from './whole-splitter.ts';

/** How a file is laid out: a HAR, an array of exchanges, one exchange a line, or one in all. */
export type CaptureLayout = 'har' | 'array' | 'lines' | 'whole';

/** How a file of messages is cut up. */
export interface ReadPiecesOptions {
  readonly layout: CaptureLayout;
  /** In bytes: entries and lines that are larger are not read. */
  readonly maxEntryBytes: number;
  /** Told how many bytes have been read. */
  readonly onBytes?: ((count: number) => void) | undefined;
}

const SPLITTERS: Readonly<Record<CaptureLayout, (limit: number) => Splitter>> = {
  har: (limit) => arraySplitter(HAR, limit),
  array: (limit) => arraySplitter(EXCHANGES, limit),
  lines: lineSplitter,
  whole: wholeSplitter,
};

/** Cuts a file of messages into its pieces, as they come; it is never held as a whole. */
export async function* readPieces(
  stream: AsyncIterable<Uint8Array>,
  { layout, maxEntryBytes, onBytes }: ReadPiecesOptions,
): AsyncIterable<readonly Piece[]> {
  const splitter = SPLITTERS[layout](maxEntryBytes);
  const peeked = await peek(stream);
  const obstacle = findObstacle(peeked.head);
  if (obstacle) {
    const reason = `${obstacle.reason}. ${obstacle.advice}`;
    yield [{ kind: 'unreadable', reason, at: { line: 1, column: 1 } }];
    return;
  }
  let mark = lengthOfMark(peeked.head);
  for await (const chunk of peeked.stream) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const pieces = splitter.push(bytes.subarray(mark));
    mark = Math.max(0, mark - bytes.length);
    if (pieces.length > 0) yield pieces;
    onBytes?.(chunk.length);
    if (splitter.isStopped()) return;
  }
  const pieces = splitter.end();
  if (pieces.length > 0) yield pieces;
}
