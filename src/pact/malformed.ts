import { ExactMatchError } from '../errors.ts';
import { type Json, show } from '../json.ts';
import type { Position } from '../spec/source.ts';

/** A value in a pact file that is being read, and what its place is asked of. */
export interface Place {
  readonly file: PactText;
  /** JSON Pointer into the file. */
  readonly pointer: string;
  readonly value: Json | undefined;
}

/** The text of a pact file. */
export interface PactText {
  /** How people name it. */
  readonly name: string;
  readonly positionOf: (pointer: string) => Position;
}

/** The error for a value that a pact file cannot have there. */
export function wrongShape({ file, pointer, value }: Place, wanted: string): ExactMatchError {
  const found = value === undefined ? 'there is none' : `not ${show(value, 60)}`;
  return malformedPact(file, pointer, `${pointer || 'the file'} must be ${wanted}, ${found}`);
}

/** The error for a pact file that says something that cannot be. */
export function malformedPact(file: PactText, pointer: string, reason: string): ExactMatchError {
  const { line, column } = file.positionOf(pointer);
  return new ExactMatchError(
    'PACT_MALFORMED',
    `Failed to read the pact "${file.name}", line ${line}, column ${column}: ${reason}. Write it by a Pact library, of specification 1 to 4.`,
  );
}
