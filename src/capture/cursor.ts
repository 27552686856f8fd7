import type { Position } from '../spec/source.ts';

/** Follows a file, so that the place of what comes next is known. */
export class Cursor {
  #line = 1;
  #column = 1;

  /** Where the text begins that has not been passed yet. */
  get position(): Position {
    return { line: this.#line, column: this.#column };
  }

  /** Goes to the end of a text. */
  pass(text: string): void {
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      this.#line += 1;
      this.#column = 1;
      start = end + 1;
    }
    this.#column += text.length - start;
  }

  /** Goes over bytes that nobody decodes; each counts as a character. */
  passBytes(bytes: Buffer): void {
    let start = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
      this.#line += 1;
      this.#column = 1;
      start = end + 1;
    }
    this.#column += bytes.length - start;
  }
}

/** The place of an offset into a text that begins at a place. */
export function positionIn(text: string, offset: number, { line, column }: Position): Position {
  const before = text.slice(0, offset);
  const lines = before.split('\n').length - 1;
  const last = offset - before.lastIndexOf('\n');
  return { line: line + lines, column: lines === 0 ? column + offset : last };
}
