import type { Finding, MessagePlace, Severity } from '../finding.ts';
import { tokens } from '../spec/pointer.ts';
import type { Interaction, Pact, PactRequest, PactResponse } from './interaction.ts';

/** A finding of an interaction, and where it stands in the pact file. */
export interface PactFinding extends Finding {
  /** The description of the interaction. */
  readonly interaction: string;
  /** Where the value, or what holds it, stands in the pact file. */
  readonly place: MessagePlace;
}

/** Gives findings of an interaction their places in the pact file. */
export function placeFindings(
  pact: Pact,
  interaction: Interaction,
  findings: readonly Finding[],
): readonly PactFinding[] {
  return findings.map((finding) => ({
    ...finding,
    ...(interaction.isPending ? { severity: pendingSeverity(finding.severity) } : {}),
    interaction: interaction.description,
    place: { file: pact.file, ...pact.positionOf(pointerOf(interaction, finding)) },
  }));
}

/** A pending interaction fails nobody's build: it says what is still to be done. */
function pendingSeverity(severity: Severity): Severity {
  return severity === 'error' ? 'warning' : severity;
}

/** The JSON Pointer into the pact file of what a finding is about; of what would hold it, if it is not there. */
function pointerOf(interaction: Interaction, { code, at }: Finding): string {
  const isResponse = /^(?:pact\.)?response\./.test(code);
  const part = isResponse ? interaction.response : interaction.request;
  const [, kind = ''] = /^(?:pact\.)?(?:request|response)\.(\w+)/.exec(code) ?? [];
  switch (kind) {
    case 'body':
      return at === 'content-type' ? headerPointer(part, at) : bodyPointer(part, at);
    case 'header':
      return headerPointer(part, at);
    case 'cookie':
      return headerPointer(part, 'cookie');
    case 'security':
      return `${part.pointer}/headers`;
    case 'query':
      return `${part.pointer}/query/${at.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    default:
      // `path`, `method` and `status` are members of that name.
      return `${part.pointer}/${kind}`;
  }
}

function bodyPointer({ body, pointer }: PactRequest | PactResponse, at: string): string {
  if (!('pointer' in body)) return `${pointer}/body`;
  return body.kind === 'json' ? body.pointer + at : body.pointer;
}

function headerPointer({ headers, pointer }: PactRequest | PactResponse, at: string): string {
  const [name = ''] = tokens(`/${at}`) ?? [];
  const written = [...headers.keys()].find((key) => key.toLowerCase() === name.toLowerCase());
  return written === undefined ? `${pointer}/headers` : `${pointer}/headers/${written}`;
}
