#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// A reader that goes away (`exactmatch … | head`) is no error.
process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  process.exit(cause.code === 'EPIPE' ? 0 : 2);
});
// It holds for what is loaded from here on; NODE_DISABLE_COMPILE_CACHE=1 turns it off.
enableCompileCache();
const { main } = await import('./cli/main.ts');
const { processIo } = await import('./cli/io.ts');
process.exitCode = await main(process.argv.slice(2), processIo(process));
