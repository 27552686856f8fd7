import { attachmentReader } from '../capture/attachment.ts';
import { captureError } from '../capture/capture-error.ts';
import { type JudgedEntry, judgeCapture } from '../capture/judge-capture.ts';
import { ENTRY_BYTES, MOST_ENTRY_BYTES } from '../capture/limits.ts';
import type { UnreadablePiece } from '../capture/piece.ts';
import { OUTSIDE } from '../capture/read-captured.ts';
import type { CaptureLayout } from '../capture/read-pieces.ts';
import { createScope } from '../capture/scope.ts';
import type { Finding } from '../finding.ts';
import type { CheckContext, CheckTarget } from './check.ts';
import { type Args, integerOf, listOf } from './command.ts';
import { startProgress } from './progress.ts';

/** So many reasons are counted one by one; most of them are hosts. */
const REASONS = 100;

/** Makes what judges a file of exchanges, or standard input, as it is read. */
export function captureTarget(layout: CaptureLayout): CheckTarget {
  return (target, context) => checkCapture(layout, target, context);
}

async function checkCapture(
  layout: CaptureLayout,
  target: string,
  context: CheckContext,
): Promise<void> {
  const { spec, args, io, isStrict, collector } = context;
  const file = target === '-' ? 'standard input' : target;
  const name = target === '-' ? file : `"${target}"`;
  const limit = readMaxEntryBytes(args);
  const item = layout === 'har' ? 'entry' : 'exchange';
  const scope = createScope(spec, listOf(args, 'server'));
  const tally = createTally(context, item);
  const progress = await startProgress(target, io);
  const judged = ({ verdict, number, at }: JudgedEntry): void => {
    tally.judged += 1;
    const { operation, request, response, requestFindings, responseFindings } = verdict;
    collector.add({
      subject: `${operation?.id ?? `${request.method} ${request.path}`} ${response?.status ?? 'request'}`,
      operation: operation?.id,
      origin: `${file}, ${item} ${number}`,
      place: { file, ...at },
      findings: concat(requestFindings, responseFindings),
      exchange: verdict,
    });
  };
  const unreadable = (piece: UnreadablePiece): void => {
    const error = captureError(name, piece, item);
    if (piece.number === undefined && tally.entries() === 0) throw error;
    tally.unreadable(error.message);
  };
  try {
    await judgeCapture(spec, io.stream(target), {
      layout,
      scope,
      strict: isStrict,
      maxEntryBytes: limit,
      onBytes: progress.onBytes,
      attached:
        layout === 'har' && target !== '-' ? attachmentReader(target, io.stream, limit) : undefined,
      sink: { judged, skipped: tally.skip, unreadable },
    });
  } finally {
    progress.end();
  }
  if (tally.judged === 0 && !context.isPart && !tally.skipped.has(UNREADABLE[item])) {
    context.unreadable(nothingJudged(name, tally, scope.servers));
  }
}

const UNREADABLE = {
  entry: 'entries that cannot be read',
  exchange: 'exchanges that cannot be read',
} as const;

interface Tally {
  judged: number;
  readonly skip: (reason: string) => void;
  readonly unreadable: (message: string) => void;
  /** How many entries there were so far. */
  readonly entries: () => number;
  readonly skipped: ReadonlyMap<string, number>;
}

function createTally(
  { collector, unreadable }: CheckContext,
  item: keyof typeof UNREADABLE,
): Tally {
  const skipped = new Map<string, number>();
  let left = 0;
  const skip = (reason: string): void => {
    left += 1;
    const isKnown = skipped.has(reason) || skipped.size < REASONS;
    const counted = isKnown ? reason : 'for further reasons';
    skipped.set(counted, (skipped.get(counted) ?? 0) + 1);
    collector.skip(counted);
  };
  const tally: Tally = {
    judged: 0,
    skip,
    unreadable: (message) => {
      skip(UNREADABLE[item]);
      unreadable(message);
    },
    entries: () => tally.judged + left,
    skipped,
  };
  return tally;
}

function readMaxEntryBytes(args: Args): number {
  return integerOf(args, 'max-entry-bytes', { min: 1024, max: MOST_ENTRY_BYTES }) ?? ENTRY_BYTES;
}

/** Why a target was for nothing, and what would help. */
function nothingJudged(name: string, tally: Tally, servers: readonly string[]): string {
  const count = tally.entries();
  if (count === 0) return `Nothing in ${name} was judged: it has no entries. Capture again.`;
  const [most = ''] = [...tally.skipped].sort(([, one], [, other]) => other - one)[0] ?? [];
  const host = most.startsWith(OUTSIDE) ? most.slice(OUTSIDE.length) : undefined;
  const listed = servers.slice(0, 5).join(', ') + (servers.length > 5 ? ', …' : '');
  const advice =
    host === undefined
      ? ''
      : ` They went to ${host} and elsewhere; give --server URL to have what lies below it judged.`;
  return `Nothing in ${name} was judged: none of its ${count} entries is an exchange with ${listed}.${advice}`;
}

function concat(sent: readonly Finding[], answered: readonly Finding[]): readonly Finding[] {
  if (answered.length === 0) return sent;
  return sent.length === 0 ? answered : [...sent, ...answered];
}
