import type { Writable } from 'node:stream';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often a slow body goes on, in milliseconds. */
const BEAT = 100;

/** A body in pieces that come at a pace, in bytes a second. */
export async function* paced(body: string | Uint8Array, rate: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(body as Uint8Array);
  const size = Math.max(1, Math.round((rate * BEAT) / 1000));
  const pause = (size / rate) * 1000;
  for (let start = 0; start < bytes.length; start += size) {
    await sleep(pause);
    yield bytes.subarray(start, start + size);
  }
}

/** Sends a body at a pace; a client that goes away ends it. */
export function sendSlowly(to: Writable, body: string | Uint8Array, rate: number): void {
  pipeline(Readable.from(paced(body, rate)), to).catch(() => to.destroy());
}
