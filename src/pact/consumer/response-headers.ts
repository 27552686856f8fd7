import { exampleOf } from '../../check/example-value.ts';
import { writeParameter } from '../../check/parameter-text.ts';
import type { Finding } from '../../finding.ts';
import type { JsonObject } from '../../json.ts';
import { branchesOf } from '../../schema/branch.ts';
import { locate } from '../../spec/locate.ts';
import { child, children, isObjectNode, objectChild } from '../../spec/node.ts';
import type { Operation } from '../../spec/operation.ts';
import { resolve } from '../../spec/ref.ts';
import type { Node } from '../../spec/source.ts';
import type { Spec } from '../../spec/spec.ts';
import { type Matcher, type MatcherList, matchersOf } from './matcher.ts';
import type { PlainDefinition } from './plain-definition.ts';

/** The headers that a consumer reads. */
export interface ExpectedHeaders {
  readonly findings: readonly Finding[];
  /** By the name that the document has. */
  readonly values: ReadonlyMap<string, string>;
  readonly rules: ReadonlyMap<string, MatcherList>;
}

/**
 * The headers of a response that a consumer reads, with values and matchers from the document; a
 * finding for each that the response does not declare.
 *
 * @throws {ExactMatchError} `SPEC_*` when the document is broken there.
 */
export function expectHeaders(
  spec: Spec,
  operation: Operation,
  response: Node<JsonObject>,
  definition: PlainDefinition,
): ExpectedHeaders {
  const { usesHeaders = [], status } = definition;
  const used: readonly (readonly [string, string | number | undefined])[] = Array.isArray(
    usesHeaders,
  )
    ? usesHeaders.map((name: string) => [name, undefined] as const)
    : Object.entries(usesHeaders);
  const declared = declaredHeaders(spec, response);
  const findings: Finding[] = [];
  const values = new Map<string, string>();
  const rules = new Map<string, MatcherList>();
  for (const [asked, given] of used) {
    const found = declared.find(({ name }) => name.toLowerCase() === asked.toLowerCase());
    if (!found) {
      const names = declared.map(({ name }) => name);
      findings.push(unknownHeader(operation, response, { asked, status, names }));
      continue;
    }
    const text = given === undefined ? exampleText(spec, found) : String(given);
    values.set(found.name, text);
    rules.set(found.name, headerRules(spec, found.node, text));
  }
  return { findings, values, rules };
}

interface DeclaredHeader {
  readonly name: string;
  readonly node: Node<JsonObject>;
}

function declaredHeaders(spec: Spec, response: Node<JsonObject>): readonly DeclaredHeader[] {
  const headers = objectChild(response, 'headers');
  return [...(headers ? children(headers) : [])].flatMap(([name, found]) => {
    const node = resolve(spec, found);
    return isObjectNode(node) ? [{ name, node }] : [];
  });
}

function exampleText(spec: Spec, { name, node }: DeclaredHeader): string {
  const value = exampleOf(spec, node, () => true) ?? 'value';
  const parameter = { name, in: 'header', required: false, node } as const;
  return writeParameter(parameter, value) ?? JSON.stringify(value);
}

/** A header is text whatever its schema says: only what an expression says can be asked of it. */
function headerRules(spec: Spec, node: Node<JsonObject>, text: string): MatcherList {
  const schema = child(node, 'schema');
  const { combine, matchers } = schema
    ? matchersOf(spec, branchesOf(spec, [schema]), text)
    : ({ combine: 'AND', matchers: [] } as const);
  const hasExpression = matchers.some(({ match }) => match === 'regex');
  const asked = matchers.filter(
    ({ match }) => !hasExpression || combine === 'OR' || match === 'regex',
  );
  const texts = asked.flatMap(ofText);
  const isSure = combine === 'AND' || texts.length === asked.length;
  return {
    combine: texts.length > 1 && combine === 'OR' ? 'OR' : 'AND',
    matchers: texts.length > 0 && isSure ? texts : [{ match: 'type' }],
  };
}

function ofText(matcher: Matcher): readonly Matcher[] {
  if (matcher.match === 'regex') return [matcher];
  if (matcher.match === 'integer') return [{ match: 'regex', regex: '^-?\\d+$' }];
  if (matcher.match === 'boolean') return [{ match: 'regex', regex: '^(?:true|false)$' }];
  if (matcher.match === 'number')
    return [{ match: 'regex', regex: '^-?\\d+(?:\\.\\d+)?(?:[Ee][+-]?\\d+)?$' }];
  return [];
}

function unknownHeader(
  operation: Operation,
  response: Node<JsonObject>,
  { asked, status, names }: { asked: string; status: number; names: readonly string[] },
): Finding {
  return {
    code: 'response.header.unknown',
    severity: 'error',
    message: `Response header \`${asked}\` is unknown: the response ${status} of ${operation.id} declares ${names.join(', ') || 'none'}.`,
    at: asked.toLowerCase(),
    spec: locate(objectChild(response, 'headers') ?? response),
    expected: names,
    actual: asked,
  };
}
