/** Work that is done piece by piece. */
export interface Stream {
  /** Of streams of one lane, only one is at work at a time. */
  readonly lane: string;
  readonly steps: AsyncGenerator<void>;
}

/**
 * Does the work of all streams in turns, so that none waits for another to end; at most so many at a
 * time. Counts the streams that were not through when it was over.
 */
export async function runStreams(
  streams: readonly Stream[],
  concurrency: number,
  isOver: () => boolean,
): Promise<number> {
  const waiting = [...streams];
  const busy = new Set<string>();
  const wakers: (() => void)[] = [];
  let working = 0;
  const worker = async () => {
    while (!isOver() && waiting.length + working > 0) {
      const index = waiting.findIndex(({ lane }) => !busy.has(lane));
      const [stream] = index === -1 ? [] : waiting.splice(index, 1);
      if (!stream) {
        await new Promise<void>((resolve) => wakers.push(resolve));
        continue;
      }
      busy.add(stream.lane);
      working += 1;
      try {
        const { done } = await stream.steps.next();
        if (done !== true) waiting.push(stream);
      } finally {
        busy.delete(stream.lane);
        working -= 1;
        for (const wake of wakers.splice(0)) wake();
      }
    }
    for (const wake of wakers.splice(0)) wake();
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return waiting.length;
}
