import { createServer } from 'node:net';

/** The full body of a creation: every property that can be given. */
export const sessionBody: Readonly<Record<string, unknown>> = {
  '@odata.type': '#microsoft.graph.exactMatchSession',
  creationDateTime: '2024-05-14T08:20:31.5172918Z',
  startDateTime: '2024-05-14T08:20:33Z',
  lastUpdatedDateTime: '2024-05-14T08:21:02.25Z',
  completionDateTime: '2024-05-14T08:58:03.9999999Z',
  error: { '@odata.type': 'microsoft.graph.classificationError' },
  dataStoreId: 'patients',
  remainingBlockCount: 12,
  totalBlockCount: 12,
  state: 'Created',
  uploadCompletionDateTime: '2024-05-14T08:31:05Z',
  processingCompletionDateTime: '2024-05-14T08:58:03Z',
  totalJobCount: 3,
  remainingJobCount: 3,
  uploadAgentId: '1f0c8e4a-90f5-4d2c-9b1e-5f8a8f5e2c47',
  fields: ['mrn', 'ssn', 'lastName'],
  fileName: 'patients.tsv',
  checksum: '9b74c9897bac770ffc029102a200c5de',
  dataUploadURI: 'https://edm.blob.core.windows.net/upload/4f1d?sv=2023-11-03&sr=c',
  rowsPerBlock: 50000,
  salt: '5fG1kQm2rZ9TtB8yLw0xNA==',
};

/** The path of the session collection, below any base path. */
export const sessionsPath = '/dataClassification/exactMatchDataStores/patients/sessions';

/** A server to be measured: what starts it, given a port, and the path that it answers. */
export interface Subject {
  readonly name: string;
  readonly command: (port: number) => readonly string[];
  /** Whether what was created is read as well, half of the requests. */
  readonly isRead?: boolean;
  /** How many times less it is asked, for it to take a reasonable time. */
  readonly slowness?: number;
}

const root: string = new URL('../..', import.meta.url).pathname;
const document: string = `${root}spec/exact-match-sessions.openapi.yaml`;
const prismCommand = (port: number) => prism(document, port);

/** What starts the fastest server that there can be. */
export function bareCommand(port: number): readonly string[] {
  return [`${root}scripts/bench/bare-server.ts`, String(port)];
}

/** What starts the mock as its users do; it must have been built. */
export function mockCommand(port: number): readonly string[] {
  return exactmatch(document, port);
}

/** What starts the mock with options of `startMock` that are JSON. */
function startCommand(port: number, options: object): readonly string[] {
  return [`${root}scripts/bench/mock-server.ts`, String(port), JSON.stringify(options)];
}

/** What starts our mock of a document, as it is published: it must have been built. */
export function exactmatch(file: string, port: number): readonly string[] {
  const own = file === document ? [] : [file];
  return [`${root}dist/cli.js`, 'mock', ...own, '--port', String(port), '--log', 'none'];
}

/** What starts stock Prism with a document. */
export function prism(file: string, port: number): readonly string[] {
  const program = `${root}node_modules/@stoplight/prism-cli/dist/index.js`;
  return [program, 'mock', file, '--port', String(port)];
}

/** The servers that are held against each other; the ceiling comes first. */
export const subjects: readonly Subject[] = [
  { name: 'bare node:http + compiled validator', command: bareCommand },
  { name: 'the same: create then get', command: bareCommand, isRead: true },
  {
    name: 'exactmatch mock, stateless',
    command: (port) => startCommand(port, { stateless: true }),
  },
  { name: 'exactmatch mock', command: mockCommand },
  { name: 'exactmatch mock, memory on: create then get', command: mockCommand, isRead: true },
  {
    name: 'prism mock (silent)',
    command: (port) => [...prismCommand(port), '--verboseLevel', 'silent'],
    slowness: 5,
  },
  { name: 'prism mock', command: prismCommand, slowness: 5 },
];

/** Asks until there is an answer. */
export async function untilReady(ask: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    try {
      await ask();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error('No answer in 30 s');
}

/** A port of the loopback interface where nobody listens. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
