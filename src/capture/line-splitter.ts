import { decodeUtf8, type Piece, type Splitter, tooLarge } from './piece.ts';

const NEWLINE = 10;

/** Makes what cuts a file into its lines; blank ones, and those of more bytes than the limit, are left out. */
export function lineSplitter(limit: number): Splitter {
  return new LineSplitter(limit);
}

class LineSplitter implements Splitter {
  readonly #limit: number;
  /** What has come of a line that has no end yet. */
  #kept: Buffer[] = [];
  #size = 0;
  #line = 1;
  #number = 0;
  #pieces: Piece[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  isStopped(): boolean {
    return false;
  }

  push(chunk: Buffer): readonly Piece[] {
    this.#pieces = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.#keep(chunk.subarray(start, end));
      this.#endLine();
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
    return this.#pieces;
  }

  end(): readonly Piece[] {
    this.#pieces = [];
    this.#endLine();
    return this.#pieces;
  }

  #keep(bytes: Buffer): void {
    this.#size += bytes.length;
    if (this.#size <= this.#limit) this.#kept.push(bytes);
    else this.#kept = [];
  }

  #endLine(): void {
    const [first = NOTHING, ...others] = this.#kept;
    const text = decodeUtf8(others.length === 0 ? first : Buffer.concat(this.#kept));
    const isLarge = this.#size > this.#limit;
    if (isLarge || text?.trim() !== '') {
      this.#number += 1;
      const rest = { number: this.#number, at: { line: this.#line, column: 1 } };
      const reason = isLarge ? tooLarge(this.#size, this.#limit) : 'it is not UTF-8';
      this.#pieces.push(
        isLarge || text === undefined
          ? { kind: 'unreadable', reason, ...rest }
          : { kind: 'item', text, ...rest },
      );
    }
    this.#line += 1;
    this.#kept = [];
    this.#size = 0;
  }
}

const NOTHING = Buffer.alloc(0);
