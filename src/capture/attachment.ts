import { dirname, isAbsolute, join, normalize } from 'node:path';

/**
 * Makes what reads the files that a HAR refers to, up to so many bytes each. Nothing is read that lies
 * anywhere but beside or below the HAR, however it is written.
 */
export function attachmentReader(
  har: string,
  read: (path: string) => AsyncIterable<Uint8Array>,
  limit: number,
): (file: string) => Promise<Uint8Array | undefined> {
  return async (file) => {
    const path = normalize(file);
    if (isAbsolute(path) || /^\.\.(?:[\\/]|$)/.test(path)) return undefined;
    const chunks: Uint8Array[] = [];
    let size = 0;
    try {
      for await (const chunk of read(join(dirname(har), path))) {
        size += chunk.length;
        if (size > limit) return undefined;
        chunks.push(chunk);
      }
    } catch {
      // It is counted as a body that the capture leaves out, which it then does.
      return undefined;
    }
    return Buffer.concat(chunks);
  };
}
