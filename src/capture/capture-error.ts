import { ExactMatchError } from '../errors.ts';
import type { UnreadablePiece } from './piece.ts';

/** The error for a part of a capture that cannot be read, with the file, line and column. */
export function captureError(
  file: string,
  { reason, number, at }: UnreadablePiece,
  item = 'entry',
): ExactMatchError {
  const which = number === undefined ? '' : `, ${item} ${number}`;
  const place = `line ${at.line}, column ${at.column}`;
  const advice = number === undefined ? ' Capture again, or cut off what is broken.' : '';
  return new ExactMatchError(
    'CAPTURE_UNREADABLE',
    `Failed to read ${file}${which} at ${place}: ${reason.replace(/\.$/, '')}.${advice}`,
  );
}
