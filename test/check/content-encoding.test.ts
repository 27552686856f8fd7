import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import { expect, test } from 'vitest';
import { undoContentEncoding } from '../../src/check/content-encoding.ts';

const text = JSON.stringify({ fileName: 'patients.tsv', fields: ['mrn', 'ssn'] });
const bytes = Buffer.from(text);

test.for([
  ['gzip', gzipSync(bytes)],
  ['x-gzip', gzipSync(bytes)],
  ['deflate', deflateSync(bytes)],
  ['deflate', deflateRawSync(bytes)],
  ['br', brotliCompressSync(bytes)],
  ['zstd', zstdCompressSync(bytes)],
  ['identity', bytes],
  ['GZIP, br', brotliCompressSync(gzipSync(bytes))],
  ['', bytes],
] as const)('undoes %s', async ([encoding, sent]) => {
  const decoded = await undoContentEncoding(encoding, sent, 1_000);
  expect(Buffer.from(decoded as Uint8Array).toString()).toBe(text);
});

test.for([
  ['compress', bytes, 1_000, 'unknown'],
  ['constructor', bytes, 1_000, 'unknown'],
  ['gzip', bytes, 1_000, 'broken'],
  ['gzip', gzipSync(bytes).subarray(0, 20), 1_000, 'broken'],
  ['br', brotliCompressSync(Buffer.alloc(100_000)), 1_000, 'large'],
] as const)('says why %s is not undone', async ([encoding, sent, limit, reason]) => {
  expect(await undoContentEncoding(encoding, sent, limit)).toBe(reason);
});
