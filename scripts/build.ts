// Makes `dist/`, what is published: `npm run build`.
import { execFileSync } from 'node:child_process';
import { chmodSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root: string = fileURLToPath(new URL('..', import.meta.url));
const dist: string = join(root, 'dist/');
const tsc: string = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));

/** What a run of `check` loads, one after the other. */
const CHECK: readonly string[] = [
  ...['cli/main.js', 'cli/io.js', 'cli/check.js', 'cli/check-body.js', 'cli/check-capture.js'],
  ...['report/collector.js', 'report/pretty.js'],
];

rmSync(dist, { recursive: true, force: true });
execFileSync(process.execPath, [tsc, '-p', root], { stdio: 'inherit' });

// The compiler has overlooked imports before: nothing that is published may lead to a source.
for (const file of globSync(`${dist}**/*.js`)) {
  const left = /(?:import\(|from |import )['"]\.[^'"]*\.ts['"]/.exec(readFileSync(file, 'utf8'));
  if (left) throw new Error(`${file} still has ${left[0]}`);
}
await bundle();
chmodSync(`${dist}cli.js`, 0o755);

/**
 * Replaces the modules of `dist/cli/` by few files: Node takes most of a millisecond to load a module,
 * and `check` needs two hundred. They stay in that folder, so that what is found from there, such as the
 * manifest, is found as before.
 */
async function bundle(): Promise<void> {
  const core = new Set<string>();
  for (const file of CHECK) addImports(join(dist, file), core);
  const build = await rolldown({
    input: { cli: `${dist}cli.js`, 'verifier-process': `${dist}pact/verify/verifier-process.js` },
    platform: 'node',
    // Packages stay what they are, but for the one that `check` always loads and what the bundler adds.
    external: (id) =>
      (/^[^./]/.test(id) && !/^@(?:remix-run|oxc-project)\//.test(id)) || id.endsWith('.json'),
    // A module may be loaded late by one and at once by another.
    checks: { ineffectiveDynamicImport: false },
  });
  const { output } = await build.generate({
    format: 'esm',
    entryFileNames: ({ name }) => (name === 'cli' ? 'cli.js' : `cli/${name}.js`),
    chunkFileNames: 'cli/[name].js',
    codeSplitting: {
      groups: [{ name: 'core', test: (id) => core.has(id) || id.includes('/@remix-run/') }],
    },
  });
  await build.close();
  rmSync(`${dist}cli`, { recursive: true });
  mkdirSync(`${dist}cli`);
  for (const file of output) {
    if (file.type !== 'chunk') continue;
    requireInstalled([...file.imports, ...file.dynamicImports]);
    writeFileSync(dist + file.fileName, file.code);
  }
}

/** Adds a module, and all that are loaded before it. */
function addImports(file: string, found: Set<string>): void {
  if (found.has(file) || file.endsWith('.json')) return;
  found.add(file);
  const imports = /^(?:import|export)\s(?:[\w*{}\s,$]*\sfrom\s)?['"](\.[^'"]*)['"]/gm;
  for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(imports)) {
    addImports(join(dirname(file), path), found);
  }
}

/** Nothing may be needed that is not installed with the package. */
function requireInstalled(imports: readonly string[]): void {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const known = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  for (const id of imports) {
    const isOurs = /^(?:\.|node:|cli[./]|generated\/)/.test(id);
    if (isOurs || known.some((name) => id === name || id.startsWith(`${name}/`))) continue;
    throw new Error(`The bundle needs ${id}, which is not installed with it`);
  }
}
