import { spawn } from 'node:child_process';
import { memoryOf } from './measure-server.ts';
import { createSend, soakFor } from './soak-traffic.ts';
import { freePort, mockCommand, untilReady } from './subjects.ts';

/** Keeps a mock busy for some seconds, and prints after each minute how much memory it takes. */
export async function soak(seconds: number): Promise<void> {
  const port = await freePort();
  const server = spawn(process.execPath, [...mockCommand(port)], { stdio: 'ignore' });
  try {
    const send = createSend(`http://127.0.0.1:${port}`);
    await untilReady(() => send('GET', '/__mock/health'));
    let turns = 0;
    console.log('minute, turns, MiB resident');
    for (let minute = 1; (minute - 1) * 60 < seconds; minute += 1) {
      const rest = seconds - (minute - 1) * 60;
      turns += await soakFor(send, Math.min(rest, 60) * 1000, turns);
      console.log(`${minute}, ${turns}, ${memoryOf(server).toFixed(0)}`);
    }
  } finally {
    server.kill('SIGKILL');
  }
}
