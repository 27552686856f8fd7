import { judgeHeader } from '../check/header.ts';
import type { Finding } from '../finding.ts';
import { type JsonObject, show } from '../json.ts';
import { locate } from '../spec/locate.ts';
import { child, children, isObjectNode, objectChild } from '../spec/node.ts';
import type { Operation } from '../spec/operation.ts';
import { resolve } from '../spec/ref.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { describeRules } from './describe-rule.ts';
import { documentValues } from './document-values.ts';
import type { PactResponse } from './interaction.ts';
import { satisfiesAll } from './match-value.ts';

/** What every answer may have without a document saying so: the media type, and what carries the message. */
const UNSAID: ReadonlySet<string> = new Set(
  'content-type content-length content-encoding transfer-encoding connection date server vary'.split(
    ' ',
  ),
);
/** What HTTP itself lets an answer have; that it does, the document would have to say. */
const STANDARD: ReadonlySet<string> = new Set(
  `accept-ranges age allow cache-control content-disposition content-language content-location
  content-range etag expires last-modified link location pragma proxy-authenticate retry-after
  set-cookie www-authenticate access-control-allow-credentials access-control-allow-headers
  access-control-allow-methods access-control-allow-origin access-control-expose-headers
  access-control-max-age`.split(/\s+/),
);

const JUDGED = { direction: 'response', strict: false } as const;

/** The findings of the headers that a consumer relies on: what they are, and whether they are promised. */
export function judgeReliedHeaders(
  spec: Spec,
  operation: Operation,
  response: Node<JsonObject>,
  { headers, rules, status }: PactResponse,
): readonly Finding[] {
  const declared = objectChild(response, 'headers');
  const findings: Finding[] = [];
  for (const [name, texts] of headers) {
    const known = name.toLowerCase();
    if (UNSAID.has(known)) continue;
    const found = [...(declared ? children(declared) : [])].find(
      ([key]) => key.toLowerCase() === known,
    );
    const header = found && resolve(spec, found[1]);
    if (!header || !isObjectNode(header)) {
      findings.push(undeclared(operation, response, status, name));
      continue;
    }
    findings.push(...judgeHeader(spec, name, header, texts.join(', '), JUDGED));
    if (header.value['required'] !== true) findings.push(optional(name, header));
    const list = rules.header.get(known);
    const witness = list && witnessAgainst(spec, name, header, list);
    if (list && witness !== undefined) findings.push(wider(name, header, list, witness));
  }
  return findings;
}
type Rules = NonNullable<ReturnType<PactResponse['rules']['header']['get']>>;

/** A text that the document lets the header be, and that the rules refuse. */
function witnessAgainst(
  spec: Spec,
  name: string,
  header: Node<JsonObject>,
  list: Rules,
): string | undefined {
  const schema = child(header, 'schema');
  if (!schema) return undefined;
  const texts = documentValues(spec, [schema], '', 'response').flatMap((value) =>
    typeof value === 'object' ? [] : [String(value)],
  );
  return texts.find(
    (text) =>
      text !== '' &&
      !satisfiesAll(list, text, text) &&
      judgeHeader(spec, name, header, text, JUDGED).length === 0,
  );
}

function undeclared(
  operation: Operation,
  response: Node<JsonObject>,
  status: number,
  name: string,
): Finding {
  const declared = Object.keys(objectChild(response, 'headers')?.value ?? {});
  return {
    code: 'response.header.unknown',
    severity: STANDARD.has(name.toLowerCase()) ? 'risk' : 'error',
    message: `Response header \`${name}\` is unknown: ${operation.method} ${operation.path} declares ${declared.join(', ') || 'no headers'} for ${status}, and the consumer relies on it.`,
    at: name.toLowerCase(),
    spec: locate(objectChild(response, 'headers') ?? response),
    expected: declared,
    actual: name,
  };
}

function optional(name: string, header: Node<JsonObject>): Finding {
  return {
    code: 'pact.response.header.optional',
    severity: 'risk',
    message: `Response header \`${name}\` may be missing by the document, and the consumer relies on it.`,
    at: name.toLowerCase(),
    spec: locate(header),
  };
}

function wider(name: string, header: Node<JsonObject>, list: Rules, witness: string): Finding {
  const asked = describeRules(list);
  return {
    code: 'pact.response.header.wider',
    severity: 'risk',
    message: `Response header \`${name}\` may be ${show(witness, 60)} by the document, and the consumer expects ${asked}.`,
    at: name.toLowerCase(),
    spec: locate(child(header, 'schema') ?? header),
    expected: asked,
    actual: witness,
  };
}
