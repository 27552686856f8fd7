const QUOTE = 34;
const COMMA = 44;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** No end in these bytes. */
const OPEN = -1;
/** No end in these bytes, and the first of the next ones is escaped. */
const ESCAPING = -2;

/**
 * Finds the end of a JSON value in bytes that come in chunks. It looks at strings and brackets only:
 * whether the value is JSON, its parser tells.
 */
export class ValueScanner {
  #depth = 0;
  /** `none`: at no value; `word`: in a number or a word; `string`: in a string; `open`: between them. */
  #state: 'none' | 'word' | 'string' | 'open' = 'none';
  #isEscaping = false;

  /** Whether a value has begun and not ended. */
  get isOpen(): boolean {
    return this.#state !== 'none';
  }

  /** Begins a value at its first byte, or goes on with it; the offset behind it, or -1. */
  scan(bytes: Buffer, from: number): number {
    let at = from;
    if (this.#state === 'none') this.#state = isWord(bytes[at]) ? 'word' : 'open';
    if (this.#state === 'word') return this.#ended(endOfWord(bytes, at));
    if (this.#state === 'string') {
      at = this.#passString(bytes, this.#isEscaping ? at + 1 : at);
      if (at === OPEN || this.#depth === 0) return this.#ended(at);
    }
    return this.#ended(this.#passTokens(bytes, at));
  }

  #ended(end: number): number {
    if (end !== OPEN) this.#state = 'none';
    return end;
  }

  #passTokens(bytes: Buffer, from: number): number {
    let at = from;
    let depth = this.#depth;
    while (at < bytes.length) {
      const code = bytes[at];
      at += 1;
      if (code === QUOTE) {
        this.#depth = depth;
        at = this.#passString(bytes, at);
        if (at === OPEN || depth === 0) return at;
      } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
        depth += 1;
      } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
        depth -= 1;
        if (depth > 0) continue;
        this.#depth = 0;
        return at;
      }
    }
    this.#depth = depth;
    return OPEN;
  }

  #passString(bytes: Buffer, from: number): number {
    const end = endOfString(bytes, from);
    this.#isEscaping = end === ESCAPING;
    this.#state = end < 0 ? 'string' : 'open';
    return end < 0 ? OPEN : end;
  }
}

function endOfString(bytes: Buffer, from: number): number {
  const { length } = bytes;
  let at = from;
  while (at < length) {
    const code = bytes[at];
    at += 1;
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at += 1;
  }
  return at > length ? ESCAPING : OPEN;
}

/** Numbers and words end where something else begins; that is not theirs. */
function endOfWord(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at += 1) if (!isWord(bytes[at])) return at;
  return OPEN;
}

function isWord(code: number | undefined): boolean {
  if (code === undefined || code <= 32) return false;
  return (
    code !== COMMA &&
    code !== QUOTE &&
    code !== OPEN_ARRAY &&
    code !== CLOSE_ARRAY &&
    code !== OPEN_OBJECT &&
    code !== CLOSE_OBJECT
  );
}
