// Makes `dist/`, what is published: `npm run build`.
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root: string = fileURLToPath(new URL('..', import.meta.url));
const tsc: string = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));

rmSync(`${root}dist`, { recursive: true, force: true });
execFileSync(process.execPath, [tsc, '-p', root], { stdio: 'inherit' });
chmodSync(`${root}dist/cli.js`, 0o755);
