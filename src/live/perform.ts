import { readJson } from '../check/json-text.ts';
import type { ExchangeVerdict } from '../check/judge-exchange.ts';
import type { RequestMessage, ResponseMessage } from '../check/message.ts';
import type { Finding } from '../finding.ts';
import type { Json } from '../json.ts';
import { isJson, parseMediaType } from '../spec/media-type.ts';
import { secretsOf } from './credentials.ts';
import { type Draft, toMessage } from './draft.ts';
import { describeEdges, fewerEdges } from './edges.ts';
import { providerFinding } from './finding.ts';
import { hideSecrets } from './hide-secrets.ts';
import { followLinks } from './links.ts';
import { reproductionOf } from './reproduce.ts';
import type { Answered, Case, Run } from './run.ts';
import { shrink } from './shrink.ts';
import type { Tally } from './tally.ts';
import { noteWrite } from './trace.ts';
import { judgeAnswer, unansweredFinding } from './verdict.ts';

/** What came of a case. */
interface Seen {
  readonly findings: readonly Finding[];
  readonly exchange: ExchangeVerdict | undefined;
  readonly status: number | undefined;
  readonly answered: Answered | undefined;
}

/**
 * Sends a case, judges the answer, and reports it; of a problem that is new, the smallest request that
 * still has it.
 */
export async function performCase(
  run: Run,
  tally: Tally,
  request: Case,
): Promise<Answered | undefined> {
  if (run.isOver()) return undefined;
  const message = toMessage(run, request.draft);
  if (!message) return undefined;
  tally.count();
  const seen = await send(run, tally, request, message);
  if (!seen) return undefined;
  tally.note(request, seen.status);
  const failing = seen.findings.find(({ severity }) => severity === 'error');
  const isNew = failing !== undefined && tally.isNew(request.draft, failing);
  const smallest =
    isNew && isShrinkable(request, seen) ? await smaller(run, tally, request, failing) : undefined;
  report(run, tally, smallest?.request ?? request, smallest?.seen ?? seen);
  return seen.answered;
}

async function send(
  run: Run,
  tally: Tally,
  request: Case,
  message: RequestMessage,
): Promise<Seen | undefined> {
  const { outcome, wrongRetryAfter } = await run.client.send(message);
  const before =
    wrongRetryAfter === undefined ? [] : [retryAfterFinding(request.draft, wrongRetryAfter)];
  if (outcome.kind === 'unread') {
    run.skip(outcome.reason);
    return undefined;
  }
  if (outcome.kind !== 'answer') {
    tally.noteUnanswered(outcome.kind);
    const findings = [...before, unansweredFinding(run, request, outcome)];
    noteUnanswered(run, request.draft);
    return { findings, exchange: undefined, status: undefined, answered: undefined };
  }
  tally.noteUnanswered(undefined);
  const { response } = outcome;
  if (response.status === 429 && before.length === 0) {
    run.skip('requests that were answered 429 again and again: --rate sends fewer');
    return undefined;
  }
  const { exchange, findings } = judgeAnswer(run, request, message, outcome);
  const isRight = findings.every(({ severity }) => severity !== 'error');
  const answered = {
    status: response.status,
    response,
    body: jsonOf(response),
    verdict: exchange,
    isRight,
  };
  noteWrite(run, request.draft, answered);
  if (response.status < 300) followLinks(run.spec, run.ids, request.draft, answered);
  const more = (request.compare?.(answered) ?? []).filter((finding) => !isSaid(finding, findings));
  return {
    findings: [...before, ...findings, ...more],
    exchange,
    status: response.status,
    answered,
  };
}

/** A value that its schema refuses is another one than was written: that says nothing more. */
function isSaid({ code, at }: Finding, findings: readonly Finding[]): boolean {
  if (code !== 'provider.item.stale' || at === '') return false;
  return findings.some((each) => each.code.startsWith('response.body.') && each.at.startsWith(at));
}

/** What was sent without an answer may have been done. */
function noteUnanswered(run: Run, { operation, method = operation.method }: Draft): void {
  if (method !== 'POST' && method !== 'PUT') return;
  run.created.addUntraceable(
    `${method} ${operation.path} was not answered, and may have created something`,
  );
}

function jsonOf({ headers, content }: ResponseMessage): Json | undefined {
  const essence = parseMediaType(headers['content-type'] ?? '')?.essence ?? '';
  if (!isJson(essence) || content.kind !== 'bytes') return undefined;
  const read = readJson(Buffer.from(content.bytes).toString());
  return read.kind === 'value' ? read.value : undefined;
}

function retryAfterFinding({ operation }: Draft, text: string): Finding {
  const message = `The \`Retry-After\` of an answer to ${operation.method} ${operation.path} is neither a number of seconds nor a date: "${text}" (RFC 9110, 10.2.3).`;
  return providerFinding('provider.retryAfter', message, operation.node, {
    at: 'retry-after',
    actual: text,
  });
}

/** What compares several answers is a chain: one request of it cannot be made smaller by itself. */
function isShrinkable({ draft, compare, after }: Case, { status }: Seen): boolean {
  const { operation, method } = draft;
  if (compare || after || method !== undefined || operation.method === 'DELETE') return false;
  return status !== undefined;
}

async function smaller(
  run: Run,
  tally: Tally,
  request: Case,
  finding: Finding,
): Promise<{ readonly request: Case; readonly seen: Seen } | undefined> {
  let best: { readonly request: Case; readonly seen: Seen } | undefined;
  const fails = async (attempt: Case): Promise<boolean> => {
    const message = run.isOver() ? undefined : toMessage(run, attempt.draft);
    const seen = message && (await send(run, tally, attempt, message));
    // Where one place is left that is special, the finding is about it.
    const isSame = seen?.findings.some(({ code, at, spec }) => {
      const isThere = at === finding.at || at === attempt.at;
      return code === finding.code && isThere && spec.pointer === finding.spec.pointer;
    });
    if (seen && isSame) best = { request: attempt, seen };
    return isSame === true;
  };
  const smallest = await shrink(run, request.draft, request.mistake, (draft) =>
    fails({ ...request, draft }),
  );
  if (!request.edges) return best;
  const fewer = await fewerEdges(smallest, request.edges, (draft) => fails({ ...request, draft }));
  await fails({ ...request, draft: fewer.draft, ...describeEdges(fewer.edges) });
  return best;
}

function report(run: Run, tally: Tally, { draft, what, after }: Case, seen: Seen): void {
  const { operation, method = operation.method } = draft;
  const { findings, exchange, status } = seen;
  const isOther = draft.method !== undefined && draft.method !== 'HEAD';
  const name = isOther ? `${method} ${operation.path}` : operation.id;
  tally.report({
    subject: status === undefined ? name : `${name} ${status}`,
    operation: isOther ? undefined : operation.id,
    origin: `${method} ${run.pathOf(draft)}, ${what} (case ${tally.checked()}, seed ${run.settings.seed})`,
    findings,
    exchange: exchange && hideSecrets(run.spec, exchange, secretsOf(run.spec, run.settings)),
    reproduce:
      findings.length === 0
        ? undefined
        : reproductionOf(run, run.base(), draft, after ?? putBefore(run, draft)),
  });
}

/** What is read where there is one thing only was put there before. */
function putBefore(run: Run, draft: Draft): readonly Draft[] {
  const isGet = draft.operation.method === 'GET';
  const put = isGet ? run.created.putAt(run.pathOf(draft)) : undefined;
  return put ? [put] : [];
}
