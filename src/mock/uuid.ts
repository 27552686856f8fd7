const DIGITS: Uint8Array = Buffer.from('0123456789abcdef');
/** Every UUID is written here before it becomes a text: its dashes stay. */
const written: Buffer = Buffer.alloc(36, '-');

/**
 * A UUID of version 4 by its form that depends on a text alone: the same text gives the same one,
 * another text another. It keeps no secret.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#section-5.4
 */
export function uuidOf(text: string): string {
  // Four lanes with the constants of MurmurHash3: a quarter of what SHA-1 costs here.
  let one = 0x6a09e667;
  let two = 0xbb67ae85 | 0;
  let three = 0x3c6ef372;
  let four = 0xa54ff53a | 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    one = two ^ Math.imul(one ^ code, 0x239b961b);
    two = three ^ Math.imul(two ^ code, 0xab0e9789);
    three = four ^ Math.imul(three ^ code, 0x38b34ae5);
    four = one ^ Math.imul(four ^ code, 0xa1e38b93);
  }
  one = mix(one ^ mix(one ^ two ^ three ^ four ^ text.length));
  two = mix(two ^ one);
  three = mix(three ^ two);
  four = mix(four ^ three);
  const version = (two & 0xffff0fff) | 0x4000;
  const variant = (three & 0x3fffffff) | 0x80000000;
  write(one, 0, 8);
  write(version >>> 16, 9, 4);
  write(version, 14, 4);
  write(variant >>> 16, 19, 4);
  write(variant, 24, 4);
  write(four, 28, 8);
  return written.toString('latin1');
}

/** Spreads a number over all of its 32 bits. */
function mix(number: number): number {
  let mixed = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** Writes the last hexadecimal digits of a number. */
function write(number: number, at: number, digits: number): void {
  for (let digit = 0; digit < digits; digit += 1) {
    written[at + digit] = DIGITS[(number >>> ((digits - 1 - digit) * 4)) & 15] ?? 0;
  }
}
