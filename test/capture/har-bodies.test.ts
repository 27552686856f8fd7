import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import { test } from 'vitest';
import { added, type EntryCase, entry, expectEntry } from './notes.ts';

const good = JSON.stringify({ id: 1, text: 'Milk' });
const bad = JSON.stringify({ id: 'one', text: 'Milk' });
const typed = { name: 'content-type', value: 'application/json' };
const bodiless = { size: -1, mimeType: 'x-unknown' };
const leftOut = ['1 response bodies that the capture leaves out'];
const encoded = (bytes: Uint8Array, coding: string) => ({
  headers: [typed, { name: 'Content-Encoding', value: coding }],
  content: {
    size: bad.length,
    mimeType: 'application/json',
    text: Buffer.from(bytes).toString('base64'),
    encoding: 'base64',
  },
});

/** What an entry says of a body, and what is found; nothing where nothing is named. */
const table: Readonly<Record<string, EntryCase>> = {
  base64: {
    entry: entry({
      response: { content: { text: Buffer.from(bad).toString('base64'), encoding: 'base64' } },
    }),
    findings: ['response.body.type /id'],
  },
  'gzip, in base64': {
    entry: entry({ response: encoded(gzipSync(bad), 'gzip') }),
    findings: ['response.body.type /id'],
  },
  'brotli, in base64': {
    entry: entry({ response: encoded(brotliCompressSync(bad), 'br') }),
    findings: ['response.body.type /id'],
  },
  'zlib, in base64': {
    entry: entry({ response: encoded(deflateSync(bad), 'deflate') }),
    findings: ['response.body.type /id'],
  },
  'deflate without its header, in base64': {
    entry: entry({ response: encoded(deflateRawSync(bad), 'deflate') }),
    findings: ['response.body.type /id'],
  },
  'zstd, in base64': {
    entry: entry({ response: encoded(zstdCompressSync(bad), 'zstd') }),
    findings: ['response.body.type /id'],
  },
  'two codings': {
    entry: entry({ response: encoded(brotliCompressSync(gzipSync(bad)), 'gzip, br') }),
    findings: ['response.body.type /id'],
  },
  'base64 that is decoded already': {
    entry: entry({ response: encoded(Buffer.from(bad), 'gzip') }),
    findings: ['response.body.type /id'],
  },
  'a text that is decoded already': {
    entry: entry({
      response: {
        headers: [typed, { name: 'content-encoding', value: 'br' }],
        content: { text: bad },
      },
    }),
    findings: ['response.body.type /id'],
  },
  'gzip, a character a byte': {
    entry: entry({
      response: {
        headers: [typed, { name: 'content-encoding', value: 'gzip' }],
        content: { text: gzipSync(bad).toString('latin1') },
      },
    }),
    findings: ['response.body.type /id'],
  },
  'gzip, kept as what no text is': {
    entry: entry({
      response: {
        headers: [typed, { name: 'content-encoding', value: 'gzip' }],
        content: { text: gzipSync(bad).toString('utf8') },
      },
    }),
    skipped: ['1 response bodies kept as a text while compressed'],
  },
  'an unknown encoding': {
    entry: entry({ response: { content: { text: good, encoding: 'hex' } } }),
    skipped: ['1 response bodies of the encoding "hex"'],
  },
  'no text': {
    entry: entry({ response: { content: { size: 26, mimeType: 'application/json' } } }),
    skipped: leftOut,
  },
  'no text, a null': {
    entry: entry({ response: { content: { size: 26, text: null } } }),
    skipped: leftOut,
  },
  'an empty text of a size': {
    entry: entry({ response: { content: { size: 26, text: '' } } }),
    skipped: leftOut,
  },
  'no text and no size': { entry: entry({ response: { content: bodiless } }), skipped: leftOut },
  'no content': { entry: entry({ response: { content: undefined } }), skipped: leftOut },
  'no text, another media type': {
    entry: entry({
      response: { headers: [{ name: 'content-type', value: 'text/html' }], content: { size: 26 } },
    }),
    findings: ['response.body.mediaType content-type'],
    skipped: leftOut,
  },
  'no body where one is due': {
    entry: entry({ response: { content: { size: 0, mimeType: 'x' } } }),
    findings: ['response.body.required'],
  },
  'an empty text where a body is due': {
    entry: entry({ response: { content: { size: -1, text: '' } } }),
    findings: ['response.body.required'],
  },
  '304 with the body of before': { entry: entry({ response: { status: 304 } }) },
  '204': {
    entry: entry({
      request: { method: 'DELETE', headers: [{ name: 'Authorization', value: 'Bearer t' }] },
      response: { status: 204, headers: [], content: bodiless },
    }),
  },
  'a body of very many arrays in each other': {
    entry: entry({
      response: { content: { text: '['.repeat(200_000) + ']'.repeat(200_000) } },
    }),
    findings: ['response.body.type'],
  },
  '204 of which nothing more is said': {
    entry: entry({
      request: { method: 'DELETE', headers: [{ name: 'Authorization', value: 'Bearer t' }] },
      response: { status: 204, headers: [], content: undefined },
    }),
  },
  'a media type beside no headers': {
    entry: entry({
      response: { headers: [], content: { text: bad, mimeType: 'application/json' } },
    }),
    findings: ['response.body.type /id'],
  },
  'a request body': { entry: added({ mimeType: 'application/json', text: '{"text":"Milk"}' }) },
  'a broken request body': {
    entry: added({ mimeType: 'application/json', text: '{}' }),
    findings: ['request.body.required /text'],
  },
  'a request body in base64': {
    entry: added({ text: Buffer.from('{}').toString('base64'), encoding: 'base64' }),
    findings: ['request.body.required /text'],
  },
  'no request body': { entry: added(undefined), findings: ['request.body.required'] },
  'a request body of null': { entry: added(null), findings: ['request.body.required'] },
  'a request body that is left out': {
    entry: added(undefined, { request: { bodySize: 12 } }),
    skipped: ['1 request bodies that the capture leaves out'],
  },
  'a request body that its length tells of': {
    entry: added(undefined, {
      request: { headers: [typed, { name: 'Content-Length', value: '12' }] },
    }),
    skipped: ['1 request bodies that the capture leaves out'],
  },
};

test.for(Object.entries(table))('%s', async ([, given]) => expectEntry(given));
