import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import manifest from '../../package.json' with { type: 'json' };

/** What a program did. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder into which the package has been installed as its users do. */
export interface Consumer {
  readonly folder: string;
  /** What the packages of the tree told over the network while they were installed. */
  readonly reports: readonly string[];
  /** Writes a file, and returns its name. */
  readonly write: (name: string, text: string) => Promise<string>;
  /** Runs `node`, or a program that the packages have installed, to its end. */
  readonly run: (program: string, ...args: string[]) => Promise<Run>;
  /** Starts one. */
  readonly start: (program: string, ...args: string[]) => ChildProcess;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
/** What is not of the sources: made, installed, or large and of no use here. */
const LEFT_OUT = /^(?:\.git|contracts|coverage|deploy|dist|docs|node_modules|test)(?:\/|$)|\.tgz$/;
/** What a shell of a user does not have: of npm around this run, of the runner, and what stops reports. */
const NOT_INHERITED =
  /^(?:npm_(?!config_)|VITEST|JEST|SCARF|DO_NOT_TRACK$|FORCE_COLOR$|NODE_(?:ENV|OPTIONS)$)/;

/** Optional peers that are large: they are taken from here. */
const LINKED = ['@pact-foundation/pact', '@playwright/test', '@redocly/cli', 'msw'];

/** Packs the sources and installs the tarball, and what it is used with, into an empty folder. */
export async function installPackage(): Promise<Consumer> {
  const temporary = await realpath(await mkdtemp(join(tmpdir(), 'exactmatch-kit-')));
  const reports: string[] = [];
  const server = createServer((request, response) => {
    reports.push(`${request.method} ${request.url}`);
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const tarball = await pack(temporary);
    const folder = join(temporary, 'consumer');
    await writeManifest(folder, tarball);
    // Scarf, which Prism brings along, reports to this port in place of its own service.
    const settings = { SCARF_LOCAL_PORT: String(port) };
    await npm(folder, ['install', '--prefer-offline', '--no-audit', '--no-fund'], settings);
    for (const name of LINKED) await link(folder, name);
    return consumer(temporary, folder, reports);
  } catch (cause) {
    await rm(temporary, { recursive: true, force: true });
    throw cause;
  } finally {
    server.close();
  }
}

/** Packs a copy, since `npm pack` builds: another test may be reading `dist/`. */
async function pack(temporary: string): Promise<string> {
  const copy = join(temporary, 'sources');
  await cp(root, copy, {
    recursive: true,
    filter: (path) => !LEFT_OUT.test(relative(root, path)),
  });
  await symlink(await realpath(join(root, 'node_modules')), join(copy, 'node_modules'));
  await npm(copy, ['pack', '--pack-destination', temporary]);
  return join(temporary, `${manifest.name}-${manifest.version}.tgz`);
}

async function link(folder: string, name: string): Promise<void> {
  const place = join(folder, 'node_modules', name);
  await mkdir(dirname(place), { recursive: true });
  await symlink(await realpath(join(root, 'node_modules', name)), place);
}

/** The lockfile makes npm take the versions that are in its cache already. */
async function writeManifest(folder: string, tarball: string): Promise<void> {
  const { jest, vitest, '@jest/globals': globals } = manifest.devDependencies;
  const { typescript } = manifest.dependencies;
  const dependencies = {
    [manifest.name]: `file:${tarball}`,
    ...{ jest, vitest, typescript, '@jest/globals': globals },
  };
  const consumer = { name: 'consumer', version: '1.0.0', type: 'module', dependencies };
  const text = await readFile(join(root, 'package-lock.json'), 'utf8');
  const lock = JSON.parse(text) as { readonly packages: Readonly<Record<string, unknown>> };
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify(consumer));
  await writeFile(
    join(folder, 'package-lock.json'),
    JSON.stringify({ ...lock, name: 'consumer', packages: { ...lock.packages, '': consumer } }),
  );
}

function consumer(temporary: string, folder: string, reports: readonly string[]): Consumer {
  const options = { cwd: folder, env: environment({ NO_COLOR: '1' }) };
  const pathOf = (program: string) =>
    program === 'node' ? process.execPath : join(folder, 'node_modules', '.bin', program);
  return {
    folder,
    reports,
    write: async (name, text) => {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
      return name;
    },
    run: async (program, ...args) => {
      const running = promisify(execFile)(pathOf(program), args, options);
      const done = running.then((printed) => ({ code: 0, ...printed }));
      const { code, stdout, stderr } = await done.catch((failed: Run) => failed);
      return { code, stdout, stderr };
    },
    start: (program, ...args) => spawn(pathOf(program), args, options),
    [Symbol.asyncDispose]: () => rm(temporary, { recursive: true, force: true }),
  };
}

async function npm(cwd: string, args: readonly string[], settings = {}): Promise<void> {
  const running = promisify(execFile)('npm', args, { cwd, env: environment(settings) });
  await running.catch(({ message, stdout }: Error & Run) => {
    throw new Error(`${message}\n${stdout}`);
  });
}

/** The environment of a user whose `node` is the one of this run. */
function environment(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !NOT_INHERITED.test(name));
  const path = `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`;
  return { ...Object.fromEntries(inherited), PATH: path, ...settings };
}
