import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { run } from '../cli/io.ts';
import { reportMistakes } from '../report/report-schema.ts';

const json = (schema: object) => ({ 'application/json': { schema } });
const note = {
  type: 'object',
  required: ['id', 'text'],
  properties: {
    id: { type: 'integer' },
    text: { type: 'string' },
    link: { type: 'string', format: 'uri' },
  },
};
const form = {
  type: 'object',
  required: ['user', 'age'],
  properties: { user: { type: 'string' }, age: { type: 'integer' } },
};

/** The document of a small API for notes. */
export const notes = {
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1' },
  servers: [{ url: 'https://api.test/v1' }],
  paths: {
    '/notes': {
      post: {
        operationId: 'addNote',
        parameters: [{ name: 'seen', in: 'cookie', schema: { type: 'integer' } }],
        requestBody: { required: true, content: json({ type: 'object', required: ['text'] }) },
        responses: {
          201: { description: 'Added', content: json(note) },
          400: { description: 'Bad' },
        },
      },
    },
    '/notes/{id}': {
      get: {
        operationId: 'readNote',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
          { name: 'lang', in: 'query', schema: { enum: ['en', 'de'] } },
        ],
        responses: {
          200: {
            description: 'One',
            headers: {
              'x-tags': { schema: { type: 'array', items: { type: 'string' }, maxItems: 2 } },
            },
            content: json(note),
          },
          304: { description: 'As before' },
        },
      },
      delete: {
        operationId: 'dropNote',
        security: [{ token: [] }],
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        responses: { 204: { description: 'Gone' } },
      },
    },
    '/login': {
      post: {
        operationId: 'login',
        requestBody: {
          required: true,
          content: {
            'application/x-www-form-urlencoded': { schema: form },
            'multipart/form-data': { schema: form },
          },
        },
        responses: { 204: { description: 'In' } },
      },
    },
  },
  components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
};

/** A member of an entry, for each part that differs from a good exchange. */
export interface EntryParts {
  readonly request?: object;
  readonly response?: object;
  readonly [name: string]: unknown;
}

/** A good entry, as a browser writes it, with what differs. */
export function entry({ request, response, ...rest }: EntryParts = {}): object {
  const text = JSON.stringify({ id: 1, text: 'Milk' });
  return {
    startedDateTime: '2024-05-14T08:21:02.123Z',
    time: 12,
    cache: {},
    timings: { send: 0, wait: 10, receive: 2 },
    ...rest,
    request: {
      method: 'GET',
      url: 'https://api.test/v1/notes/1',
      httpVersion: 'HTTP/1.1',
      headers: [],
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: 0,
      ...request,
    },
    response: {
      status: 200,
      statusText: 'OK',
      httpVersion: 'HTTP/1.1',
      headers: [{ name: 'Content-Type', value: 'application/json' }],
      cookies: [],
      content: { size: text.length, mimeType: 'application/json', text },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      ...response,
    },
  };
}

/** A request that adds a note, with what differs. */
export function added(postData: unknown, parts: EntryParts = {}): object {
  return entry({
    ...parts,
    request: {
      method: 'POST',
      url: 'https://api.test/v1/notes',
      headers: [{ name: 'content-type', value: 'application/json' }],
      postData,
      ...parts.request,
    },
    response: { status: 201, ...parts.response },
  });
}

/** A HAR of entries. */
export function har(entries: readonly unknown[], log: object = {}): object {
  return { log: { version: '1.2', creator: { name: 'Test', version: '1' }, entries, ...log } };
}

/** What `check` said of files. */
export interface Said {
  readonly code: number;
  readonly stderr: string;
  readonly checked: number;
  /** As `response.body.type id`. */
  readonly findings: readonly string[];
  /** As `2 CORS preflight requests`. */
  readonly skipped: readonly string[];
  readonly report: Report;
}

/** Runs `check` on files below a folder of their own, by the document of the notes. */
export async function checkFiles(
  files: Readonly<Record<string, string | Uint8Array | object>>,
  argv: readonly string[] = [],
): Promise<Said> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  for (const [name, content] of Object.entries({ 'notes.openapi.json': notes, ...files })) {
    const isRaw = typeof content === 'string' || content instanceof Uint8Array;
    await writeFile(join(folder.path, name), isRaw ? content : JSON.stringify(content));
  }
  const targets = Object.keys(files)
    .slice(0, 1)
    .map((name) => join(folder.path, name));
  const given = ['--spec', join(folder.path, 'notes.openapi.json'), '--format', 'json', ...argv];
  const { code, stdout, stderr } = await run(['check', ...targets, ...given]);
  return said(code, stdout, stderr.replaceAll(`${folder.path}/`, ''));
}

/** An entry, and what is found of it. */
export interface EntryCase {
  readonly entry: object;
  readonly findings?: readonly string[];
  readonly skipped?: readonly string[];
}

/** Expects of an entry, and of a good one beside it, what is found. */
export async function expectEntry({
  entry: given,
  findings = [],
  skipped = [],
}: EntryCase): Promise<void> {
  const found = await checkFiles({ 'one.har': har([given, entry()]) });
  expect(found.findings).toEqual(findings);
  expect(found.skipped).toEqual(skipped);
  expect(found.stderr).toBe('');
  expect(found.code).toBe(findings.length > 0 ? 1 : 0);
}

/** What the report of a run says. */
export function said(code: number, stdout: string, stderr: string): Said {
  const report = (stdout === '' ? EMPTY : JSON.parse(stdout)) as Report;
  if (stdout !== '') expect(reportMistakes(report)).toEqual([]);
  const problems = report.subjects.flatMap(({ problems: all }) => all);
  return {
    code,
    stderr,
    checked: report.summary.checked,
    findings: problems.map(({ finding }) => `${finding.code} ${finding.at}`.trim()),
    skipped: report.skipped.map(({ reason, count }) => `${count} ${reason}`),
    report,
  };
}

const EMPTY = { summary: { checked: 0 }, subjects: [], skipped: [] };
