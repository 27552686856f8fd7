import type { Finding } from '../../finding.ts';
import type { CheckResult } from '../../report/report.ts';
import { publicationPath, type Relay, type ServedPact } from './relay.ts';
import type { Scrubber } from './scrub.ts';

/** Tells of each pact whether the broker has taken its results: the Verifier passes when it has not. */
export function publicationResults(
  { pacts, refusals }: Pick<Relay, 'pacts' | 'refusals'>,
  scrubber: Scrubber,
): readonly CheckResult[] {
  return pacts.map((pact) => {
    const consumer = nameOf(pact);
    const reason = reasonOf(pact, refusals);
    const message = `The results of ${consumer} were not published: ${scrubber.text(reason ?? '')}.`;
    const finding: Finding = {
      code: 'verify.unpublished',
      severity: 'error',
      message,
      at: '',
      spec: { file: pact.url, line: 1, column: 1, pointer: '' },
    };
    return {
      subject: `${consumer}: results published`,
      origin: pact.url,
      findings: reason === undefined ? [] : [finding],
    };
  });
}

function reasonOf(pact: ServedPact, refusals: readonly string[]): string | undefined {
  const { publication } = pact;
  if (publicationPath(pact.value) === undefined) {
    return 'the pact has no link "pb:publish-verification-results"';
  }
  if (publication) {
    const { status, said } = publication;
    if (said === undefined) return undefined;
    const how = said === '' || said.startsWith('and ') ? ` ${said}` : `: ${said}`;
    return `the broker answered ${status}${how}`.trim();
  }
  const refused = refusals.join('; ');
  return refused === '' ? 'the Verifier did not send them' : `the broker refused ${refused}`;
}

function nameOf({ value }: ServedPact): string {
  const { consumer } = value;
  const name = typeof consumer === 'object' && consumer !== null && 'name' in consumer;
  return name ? String(consumer['name']) : 'a consumer';
}
