// Makes `dist/`, what is published: `npm run build`.
import { execFileSync } from 'node:child_process';
import { chmodSync, globSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root: string = fileURLToPath(new URL('..', import.meta.url));
const tsc: string = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));

rmSync(`${root}dist`, { recursive: true, force: true });
execFileSync(process.execPath, [tsc, '-p', root], { stdio: 'inherit' });
chmodSync(`${root}dist/cli.js`, 0o755);

// The compiler has overlooked imports before: nothing that is published may lead to a source.
for (const file of globSync(`${root}dist/**/*.js`)) {
  const left = /(?:import\(|from |import )['"]\.[^'"]*\.ts['"]/.exec(readFileSync(file, 'utf8'));
  if (left) throw new Error(`${file} still has ${left[0]}`);
}
