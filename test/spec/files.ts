import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Texts, or bytes, by their paths. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Writes files into a folder of their own, which is removed after the test; gives its path. */
export async function folderOf(files: Files): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'exactmatch-')));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return folder;
}

/** A server of files. */
export interface Site {
  readonly url: string;
  /** What has been asked for, in order, and with which headers. */
  readonly asked: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
}

/**
 * Serves files until the test ends; a text that starts with `-> ` leads elsewhere, a path that is not
 * there is answered with 404, and `/never` is not answered at all.
 */
export async function siteOf(files: Files): Promise<Site> {
  const asked: Site['asked'][number][] = [];
  const server = createServer(({ url: path = '', headers }, response) => {
    asked.push({ path, headers });
    const content = files[path.slice(1)];
    if (path === '/never') return;
    if (content === undefined) response.writeHead(404).end();
    else if (typeof content === 'string' && content.startsWith('-> '))
      response.writeHead(302, { location: content.slice(3) }).end();
    else response.end(content);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked };
}
