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
}

const root: string = new URL('../..', import.meta.url).pathname;
const document: string = `${root}spec/exact-match-sessions.openapi.yaml`;

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
  {
    name: 'bare node:http + compiled validator',
    command: (port) => [`${root}scripts/bench/bare-server.ts`, String(port)],
  },
  {
    name: 'exactmatch mock',
    command: (port) => exactmatch(document, port),
  },
  {
    name: 'prism mock (silent)',
    command: (port) => [...prism(document, port), '--verboseLevel', 'silent'],
  },
  {
    name: 'prism mock',
    command: (port) => prism(document, port),
  },
];
