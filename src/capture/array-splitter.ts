import { findJsonProblem } from '../check/json-text.ts';
import type { Json } from '../json.ts';
import type { Position } from '../spec/source.ts';
import { ArrayStart } from './array-start.ts';
import { Cursor, positionIn } from './cursor.ts';
import { decodeUtf8, type Piece, type Splitter, showSize, tooLarge } from './piece.ts';
import { ValueScanner } from './scan-value.ts';
import type { Shape } from './shape.ts';

const COMMA = 44;
const CLOSE_ARRAY = 93;
const CLOSE_OBJECT = 125;
/** What stands before and behind the array is kept, to see whether it is JSON, up to this size. */
const FRAME_SIZE = 16 * 1024 * 1024;

/** Makes what cuts the array of a JSON file into its items; those of more bytes than the limit are left out. */
export function arraySplitter(shape: Shape, limit: number): Splitter {
  return new ArraySplitter(shape, limit);
}

class ArraySplitter implements Splitter {
  readonly #shape: Shape;
  readonly #limit: number;
  readonly #cursor = new Cursor();
  readonly #start: ArrayStart;
  readonly #scanner = new ValueScanner();
  #phase: 'head' | 'items' | 'tail' | 'stopped' = 'head';
  /** What has come of the head, of an item, or of the tail. */
  #kept: Buffer[] = [];
  #size = 0;
  /** Where the item begins that is open. */
  #began: Position = { line: 1, column: 1 };
  #number = 0;
  #expected: 'item or ]' | 'item' | ', or ]' = 'item or ]';
  #pieces: Piece[] = [];

  constructor(shape: Shape, limit: number) {
    this.#shape = shape;
    this.#limit = limit;
    this.#start = new ArrayStart(shape.path);
  }

  isStopped(): boolean {
    return this.#phase === 'stopped';
  }

