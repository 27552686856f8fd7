import { findObstacle, isArchive, type Peeked, peek } from '../capture/head.ts';
import { type HeadReading, readHead } from '../capture/kind.ts';
import { quoteWord } from '../check/shell-word.ts';
import { ExactMatchError } from '../errors.ts';
import { operationsOf } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import { type Args, textOf } from './command.ts';
import type { Io } from './io.ts';

/** What a target of `check` can be. */
export type TargetKind = Exclude<FileKind, 'document'> | 'live' | 'folder';

/** What a file can be. */
export type FileKind = HeadReading['kind'] | 'archive';

/** What was found behind the name of a target. */
export interface FoundTarget {
  readonly kind: TargetKind;
  /** As it was before anybody looked: what was read of standard input is put back. */
  readonly io: Io;
}

/**
 * Tells what a target is, by its name and by what it begins with.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` when it is nothing that can be judged,
 * `CAPTURE_UNREADABLE` when it is no text, `FILE_UNREADABLE`.
 */
export async function findTarget(
  target: string,
  { spec, args, io }: { readonly spec: Spec; readonly args: Args; readonly io: Io },
): Promise<FoundTarget> {
  if (/^https?:\/\//i.test(target)) return { kind: 'live', io };
  const isInput = target === '-';
  if (!isInput && (await io.kindOf(target)) === 'folder') return { kind: 'folder', io };
  if (textOf(args, 'operation') !== undefined) return { kind: 'body', io };
  const peeked = await peek(io.stream(target));
  const again: Io = isInput ? { ...io, stream: () => peeked.stream } : io;
  if (!isInput) await close(peeked);
  const { kind, names } = findFileKind(target, peeked.head);
  if (kind === 'body' || kind === 'document') throw unfit(target, kind, names, spec);
  return { kind, io: again };
}

/**
 * Tells what a file holds by its name and by what it begins with.
 *
 * @throws {ExactMatchError} `CAPTURE_UNREADABLE` when it is no text.
 */
export function findFileKind(
  file: string,
  head: Buffer,
): { readonly kind: FileKind; readonly names: readonly string[] } {
  // Of what comes by standard input, the table at the end cannot be read first.
  if (file !== '-' && isArchive(head)) return { kind: 'archive', names: [] };
  const obstacle = findObstacle(head);
  if (obstacle) {
    const name = file === '-' ? 'standard input' : `"${file}"`;
    const message = `Failed to read ${name}: ${obstacle.reason}. ${obstacle.advice}`;
    throw new ExactMatchError('CAPTURE_UNREADABLE', message);
  }
  const reading = readHead(head);
  if (/\.har$/i.test(file)) return { ...reading, kind: 'har' };
  if (/\.(?:ndjson|jsonl)$/i.test(file)) return { ...reading, kind: 'lines' };
  return reading;
}

/** Lets go of a file of which no more is wanted. */
async function close({ stream }: Peeked): Promise<void> {
  for await (const _ of stream) break;
}

function unfit(
  target: string,
  kind: 'body' | 'document',
  names: readonly string[],
  spec: Spec,
): ExactMatchError {
  const name = target === '-' ? 'Standard input' : `"${target}"`;
  if (kind === 'document') {
    const message = `${name} is an OpenAPI document. Give it as --spec, and what is to be checked as the target.`;
    return new ExactMatchError('OPTION_INVALID', message);
  }
  const listed = names.slice(0, 6).join(', ') + (names.length > 6 ? ', …' : '');
  const has = names.length > 0 ? `: its members are ${listed}` : '';
  const [operation] = operationsOf(spec);
  const example = operation ? `, such as --operation ${quoteWord([operation.id])}` : '';
  return new ExactMatchError(
    'OPTION_INVALID',
    `${name} is no HAR and no exchange${has}. To check it as a body, say of which operation: --operation ID${example}.`,
  );
}
