import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { PassThrough, Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { processIo } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import { folderOf } from '../spec/files.ts';
import { run } from './io.ts';

/** As much of a process as the command line touches. */
function processOf(stdin: string) {
  const streams = {
    stdin: Readable.from([stdin]),
    stdout: new PassThrough({ encoding: 'utf8' }),
    stderr: new PassThrough({ encoding: 'utf8' }),
  };
  return Object.assign(new EventEmitter(), streams);
}

test('writes results and the rest to the streams of the process', () => {
  const process_ = processOf('');
  const io = processIo(process_ as never);
  io.stdout('result\n');
  io.stderr('note\n');
  expect([process_.stdout.read(), process_.stderr.read()]).toEqual(['result\n', 'note\n']);
});

test('reads standard input for -, and files by their paths', async () => {
  const folder = await folderOf({ 'a.txt': 'file' });
  const io = processIo(processOf('input') as never);
  expect([await io.read('-'), await io.read(`${folder}/a.txt`)]).toEqual(['input', 'file']);
});

test('says that standard input is too long to be read at once', async () => {
  const piece = Buffer.alloc(2 ** 24);
  const stdin = Readable.from(Array.from({ length: 33 }, () => piece));
  const { read } = processIo(Object.assign(processOf(''), { stdin }) as never);
  await expect(read('-')).rejects.toThrow(
    'Failed to read standard input: it is larger than 512 MiB, the most that is read at once. Give it in parts.',
  );
});

test('makes folders, and says where none can be made', async () => {
  const folder = await folderOf({ 'a.txt': 'file' });
  const io = processIo(processOf('') as never);
  await io.makeFolder(`${folder}/b/c`);
  await io.makeFolder(`${folder}/b/c`);
  expect(await io.kindOf(`${folder}/b/c`)).toBe('folder');
  await expect(io.makeFolder(`${folder}/a.txt/d`)).rejects.toThrow('is a file, not a folder');
  // Nothing can be made there; elsewhere there is no such place.
  if (process.platform === 'linux')
    await expect(io.makeFolder('/proc/exactmatch/x')).rejects.toThrow('Failed to write');
});

test.for(['SIGINT', 'SIGTERM'])('waits for %s', async (signal) => {
  const process_ = processOf('');
  const stopped = processIo(process_ as never).untilStopped();
  process_.emit(signal);
  await expect(stopped).resolves.toBeUndefined();
});

test('tells a fault of its own from misuse', async () => {
  const io = processIo(processOf('') as never);
  for (const [fault, told] of [
    [new Error('broken'), /broken\n {4}at /],
    ['text', /^text$/m],
  ] as const) {
    let stderr = '';
    const failing = () => {
      throw fault;
    };
    const code = await main(['--version'], {
      ...io,
      stdout: failing,
      stderr: (text) => {
        stderr += text;
      },
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^exactmatch failed, which is a fault of its own\. Please report it\.\n/,
    );
    expect(stderr).toMatch(told);
  }
});

test('says where the mock of a document is, and how to try it', async () => {
  const document = (paths: object) => JSON.stringify({ openapi: '3.1.0', info: {}, paths });
  const get = { responses: { 200: { description: 'Ok' } } };
  const folder = await folderOf({
    'none.json': document({}),
    'one.json': document({ '/a': { get } }),
    'two.json': document({ '/a': { get, put: get } }),
  });
  const said = async (name: string, ...argv: string[]) => {
    const result = await run(['mock', `${folder}/${name}`, '--port', '0', ...argv]);
    expect([result.code, result.stderr]).toEqual([0, '']);
    return result.stdout.replace(/:\d+/g, ':0');
  };
  expect(await said('none.json', '--log', 'none')).toBe(
    'Mock of an API (0 operations) on http://127.0.0.1:0\n',
  );
  expect(await said('one.json')).toBe(
    'Mock of an API (1 operation) on http://127.0.0.1:0\n\nTry it:\n  curl -i http://127.0.0.1:0/a\n',
  );
  expect(await said('two.json', '--host', 'localhost', '--seed', '5')).toContain('(2 operations)');
});

test('cannot compare with what is no file', async () => {
  const { code, stdout, stderr } = await run(['types', '-o', tmpdir(), '--check']);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`Failed to read "${tmpdir()}": it is a folder.`);
});

test('says why a document has no types', async () => {
  const operation = '{ get: { operationId: same, responses: {} } }';
  const folder = await folderOf({
    'a.yaml': `openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths:\n  /a: ${operation}\n  /b: ${operation}\n`,
  });
  const { code, stderr } = await run(['types', `${folder}/a.yaml`]);
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^exactmatch: Failed to generate types from ".*\/a\.yaml": .*operationId.*\. Correct the document there\.\n$/,
  );
});