  push(chunk: Buffer): readonly Piece[] {
    this.#pieces = [];
    let rest = chunk;
    if (this.#phase === 'head') rest = this.#passHead(rest);
    if (this.#phase === 'items') rest = this.#passItems(rest);
    if (this.#phase === 'tail') this.#keep(rest, FRAME_SIZE);
    return this.#pieces;
  }

  end(): readonly Piece[] {
    this.#pieces = [];
    if (this.#phase === 'head') this.#stopWithout();
    else if (this.#phase === 'items') this.#stopWithin();
    else if (this.#phase === 'tail') this.#endTail();
    return this.#pieces;
  }

  /** Looks for the array; what is left behind the bracket that opens it. */
  #passHead(bytes: Buffer): Buffer {
    const at = this.#start.find(bytes);
    this.#keep(at === -1 ? bytes : bytes.subarray(0, at + 1), FRAME_SIZE);
    if (this.#size > FRAME_SIZE) {
      const { path, item } = this.#shape;
      const what = path.length > 0 ? `no "${path.join('.')}"` : `no array of ${item}s`;
      this.#stop(`there is ${what} in its first ${showSize(FRAME_SIZE)}`, this.#cursor.position);
      return NOTHING;
    }
    if (at === -1) return NOTHING;
    const head = this.#take().toString('utf8');
    const whole = `${head}]${this.#start.closers}`;
    if (this.#isJson(head, whole, 0)) {
      this.#phase = 'items';
      this.#pieces.push({ kind: 'head', value: JSON.parse(whole) as Json });
    }
    this.#cursor.pass(head);
    return bytes.subarray(at + 1);
  }

  /** Cuts off items; what is left behind them, from the bracket that closes the array. */
  #passItems(bytes: Buffer): Buffer {
    let at = 0;
    while (at < bytes.length) {
      if (!this.#scanner.isOpen) {
        at = this.#passSpace(bytes, at);
        if (at === bytes.length) break;
        if (bytes[at] === CLOSE_ARRAY && this.#expected !== 'item') {
          this.#phase = 'tail';
          return bytes.subarray(at);
        }
        if (!this.#canBegin(bytes, at)) return NOTHING;
        this.#began = this.#cursor.position;
      }
      const end = this.#scanner.scan(bytes, at);
      this.#keep(bytes.subarray(at, end === -1 ? bytes.length : end), this.#limit);
      if (end === -1) break;
      this.#endItem();
      at = end;
    }
    return NOTHING;
  }

  /** Goes over space and the comma between two items. */
  #passSpace(bytes: Buffer, from: number): number {
    let at = from;
    for (; at < bytes.length; at += 1) {
      const code = bytes[at] ?? 0;
      if (code === COMMA && this.#expected === ', or ]') this.#expected = 'item';
      else if (code > 32) break;
    }
    if (at > from) this.#cursor.passBytes(bytes.subarray(from, at));
    return at;
  }

  #canBegin(bytes: Buffer, at: number): boolean {
    const code = bytes[at];
    const isClosing = code === COMMA || code === CLOSE_ARRAY || code === CLOSE_OBJECT;
    if (this.#expected !== ', or ]' && !isClosing) return true;
    const found = JSON.stringify(bytes.toString('latin1', at, at + 1));
    const behind = this.#number === 0 ? '' : ` behind ${this.#shape.item} ${this.#number}`;
    this.#stop(`unexpected ${found}${behind}`, this.#cursor.position);
    return false;
  }

  #endItem(): void {
    this.#number += 1;
    this.#expected = ', or ]';
    const rest = { number: this.#number, at: this.#began };
    if (this.#size > this.#limit) {
      this.#pieces.push({ kind: 'unreadable', reason: tooLarge(this.#size, this.#limit), ...rest });
      this.#size = 0;
      return;
    }
    const bytes = this.#take();
    const text = decodeUtf8(bytes);
    this.#cursor.pass(text ?? bytes.toString('utf8'));
    this.#pieces.push(
      text === undefined
        ? { kind: 'unreadable', reason: 'it is not UTF-8', ...rest }
        : { kind: 'item', text, ...rest },
    );
  }

  #stopWithout(): void {
    const text = this.#take().toString('utf8');
    if (!this.#isJson(text, text, 0)) return;
    this.#stop(this.#shape.describe(JSON.parse(text) as Json), { line: 1, column: 1 });
  }

  #stopWithin(): void {
    const { item } = this.#shape;
    const at = this.#scanner.isOpen ? this.#began : this.#cursor.position;
    const place = this.#scanner.isOpen
      ? `inside ${item} ${this.#number + 1}, which begins here`
      : this.#number === 0
        ? `before the first ${item}`
        : `behind ${item} ${this.#number}`;
    this.#stop(`it breaks off ${place}`, at);
  }

  #endTail(): void {
    if (this.#size > FRAME_SIZE) return;
    const text = this.#take().toString('utf8');
    const opening = this.#shape.path.map((name) => `{${JSON.stringify(name)}:`).join('');
    this.#isJson(text, `${opening}[${text}`, opening.length + 1);
  }

  /** Whether a text is JSON once something stands before or behind it; if not, it ends here. */
  #isJson(text: string, whole: string, before: number): boolean {
    try {
      JSON.parse(whole);
      return true;
    } catch {
      const { what, offset } = findJsonProblem(whole);
      const at = Math.min(Math.max(offset - before, 0), text.length);
      this.#stop(what, positionIn(text, at, this.#cursor.position));
      return false;
    }
  }

  #stop(reason: string, at: Position): void {
    this.#phase = 'stopped';
    this.#kept = [];
    this.#pieces.push({ kind: 'unreadable', reason, at });
  }

  /** Keeps bytes, unless they are too many: then they are only counted. */
  #keep(bytes: Buffer, limit: number): void {
    this.#size += bytes.length;
    this.#kept.push(bytes);
    if (this.#size <= limit) return;
    for (const part of this.#kept) this.#cursor.passBytes(part);
    this.#kept = [];
  }

  #take(): Buffer {
    const [only] = this.#kept;
    const bytes = only && this.#kept.length === 1 ? only : Buffer.concat(this.#kept);
    this.#kept = [];
    this.#size = 0;
    return bytes;
  }
}

const NOTHING = Buffer.alloc(0);
