/** An entry or a body of more bytes is not read, unless a larger limit is given. */
export const ENTRY_BYTES: number = 64 * 1024 * 1024;
/** No text of more characters can be held (V8). */
export const MOST_ENTRY_BYTES = 536_870_888;
