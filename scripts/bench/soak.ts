import { spawn } from 'node:child_process';
import { memoryOf } from './measure-server.ts';
import { createSend, soakFor } from './soak-traffic.ts';
import { freePort, mockCommand, untilReady } from './subjects.ts';

/** Memory is looked at this often, in milliseconds. */
const LOOK = 60_000;

/**
 * Keeps a mock busy for some seconds; prints after each minute how much memory it takes, and at the
 * end how many requests there were, and its memory at the start, in the middle and at the end.
 */
export async function soak(seconds: number): Promise<void> {
  const port = await freePort();
  const server = spawn(process.execPath, [...mockCommand(port)], { stdio: 'ignore' });
  let requests = 0;
  try {
    const plain = createSend(`http://127.0.0.1:${port}`);
    await untilReady(() => plain('GET', '/__mock/health'));
    const send: typeof plain = (...asked) => {
      requests += 1;
      return plain(...asked);
    };
    const first = memoryOf(server);
    const looks: number[] = [];
    let turns = 0;
    console.log('seconds, requests, MiB resident');
    console.log(`0, 0, ${first.toFixed(0)}`);
    for (let left = seconds * 1000; left > 0; left -= LOOK) {
      turns += await soakFor(send, Math.min(left, LOOK), turns);
      looks.push(memoryOf(server));
      const passed = seconds - Math.max(0, left - LOOK) / 1000;
      console.log(`${passed.toFixed(0)}, ${requests}, ${looks.at(-1)?.toFixed(0)}`);
    }
    const middle = looks[Math.floor((looks.length - 1) / 2)] ?? first;
    const last = looks.at(-1) ?? first;
    const rate = (requests / seconds).toFixed(0);
    console.log(
      `${requests} requests in ${seconds} s (${rate} a second); MiB resident: ${first.toFixed(0)} at the start, ${middle.toFixed(0)} in the middle, ${last.toFixed(0)} at the end.`,
    );
  } finally {
    server.kill('SIGKILL');
  }
}
