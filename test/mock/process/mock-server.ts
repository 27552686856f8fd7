// A mock in a process of its own: started with its options as JSON, tells its URL, then its memory when asked.
import { type MockOptions, startMock } from '../../../src/mock.ts';

const mock = await startMock(JSON.parse(process.argv[2] ?? '{}') as MockOptions);
process.on('message', () => {
  globalThis.gc?.();
  process.send?.(process.memoryUsage());
});
process.on('disconnect', () => process.exit());
process.send?.(mock.url);
