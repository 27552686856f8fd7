#!/usr/bin/env node
import { processIo } from './cli/io.ts';
import { main } from './cli/main.ts';

// A reader that goes away (`exactmatch … | head`) is no error.
process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  process.exit(cause.code === 'EPIPE' ? 0 : 2);
});
process.exitCode = await main(process.argv.slice(2), processIo(process));
