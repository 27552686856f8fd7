import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from './io.ts';

const document = (type: string) => `openapi: 3.1.0
info: { title: Things, version: '1' }
paths:
  /things:
    get:
      operationId: listThings
      responses:
        '200':
          description: Things
          content: { application/json: { schema: { type: array, items: { type: ${type} } } } }
`;

test('writes the types of any document, the same each time', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const [spec, output] = [join(folder.path, 'openapi.yaml'), join(folder.path, 'types.ts')];
  await writeFile(spec, document('string'));
  expect(await run(['types', spec, '-o', output])).toEqual({ code: 0, stdout: '', stderr: '' });
  const types = await readFile(output, 'utf8');
  expect(types).toContain('listThings: {');
  expect(types).toContain('"application/json": string[];');
  expect(types).not.toContain(folder.path);
  expect((await run(['types', '--spec', spec])).stdout).toBe(types);
  expect(await run(['types', spec, '-o', output, '--check'])).toMatchObject({
    code: 0,
    stdout: '',
  });
});

test('shows how a stale file differs, and leaves it as it is', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const [spec, output] = [join(folder.path, 'openapi.yaml'), join(folder.path, 'types.ts')];
  await writeFile(spec, document('string'));
  await run(['types', spec, '-o', output]);
  await writeFile(spec, document('integer'));
  const before = await readFile(output, 'utf8');
  const { code, stdout, stderr } = await run(['types', spec, '-o', output, '--check']);
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^-\s+"application\/json": string\[\];\n\+\s+"application\/json": number\[\];$/m,
  );
  expect(stderr).toContain('is stale. Run the same command without --check.');
  expect(await readFile(output, 'utf8')).toBe(before);
});

test('counts a file that is not there as stale', async () => {
  const { code, stdout } = await run([
    'types',
    '-o',
    join(tmpdir(), 'no-such-types.ts'),
    '--check',
  ]);
  expect(code).toBe(1);
  expect(stdout).toContain('+export interface paths {');
});

test('writes the types of the shipped document without being told one', async () => {
  const { stdout } = await run(['types']);
  const generated = await readFile(
    new URL('../../src/generated/types.ts', import.meta.url),
    'utf8',
  );
  const withoutFirstLine = (text: string) => text.slice(text.indexOf('\n'));
  expect(withoutFirstLine(stdout)).toBe(withoutFirstLine(generated));
});

test('refuses a document of another version', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const spec = join(folder.path, 'broken.yaml');
  await writeFile(spec, 'openapi: 4.0.0\n');
  const { code, stderr } = await run(['types', spec]);
  expect(code).toBe(2);
  expect(stderr).toContain('broken.yaml": it is OpenAPI 4.0.0');
});
