import { connect } from 'node:net';
import { sessionBody, sessionsPath } from './subjects.ts';

/** How a server is asked. */
export interface Load {
  readonly port: number;
  /** Whether what was created is read as well, half of the requests. */
  readonly isRead: boolean;
}

const HOST = 'host: 127.0.0.1\r\nauthorization: Bearer token\r\n';
const body: string = JSON.stringify(sessionBody);
const creation: Buffer = Buffer.from(
  `POST ${sessionsPath} HTTP/1.1\r\n${HOST}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
);

/**
 * Asks many times, each connection one request after another; gives the milliseconds of each. It is
 * written on bare sockets, so that it costs less than what it measures.
 */
export async function load(
  { port, isRead }: Load,
  requests: number,
  connections: number,
): Promise<readonly number[]> {
  const times: number[] = [];
  let left = requests;
  const worker = async () => {
    await using connection = await open(port);
    while (left > 0) {
      left -= 1;
      const { status, location, time } = await connection.ask(creation);
      if (status !== '201') throw new Error(`A creation got ${status}`);
      times.push(time);
      if (!isRead) continue;
      left -= 1;
      const read = await connection.ask(reading(location));
      if (read.status !== '200') throw new Error(`A reading got ${read.status}`);
      times.push(read.time);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return times;
}

function reading(location: string): Buffer {
  const path = location.replace(/^https?:\/\/[^/]*/, '');
  return Buffer.from(`GET ${path} HTTP/1.1\r\n${HOST}\r\n`);
}

interface Answer {
  readonly status: string;
  readonly location: string;
  readonly time: number;
}

interface Connection extends AsyncDisposable {
  readonly ask: (bytes: Buffer) => Promise<Answer>;
}

function open(port: number): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let answered: (answer: Answer) => void = () => {};
    let failed = reject;
    let start = 0;
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const answer = read(text, start);
      if (!answer) return;
      text = '';
      answered(answer);
    });
    const fail = (cause?: Error) => failed(cause ?? new Error('The connection was closed'));
    socket.on('error', fail).on('close', () => fail());
    socket.on('connect', () =>
      resolve({
        ask: (bytes) =>
          new Promise((onAnswer, onFailure) => {
            [answered, failed, start] = [onAnswer, onFailure, performance.now()];
            socket.write(bytes);
          }),
        [Symbol.asyncDispose]: async () => {
          socket.removeAllListeners('close').destroy();
        },
      }),
    );
  });
}

/** The answer once it is whole. */
function read(text: string, start: number): Answer | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const head = text.slice(0, end);
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
  if (text.length < end + 4 + length) return undefined;
  const location = /\r\nlocation: (\S+)/i.exec(head)?.[1] ?? '';
  return { status: head.slice(9, 12), location, time: performance.now() - start };
}
