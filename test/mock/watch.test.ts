import { mkdir, mkdtempDisposable, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSpec, type Spec } from '../../src/index.ts';
import type { SpecChange } from '../../src/mock/spec-change.ts';
import { watchSpec } from '../../src/mock/watch.ts';

/** What a watch has told, one after the other, each to be waited for. */
type Told = SpecChange | Error;

interface Watching {
  readonly path: (name: string) => string;
  readonly write: (name: string, text: string) => Promise<void>;
  /** What is told next. */
  readonly next: () => Promise<Told>;
  /** What has been told and not been waited for. */
  readonly rest: readonly Told[];
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** Watches `openapi.yaml` in a folder of its own, beside other files. */
async function watching(
  files: Readonly<Record<string, string>>,
  use: (spec: Spec) => void = () => {},
): Promise<Watching> {
  const folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const path = (name: string) => join(folder.path, name);
  const write = async (name: string, text: string) => {
    await mkdir(join(path(name), '..'), { recursive: true });
    await writeFile(path(name), text);
  };
  for (const [name, text] of Object.entries(files)) await write(name, text);
  const told: Told[] = [];
  let wake = () => {};
  const tell = (one: Told) => {
    told.push(one);
    wake();
  };
  const load = () => loadSpec(path('openapi.yaml'));
  const watch = await watchSpec(await load(), { load, use, onReload: tell, onFailure: tell });
  const next = async (): Promise<Told> => {
    for (let one = told.shift(); ; one = told.shift()) {
      if (one) return one;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    ...{ path, write, next, rest: told },
    [Symbol.asyncDispose]: async () => {
      watch[Symbol.dispose]();
      await folder.remove();
    },
  };
}

const head = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\n";
const operation = (path: string, id: string, schema: string) => `  ${path}:
    get:
      operationId: ${id}
      responses:
        '200':
          description: Fine
          content: { application/json: { schema: ${schema} } }
`;
const one = `${head}paths:\n${operation('/pets', 'listPets', '{ type: array }')}`;
const two = `${one}${operation('/shops', 'listShops', "{ $ref: './parts/shop.yaml' }")}`;
const nothing = { added: [], removed: [], changed: [] };

test('tells which operations came, went and changed', async () => {
  await using watch = await watching({ 'openapi.yaml': one, 'parts/shop.yaml': 'type: string' });
  await watch.write('openapi.yaml', two);
  expect(await watch.next()).toEqual({ ...nothing, added: ['listShops'] });
  await watch.write('parts/shop.yaml', 'type: number');
  expect(await watch.next()).toEqual({ ...nothing, changed: ['listShops'] });
  await watch.write('openapi.yaml', one);
  expect(await watch.next()).toEqual({ ...nothing, removed: ['listShops'] });
});

test('follows files that are replaced, removed with their folder, and made again', async () => {
  await using watch = await watching({ 'openapi.yaml': two, 'parts/shop.yaml': 'type: string' });
  for (const type of ['number', 'boolean']) {
    await watch.write('parts/.shop.yaml.swp', `type: ${type}`);
    await rename(watch.path('parts/.shop.yaml.swp'), watch.path('parts/shop.yaml'));
    expect(await watch.next()).toEqual({ ...nothing, changed: ['listShops'] });
  }
  await rm(watch.path('parts'), { recursive: true });
  expect(String(await watch.next())).toContain('there is no such file');
  await watch.write('parts/shop.yaml', 'type: string');
  expect(await watch.next()).toEqual({ ...nothing, changed: ['listShops'] });
  await watch.write('parts/shop.yaml', 'type: number');
  expect(await watch.next()).toEqual({ ...nothing, changed: ['listShops'] });
});

test('tells once where a document is broken, and when it is whole again', async () => {
  await using watch = await watching({ 'openapi.yaml': one });
  const broken = `${one}  /shops: [\n`;
  await watch.write('openapi.yaml', broken);
  expect(String(await watch.next())).toMatch(/openapi\.yaml", line 12, column 1: /);
  await watch.write('other.txt', 'of no matter');
  await watch.write('openapi.yaml', one);
  expect(await watch.next()).toEqual(nothing);
  expect(watch.rest).toEqual([]);
});

test('waits for a file that a broken document already refers to', async () => {
  await using watch = await watching({ 'openapi.yaml': one });
  await watch.write('openapi.yaml', two);
  expect(String(await watch.next())).toContain('there is no such file');
  await watch.write('parts/shop.yaml', '{ broken');
  expect(String(await watch.next())).toContain('shop.yaml", line 1, column 9: ');
  await watch.write('parts/shop.yaml', 'type: string');
  expect(await watch.next()).toEqual({ ...nothing, added: ['listShops'] });
});

test('keeps the document before where the new one is refused', async () => {
  let refused = '';
  await using watch = await watching({ 'openapi.yaml': one }, () => {
    if (refused !== '') throw new Error(refused);
  });
  refused = 'not this one';
  await watch.write('openapi.yaml', `${one}${operation('/zoo', 'getZoo', 'true')}`);
  expect(String(await watch.next())).toBe('Error: not this one');
  refused = '';
  await watch.write('openapi.yaml', `${one}${operation('/shops', 'listShops', 'true')}`);
  // Compared with what is in use, not with what was refused.
  expect(await watch.next()).toEqual({ ...nothing, added: ['listShops'] });
});

test('is not moved by a touch, nor by what else happens in the folder', async () => {
  await using watch = await watching({ 'openapi.yaml': one });
  await watch.write('openapi.yaml', one);
  await watch.write('requests.jsonl', '{}');
  await watch.write('openapi.yaml', `${one}# changed\n`);
  expect(await watch.next()).toEqual(nothing);
  expect(watch.rest).toEqual([]);
});

test('follows a link whose target is another one, as Kubernetes mounts files', async () => {
  await using watch = await watching({
    'first/openapi.yaml': one,
    'second/openapi.yaml': `${one}${operation('/shops', 'listShops', 'true')}`,
    // The file itself is a link, made below.
    'openapi.yaml': one,
  });
  await symlink('first', watch.path('data'));
  await symlink('data/openapi.yaml', watch.path('link'));
  await rename(watch.path('link'), watch.path('openapi.yaml'));
  await symlink('second', watch.path('data.new'));
  await rename(watch.path('data.new'), watch.path('data'));
  expect(await watch.next()).toEqual({ ...nothing, added: ['listShops'] });
  await watch.write('second/openapi.yaml', one);
  expect(await watch.next()).toEqual({ ...nothing, removed: ['listShops'] });
});
