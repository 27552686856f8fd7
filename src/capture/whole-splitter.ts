import { decodeUtf8, type Splitter, tooLarge } from './piece.ts';

/** Makes what takes a file as one item, unless it has more bytes than the limit. */
export function wholeSplitter(limit: number): Splitter {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    push: (chunk) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
      return [];
    },
    end: () => {
      const text = decodeUtf8(Buffer.concat(chunks));
      const rest = { number: 1, at: { line: 1, column: 1 } };
      if (size > limit) return [{ kind: 'unreadable', reason: tooLarge(size, limit), ...rest }];
      return text === undefined
        ? [{ kind: 'unreadable', reason: 'it is not UTF-8', ...rest }]
        : [{ kind: 'item', text, ...rest }];
    },
    isStopped: () => false,
  };
}
