import type { Finding, FindingCode, Severity, SpecLocation } from '../../finding.ts';
import { type Json, type JsonObject, ownString } from '../../json.ts';
import { append } from '../../spec/pointer.ts';
import type { Interaction, Pact, PactMessage } from '../interaction.ts';
import { readRulePath } from '../rule-path.ts';
import type { Expected } from './interaction-order.ts';

/** The place of a pointer in a pact file. */
export function placeIn({ file, positionOf }: Pact, pointer: string): SpecLocation {
  return { file, ...positionOf(pointer), pointer };
}

/** Turns what Pact's Verifier says of one mismatch into a finding, at the line of the pact that asks for it. */
export function toFinding(
  { pact, interaction }: Expected,
  mismatch: JsonObject,
  severity: Severity,
): Finding {
  const said = ownString(mismatch, 'mismatch') ?? JSON.stringify(mismatch);
  const found = describe(interaction, mismatch, said);
  const { code, message, at, pointer } = found;
  return {
    code,
    severity,
    message: message.endsWith('.') ? message : `${message}.`,
    at,
    spec: placeIn(pact, pointer),
    ...memberOf('expected', mismatch),
    ...memberOf('actual', mismatch),
  };
}

interface Described {
  readonly code: FindingCode;
  readonly message: string;
  readonly at: string;
  readonly pointer: string;
}

function describe(
  interaction: Interaction | PactMessage,
  mismatch: JsonObject,
  said: string,
): Described {
  const response = `${interaction.pointer}/response`;
  switch (mismatch['type']) {
    case 'StatusMismatch':
      return {
        code: 'verify.status',
        message: `The status must be ${String(mismatch['expected'])}, got ${String(mismatch['actual'])}`,
        at: '',
        pointer: `${response}/status`,
      };
    case 'HeaderMismatch':
      return header(interaction, ownString(mismatch, 'key') ?? '', said);
    case 'BodyMismatch':
      return body(interaction, ownString(mismatch, 'path') ?? '$', said);
    case 'BodyTypeMismatch':
      return {
        code: 'verify.body',
        message: `The body: ${said}`,
        at: '',
        pointer: bodyPointer(interaction),
      };
    case 'MetadataMismatch':
      return {
        code: 'verify.metadata',
        message: `The metadata: ${said}`,
        at: ownString(mismatch, 'key') ?? '',
        pointer: interaction.pointer,
      };
    default:
      return { code: 'verify.error', message: said, at: '', pointer: interaction.pointer };
  }
}

function header(interaction: Interaction | PactMessage, key: string, said: string): Described {
  const headers = 'response' in interaction ? [...interaction.response.headers.keys()] : [];
  const name = headers.find((known) => known.toLowerCase() === key.toLowerCase());
  const place = `${interaction.pointer}/response/headers`;
  return {
    code: 'verify.header',
    message: said.replace(/^Mismatch with header '[^']*': /, ''),
    at: key.toLowerCase(),
    pointer: name === undefined ? place : append(place, name),
  };
}

function body(interaction: Interaction | PactMessage, path: string, said: string): Described {
  const steps = (readRulePath(path) ?? []).map((step) => {
    if (step.kind === 'field') return step.name;
    return step.kind === 'index' ? step.index : '*';
  });
  const at = steps.reduce<string>(append, '');
  const where = at === '' ? 'The body' : `The body at ${at}`;
  return {
    code: 'verify.body',
    message: `${where}: ${said}`,
    at,
    pointer: bodyPointer(interaction) + at,
  };
}

function bodyPointer(interaction: Interaction | PactMessage): string {
  const content = 'response' in interaction ? interaction.response.body : undefined;
  return content && 'pointer' in content ? content.pointer : interaction.pointer;
}

/** The Verifier writes values as JSON in a text, those of headers now and then. */
function memberOf(name: 'expected' | 'actual', mismatch: JsonObject): Partial<Finding> {
  const value = mismatch[name];
  if (value === undefined) return {};
  const isJson = mismatch['type'] === 'BodyMismatch' || /^".*"$/s.test(String(value));
  if (!isJson || typeof value !== 'string') return { [name]: value };
  try {
    return { [name]: JSON.parse(value) as Json };
  } catch {
    return { [name]: value };
  }
}
