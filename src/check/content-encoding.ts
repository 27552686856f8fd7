import { promisify } from 'node:util';
import { brotliDecompress, inflate, inflateRaw, unzip, zstdDecompress } from 'node:zlib';

type Decoder = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>;

const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: promisify(unzip),
  'x-gzip': promisify(unzip),
  // With the header of zlib, as RFC 9110 has it, or without, as some servers send it.
  deflate: (bytes, options) =>
    hasZlibHeader(bytes) ? inflated(bytes, options) : raw(bytes, options),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
};
const inflated: Decoder = promisify(inflate);
const raw: Decoder = promisify(inflateRaw);

/** @see https://www.rfc-editor.org/rfc/rfc1950#section-2.2 */
function hasZlibHeader([method = 0, flags = 0]: Uint8Array): boolean {
  return (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0;
}

/** The content codings that can be undone. */
export const CONTENT_CODINGS: readonly string[] = Object.keys(DECODERS);

/** Why a body could not be decoded: its coding is not known, it is not of that coding, or too large. */
export type Undecoded = 'unknown' | 'broken' | 'large';

/**
 * The bytes that were sent, by the `Content-Encoding` that they travelled in; at most so many.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.4
 */
export async function undoContentEncoding(
  encoding: string,
  bytes: Uint8Array,
  limit: number,
): Promise<Uint8Array | Undecoded> {
  let decoded = bytes;
  for (const name of encoding.toLowerCase().split(',').reverse()) {
    const coding = name.trim();
    if (coding === '' || coding === 'identity') continue;
    const decoder = Object.hasOwn(DECODERS, coding) ? DECODERS[coding] : undefined;
    if (!decoder) return 'unknown';
    try {
      decoded = await decoder(decoded, { maxOutputLength: limit });
    } catch (cause) {
      return (cause as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE' ? 'large' : 'broken';
    }
  }
  return decoded;
}
