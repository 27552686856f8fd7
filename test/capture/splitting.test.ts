import { Readable } from 'node:stream';
import {
  array,
  assert as assertProperty,
  asyncProperty,
  constantFrom,
  integer,
  jsonValue,
} from 'fast-check';
import { expect, test } from 'vitest';
import type { Piece } from '../../src/capture/piece.ts';
import { type CaptureLayout, readPieces } from '../../src/capture/read-pieces.ts';
import { jsonLocator } from '../../src/spec/json-text.ts';

/** The pieces of a text whose bytes come in chunks of these sizes, again and again. */
async function split(text: string, layout: CaptureLayout, sizes: readonly number[], limit = 1e6) {
  const bytes = Buffer.from(text);
  const chunks: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  const pieces: Piece[] = [];
  const options = { layout, maxEntryBytes: limit };
  for await (const batch of readPieces(Readable.from(chunks), options)) pieces.push(...batch);
  return pieces;
}

// JSON has no -0.
const values = jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)));
const entries = array(values, { maxLength: 8 });
const sizes = array(integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 4 });
const indents = constantFrom(undefined, 1, '\t', '\r\n  ');

test('an array comes in the same pieces however the file is written and cut, each at its place', async () => {
  await assertProperty(
    asyncProperty(
      entries,
      indents,
      sizes,
      constantFrom('har', 'array'),
      async (values, indent, cuts, layout) => {
        const value =
          layout === 'har'
            ? {
                log: {
                  version: '1.2',
                  pages: ['[', { entries: [1] }],
                  entries: values,
                  comment: ']}',
                },
              }
            : values;
        const text = JSON.stringify(value, null, indent);
        const pieces = await split(text, layout as CaptureLayout, cuts);
        const items = pieces.filter((piece) => piece.kind !== 'head');
        expect(items.map((piece) => piece.kind === 'item' && JSON.parse(piece.text))).toEqual(
          values,
        );
        const locate = jsonLocator(text);
        const path = layout === 'har' ? ['log', 'entries'] : [];
        expect(items.map(({ at }) => at)).toEqual(
          values.map((_, index) => locate([...path, String(index)])),
        );
      },
    ),
    { numRuns: 150 },
  );
});

test('lines come in the same pieces however the file is cut', async () => {
  await assertProperty(
    asyncProperty(entries, constantFrom('\n', '\r\n', '\n\n'), sizes, async (values, end, cuts) => {
      const text = values.map((value) => JSON.stringify(value)).join(end);
      const pieces = await split(`\ufeff${text}`, 'lines', cuts);
      expect(pieces.map((piece) => piece.kind === 'item' && JSON.parse(piece.text))).toEqual(
        values,
      );
      const step = end === '\n\n' ? 2 : 1;
      expect(pieces.map((piece) => piece.kind === 'item' && piece.at.line)).toEqual(
        values.map((_, index) => index * step + 1),
      );
    }),
    { numRuns: 100 },
  );
});

test.for(['har', 'lines', 'array'] as const)(
  'an entry over the limit is left out, and the next one is read: %s',
  async (layout) => {
    const values = [{ a: 1 }, { a: 'x'.repeat(5000) }, { a: '\\"\n'.repeat(2000) }, { a: 3 }];
    const text =
      layout === 'lines'
        ? values.map((value) => JSON.stringify(value)).join('\n')
        : JSON.stringify(layout === 'har' ? { log: { entries: values } } : values, null, 1);
    for (const cut of [1, 7, 4096, 1e6]) {
      const pieces = (await split(text, layout, [cut], 4000)).filter(({ kind }) => kind !== 'head');
      expect(pieces.map(({ kind }) => kind)).toEqual(['item', 'unreadable', 'unreadable', 'item']);
      const [, large, , last] = pieces;
      expect(large).toMatchObject({
        number: 2,
        reason:
          'its 4.9 KiB are more than the limit of 3.9 KiB. --max-entry-bytes (`maxEntryBytes`) sets another one, up to 512 MiB',
      });
      expect(last).toMatchObject({
        number: 4,
        text: layout === 'lines' ? '{"a":3}' : expect.stringContaining('3'),
      });
      if (layout === 'har')
        expect(last).toMatchObject({ at: jsonLocator(text)(['log', 'entries', '3']) });
    }
  },
);
