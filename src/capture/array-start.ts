const QUOTE = 34;
const COLON = 58;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Names longer than this lead nowhere that is looked for. */
const NAME_SIZE = 64;

/**
 * Finds where the array begins that a way of member names leads to, in bytes that come in chunks;
 * no name leads to the array that a file is as a whole.
 */
export class ArrayStart {
  readonly #path: readonly string[];
  /** What closes the containers that are open. */
  readonly #closers: string[] = [];
  /** The name of the member that each open container is in. */
  readonly #names: string[] = [];
  #isInString = false;
  #isEscaped = false;
  /** The characters of the last string, where it may be a name on the way. */
  #text = '';

  constructor(path: readonly string[]) {
    this.#path = path;
  }

  /** What closes all that is open in front of the array, the array not among it. */
  get closers(): string {
    return this.#closers.toReversed().join('');
  }

  /** Goes over bytes; the offset of the bracket that opens the array, or -1. */
  find(bytes: Buffer): number {
    for (let at = 0; at < bytes.length; at += 1) {
      const code = bytes[at];
      if (code === undefined) break;
      if (this.#isInString) this.#passCharacter(code);
      else if (code === OPEN_ARRAY && this.#isThere()) return at;
      else this.#passToken(code);
    }
    return -1;
  }

  #passCharacter(code: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (code === BACKSLASH) this.#isEscaped = true;
    else if (code === QUOTE) this.#isInString = false;
    if (!this.#isInString) return;
    const isOnTheWay = this.#closers.length <= this.#path.length && this.#text.length < NAME_SIZE;
    if (isOnTheWay) this.#text += String.fromCharCode(code);
  }

  #passToken(code: number): void {
    if (code === QUOTE) {
      this.#isInString = true;
      this.#text = '';
    } else if (code === COLON) {
      this.#names[this.#closers.length - 1] = this.#text;
    } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      this.#closers.push(code === OPEN_OBJECT ? '}' : ']');
      this.#names[this.#closers.length - 1] = '';
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      this.#closers.pop();
    }
  }

  #isThere(): boolean {
    const depth = this.#path.length;
    return (
      this.#closers.length === depth && this.#path.every((name, at) => this.#names[at] === name)
    );
  }
}
