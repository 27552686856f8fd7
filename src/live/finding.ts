import type { Finding, ProviderCode, Severity } from '../finding.ts';
import { locate } from '../spec/locate.ts';
import type { Node } from '../spec/source.ts';

/** What else there is to say of a finding. */
export interface Details {
  readonly at?: string;
  readonly severity?: Severity;
  readonly expected?: unknown;
  readonly actual?: unknown;
}

/** A finding about how a provider behaves; `rule` is the part of the document that it breaks. */
export function providerFinding(
  code: ProviderCode,
  message: string,
  rule: Node,
  { at = '', severity = 'error', ...rest }: Details = {},
): Finding {
  return { code, severity, message, at, spec: locate(rule), ...rest };
}
