import { declares } from '../check/declared.ts';
import { type Operation, parametersOf } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import type { Owned } from './created.ts';
import type { Draft } from './draft.ts';
import { providerFinding } from './finding.ts';
import { itemDraft } from './item.ts';
import { type Answered, isSuccess, type Run } from './run.ts';

/** A version that nothing has. */
const NO_VERSION = '"exactmatch-no-such-version"';

/** Asks for an item on conditions that the document declares: what has not changed, what has. */
export async function* checkConditions(run: Run, owned: Owned): AsyncGenerator<void> {
  const draft = itemDraft(run, owned, 'GET');
  if (draft) await checkNotModified(run, draft);
  yield;
  for (const method of ['PATCH', 'PUT']) {
    await checkPrecondition(run, owned, method);
    yield;
  }
}

/**
 * Reads what has an `ETag` twice, the second time only if it has changed.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
 */
export async function checkNotModified(run: Run, draft: Draft): Promise<void> {
  const { operation } = draft;
  if (!takes(run.spec, operation, 'if-none-match', '304')) return;
  const first = await run.perform({ draft, what: 'to learn its version', expects: 'success' });
  const etag = first && isSuccess(first) ? first.response.headers['etag'] : undefined;
  if (etag === undefined) return;
  await run.perform({
    draft: { ...draft, headers: { ...draft.headers, 'if-none-match': etag } },
    what: 'if its version is another',
    expects: 'success',
    compare: ({ status, response }: Answered) => {
      if (status !== 200 || response.headers['etag'] !== etag) return [];
      const text = `${operation.method} ${operation.path} ignores \`If-None-Match\`: the version is still ${etag}, and the answer is 200, not 304.`;
      return [
        providerFinding('provider.parameter.ignored', text, operation.node, {
          at: 'if-none-match',
          expected: 304,
          actual: 200,
        }),
      ];
    },
  });
}

/**
 * Changes an item only if it is of a version that it never had; tells whether it was changed.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1
 */
export async function checkPrecondition(run: Run, owned: Owned, method: string): Promise<boolean> {
  const draft = itemDraft(run, owned, method);
  if (!draft || !takes(run.spec, draft.operation, 'if-match', '412')) return false;
  const { operation } = draft;
  const answered = await run.perform({
    draft: { ...draft, headers: { ...draft.headers, 'if-match': NO_VERSION } },
    what: 'if its version is one that it never had',
    expects: 'either',
    compare: (answer) => {
      if (!isSuccess(answer)) return [];
      const text = `${operation.method} ${operation.path} ignores \`If-Match\`: the item never had that version, and the answer is ${answer.status}, not 412.`;
      return [
        providerFinding('provider.parameter.ignored', text, operation.node, {
          at: 'if-match',
          expected: 412,
          actual: answer.status,
        }),
      ];
    },
  });
  return answered !== undefined && isSuccess(answered);
}

/** Tells whether the document says that an operation heeds a condition. */
function takes(spec: Spec, operation: Operation, header: string, status: string): boolean {
  if (declares(operation, status)) return true;
  return parametersOf(spec, operation).some(
    ({ name, in: place }) => place === 'header' && name.toLowerCase() === header,
  );
}
