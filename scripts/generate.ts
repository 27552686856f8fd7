// Writes `src/generated/` from the document: `npm run generate`; with `--check` it only compares.
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { differenceOf } from '../src/cli/difference.ts';
import { readSpec } from '../src/spec/load.ts';
import { generateTypes } from '../src/typegen/typescript.ts';
import { generateValidators } from './generators/validators.ts';

const spec = await readSpec(new URL('../spec/exact-match-sessions.openapi.yaml', import.meta.url));
const admin = await readSpec(new URL('../spec/mock-admin.openapi.yaml', import.meta.url));
const generated: Readonly<Record<string, string>> = {
  'types.ts': await generateTypes(spec, { command: 'npm run generate' }),
  'document.json': `${JSON.stringify(spec.root.value, null, 1)}\n`,
  'validators.ts': generateValidators(spec),
  'admin.json': `${JSON.stringify(admin.root.value, null, 1)}\n`,
};

let isStale = false;
for (const [name, text] of Object.entries(generated)) {
  const path = `src/generated/${name}`;
  const url = new URL(`../${path}`, import.meta.url);
  if (!process.argv.includes('--check')) {
    writeFileSync(url, text);
    continue;
  }
  const difference = await differenceOf(path, text, () => readFile(url, 'utf8'));
  if (difference === undefined) continue;
  isStale = true;
  process.stdout.write(difference);
}
if (isStale) {
  console.error('src/generated is stale. Run `npm run generate` and commit what it writes.');
  process.exitCode = 1;
}
