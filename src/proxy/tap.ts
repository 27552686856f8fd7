import { Transform } from 'node:stream';

/** A stream that lets everything through, and keeps a copy of what came first. */
export interface Tap {
  readonly stream: Transform;
  /** What went through; `undefined` when it was more than the limit. */
  readonly bytes: () => Uint8Array | undefined;
  /** How much went through, in bytes. */
  readonly size: () => number;
}

/** Makes a tap that keeps at most so many bytes: what is larger passes all the same, and is not kept. */
export function createTap(limit: number): Tap {
  let chunks: Uint8Array[] = [];
  let size = 0;
  const stream = new Transform({
    transform: (chunk: Uint8Array, _encoding, done) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks = [];
      done(null, chunk);
    },
  });
  return {
    stream,
    bytes: () => (size <= limit ? Buffer.concat(chunks) : undefined),
    size: () => size,
  };
}
