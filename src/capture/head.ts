import { showSize } from './piece.ts';

/** So much of a file is looked at, to tell what it is. */
const HEAD_SIZE = 65_536;

/** A stream, and what it begins with. */
export interface Peeked {
  readonly head: Buffer;
  /** All of the stream, the head too. */
  readonly stream: AsyncIterable<Uint8Array>;
}

/** Reads the first bytes of a stream. */
export async function peek(stream: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const rest = stream[Symbol.asyncIterator]();
  let next = await rest.next();
  while (next.done !== true) {
    chunks.push(next.value);
    size += next.value.length;
    if (size >= HEAD_SIZE) break;
    next = await rest.next();
  }
  return { head: Buffer.concat(chunks), stream: replay(chunks, rest) };
}

async function* replay(
  chunks: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncIterable<Uint8Array> {
  try {
    yield* chunks;
    yield* { [Symbol.asyncIterator]: () => rest };
  } finally {
    await rest.return?.();
  }
}

/** Why a file that begins so cannot be read as JSON; the rest of a sentence, and what to do. */
export function findObstacle(
  head: Buffer,
): { readonly reason: string; readonly advice: string } | undefined {
  if (head.length === 0) return { reason: 'it is empty', advice: 'Capture again.' };
  const known = STARTS.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
  if (known) return known;
  if (head.subarray(0, HEAD_SIZE).every((byte) => byte <= 32)) {
    const reason = `its first ${showSize(head.length)} are nothing but space`;
    return { reason, advice: 'Capture again.' };
  }
  const zero = head.indexOf(0);
  if (zero === -1) return undefined;
  const reason = `it is binary: byte ${zero + 1} is 0`;
  return { reason, advice: 'Give JSON, in UTF-8.' };
}

const ZIP = [0x50, 0x4b];

/** Tells whether a file that begins so is a zip archive, empty ones too. */
export function isArchive(head: Buffer): boolean {
  const [third = 0, fourth] = head.subarray(2, 4);
  const isKnown = third % 2 === 1 && fourth === third + 1;
  return isKnown && ZIP.every((byte, index) => head[index] === byte);
}

const UTF16 = { reason: 'it is UTF-16', advice: 'Save it as UTF-8.' };
const STARTS = [
  { bytes: [0xff, 0xfe], ...UTF16 },
  { bytes: [0xfe, 0xff], ...UTF16 },
  {
    bytes: [0x1f, 0x8b],
    reason: 'it is compressed (gzip)',
    advice: 'Unpack it with gunzip.',
  },
  {
    bytes: [...ZIP, 0x03, 0x04],
    reason: 'it is a zip archive',
    advice: 'Give it to `exactmatch check` as a file, or unpack it and give the HAR in it.',
  },
];

/** How many bytes the mark of UTF-8 takes that a text may begin with. */
export function lengthOfMark(head: Buffer): number {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
}
