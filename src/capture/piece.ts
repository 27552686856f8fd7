import { isAscii, isUtf8 } from 'node:buffer';
import type { Json } from '../json.ts';
import type { Position } from '../spec/source.ts';
import { MOST_ENTRY_BYTES } from './limits.ts';

/** A part of a capture, in the order of the file. */
export type Piece = HeadPiece | ItemPiece | UnreadablePiece;

/** What a file says before its entries, as a file without any. */
export interface HeadPiece {
  readonly kind: 'head';
  readonly value: Json;
}

/** An entry or a line, not parsed yet. */
export interface ItemPiece {
  readonly kind: 'item';
  readonly text: string;
  /** From 1, in the order of the file. */
  readonly number: number;
  readonly at: Position;
}

/** A part that nobody can read. */
export interface UnreadablePiece {
  readonly kind: 'unreadable';
  /** A sentence without a period. */
  readonly reason: string;
  /** Of the entry or line that it is; none where it is of the file as a whole. */
  readonly number?: number;
  readonly at: Position;
}

/** Cuts a file into its pieces, however the file is cut into chunks. */
export interface Splitter {
  readonly push: (chunk: Buffer) => readonly Piece[];
  /** What is left when the file has ended. */
  readonly end: () => readonly Piece[];
  /** Whether nothing that follows can be read. */
  readonly isStopped: () => boolean;
}

/** A text of UTF-8; `undefined` when it is none. Most of what travels is ASCII, which is read faster. */
export function decodeUtf8(bytes: Buffer): string | undefined {
  if (isAscii(bytes)) return bytes.toString('latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

/** Why an item was left out. */
export function tooLarge(size: number, limit: number): string {
  const most = showSize(MOST_ENTRY_BYTES);
  return `its ${showSize(size)} are more than the limit of ${showSize(limit)}. --max-entry-bytes (\`maxEntryBytes\`) sets another one, up to ${most}`;
}

/** Bytes as people write their number. */
export function showSize(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${Math.round(size * 10) / 10} ${units[unit]}`;
}
