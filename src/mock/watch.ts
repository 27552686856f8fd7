import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { scanOf } from '../spec/ref.ts';
import type { Source } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { readYaml } from '../spec/yaml.ts';
import { changeBetween, type SpecChange } from './spec-change.ts';
import { createFolderWatch } from './watch-folders.ts';

/** What a document is watched with. */
export interface WatchOptions {
  /** Reads the document anew. */
  readonly load: () => Promise<Spec>;
  /** Takes a document that could be read; when that fails, the one before stays in use. */
  readonly use: (spec: Spec) => void | Promise<void>;
  /** Told of each document that is in use from now on. */
  readonly onReload: (change: SpecChange) => void;
  /** Told once why a document cannot be used. */
  readonly onFailure: (error: Error) => void;
}

/** A document that is being watched. */
export interface SpecWatch {
  readonly [Symbol.dispose]: () => void;
}

/** How long nothing must happen before a file is taken to be written, in milliseconds. */
const QUIET = 100;
/** How long that is waited for, where something happens all the time. */
const PATIENCE = 1000;

/**
 * Watches every file of a document, and reads it anew when one of them says something else.
 *
 * A document that cannot be read or used changes nothing; the one before stays in use.
 *
 * @throws {ExactMatchError} `FILE_UNREADABLE` when the system watches no more.
 */
export async function watchSpec(spec: Spec, options: WatchOptions): Promise<SpecWatch> {
  const watcher = new SpecWatcher(spec, options);
  await watcher.start();
  return { [Symbol.dispose]: () => watcher.close() };
}

class SpecWatcher {
  readonly #options: WatchOptions;
  readonly #folders = createFolderWatch(() => this.#schedule());
  #spec: Spec;
  /** Why the files as they are cannot be used. */
  #failure: string | undefined;
  /** What each file looked like when it was last read. */
  #stamps = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #firstEvent: number | undefined;
  #checks: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(spec: Spec, options: WatchOptions) {
    this.#spec = spec;
    this.#options = options;
  }

  async start(): Promise<void> {
    await this.#folders.follow(filesOf(this.#spec).keys());
    // A file may have changed since it was read.
    this.#schedule();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#folders.close();
  }

  #schedule(): void {
    if (this.#isClosed) return;
    const now = performance.now();
    this.#firstEvent ??= now;
    clearTimeout(this.#timer);
    const wait = Math.min(QUIET, this.#firstEvent + PATIENCE - now);
    this.#timer = setTimeout(() => {
      this.#firstEvent = undefined;
      this.#checks = this.#checks.then(() => this.#check()).catch(this.#options.onFailure);
    }, wait);
  }

  async #check(): Promise<void> {
    if (await this.#isStale()) await this.#reload();
    if (this.#isClosed) return;
    // Its files may be others now, and their folders too.
    const files = this.#failure === undefined ? filesOf(this.#spec).keys() : this.#stamps.keys();
    await this.#folders.follow(files);
    if (this.#isClosed) this.#folders.close();
    // What was written before its folder was watched.
    else if (await this.#isStale()) this.#schedule();
  }

  /** Whether a file has changed since it was read; touching it is no change. */
  async #isStale(): Promise<boolean> {
    if (this.#failure !== undefined) {
      for (const [file, stamp] of this.#stamps) if ((await stampOf(file)) !== stamp) return true;
      return false;
    }
    for (const [file, source] of filesOf(this.#spec)) {
      const stamp = await stampOf(file);
      if (this.#stamps.get(file) === stamp) continue;
      if ((await textOf(file)) !== source.text()) return true;
      this.#stamps.set(file, stamp);
    }
    return false;
  }

  async #reload(): Promise<void> {
    const first = await this.#attempt();
    if (!first || this.#isClosed) return;
    // What changes from here on is seen by its stamp; and what was half written may be whole by now.
    this.#stamps = await stampsFrom(this.#spec.root.source);
    const error = await this.#attempt();
    if (!error || this.#isClosed) return;
    if (error.message !== this.#failure) this.#options.onFailure(error);
    this.#failure = error.message;
  }

  /** Goes on with the document as it is now; otherwise tells why not. */
  async #attempt(): Promise<Error | undefined> {
    try {
      const spec = await this.#options.load();
      if (this.#isClosed) return undefined;
      await this.#options.use(spec);
      const change = changeBetween(this.#spec, spec);
      this.#spec = spec;
      this.#stamps.clear();
      this.#failure = undefined;
      this.#options.onReload(change);
      return undefined;
    } catch (cause) {
      return cause instanceof Error ? cause : new Error(String(cause));
    }
  }
}

/** The files of a document by their paths. */
function filesOf({ sources }: Spec): ReadonlyMap<string, Source> {
  const files = [...sources.values()].filter(({ uri }) => uri.startsWith('file:'));
  return new Map(files.map((source) => [fileURLToPath(source.uri), source]));
}

/** The stamps of all files that a document refers to as it is now, as far as they can be read. */
async function stampsFrom({ uri: first }: Source): Promise<Map<string, string>> {
  const stamps = new Map<string, string>();
  const uris = new Set([first]);
  // A set takes up what is added while it is walked.
  for (const uri of uris) {
    if (!uri.startsWith('file:')) continue;
    const file = fileURLToPath(uri);
    stamps.set(file, await stampOf(file));
    for (const reference of await referencesOf(uri, file)) uris.add(reference);
  }
  return stamps;
}

async function referencesOf(uri: string, file: string): Promise<Iterable<string>> {
  const text = await textOf(file);
  try {
    const root = readYaml(text ?? '', file);
    return scanOf({ uri, file, root, syntax: 'yaml', text: () => text ?? '' }).references.keys();
  } catch {
    return [];
  }
}

async function stampOf(file: string): Promise<string> {
  try {
    const { mtimeNs, size, ino } = await stat(file, { bigint: true });
    return `${mtimeNs} ${size} ${ino}`;
  } catch {
    return 'none';
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}
