import { namedExamplesOf } from '../../check/example-value.ts';
import { readValue } from '../../check/given-value.ts';
import { judgeResponse, undeclaredStatus } from '../../check/response.ts';
import { ExactMatchError } from '../../errors.ts';
import type { Finding } from '../../finding.ts';
import type { Json, JsonObject } from '../../json.ts';
import { branchesOf } from '../../schema/branch.ts';
import { isJson, isText, parseMediaType } from '../../spec/media-type.ts';
import { child, children, objectChild } from '../../spec/node.ts';
import { type Operation, responseFor } from '../../spec/operation.ts';
import type { Node } from '../../spec/source.ts';
import type { Spec } from '../../spec/spec.ts';
import { type BodyExpectation, expectBody } from './body-expectation.ts';
import type { FieldTree } from './field-tree.ts';
import { readFieldUse } from './field-use.ts';
import type { PlainDefinition } from './plain-definition.ts';
import { type ExpectedHeaders, expectHeaders } from './response-headers.ts';
import { bodilessFinding, unknownFieldFinding } from './unknown-field.ts';
import { wholeBody } from './whole-body.ts';
import { partsOf, type WrittenResponse } from './written.ts';

/** A response of an interaction as the pact has it, or why the document cannot give it. */
export type BuiltResponse =
  | { readonly kind: 'built'; readonly written: WrittenResponse }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/**
 * Makes the response that a consumer expects: what it reads of one that the document allows.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` when no response with these fields could be made, `SPEC_*`
 * when the document is broken there.
 */
export function buildResponse(
  spec: Spec,
  operation: Operation,
  definition: PlainDefinition,
): BuiltResponse {
  const { status } = definition;
  const response = responseFor(spec, operation, status);
  if (!response) return { kind: 'refused', findings: [undeclaredStatus(operation, status)] };
  const headers = expectHeaders(spec, operation, response, definition);
  const content = usesBody(definition) ? contentOf(response) : undefined;
  if (!content) {
    const findings = [...headers.findings, ...bodilessFindings(operation, response, definition)];
    return conclude(spec, operation, definition, headers, findings, undefined);
  }
  const { tree, findings: unknown } = readFields(spec, operation, content, definition);
  const known = [...headers.findings, ...unknown];
  if (known.length > 0) return { kind: 'refused', findings: known };
  const { schema, node, essence } = content;
  const examples = [...namedExamplesOf(spec, node)];
  const whole = schema
    ? wholeBody({ spec, schema, direction: 'response', examples }, tree)
    : { value: tree.given?.value ?? examples[0] ?? '', isValid: true };
  const isGiven = definition.equals !== undefined || definition.like !== undefined;
  // What is wrong with a body that nobody has given is nothing that the definition can be told of.
  if (!whole || !(whole.isValid || isGiven)) throw unmakeable(operation, definition);
  const branches = schema ? branchesOf(spec, [schema]) : [[]];
  const expected = expectBody(spec, branches, tree, whole.value);
  return conclude(spec, operation, definition, headers, [], {
    essence,
    whole: whole.value,
    expected,
  });
}

interface ExpectedContent {
  readonly essence: string;
  /** A body that the document allows. */
  readonly whole: Json;
  /** The part of it that the consumer reads. */
  readonly expected: BodyExpectation;
}

function usesBody({ uses = [], equals, like }: PlainDefinition): boolean {
  return uses.length > 0 || equals !== undefined || like !== undefined;
}

interface ResponseContent {
  /** The media type object. */
  readonly node: Node<JsonObject>;
  readonly schema: Node | undefined;
  readonly essence: string;
}

/** What a response has as JSON, else as text. */
function contentOf(response: Node<JsonObject>): ResponseContent | undefined {
  const content = objectChild(response, 'content');
  const entries = [...(content ? children(content) : [])].flatMap(([key]) => {
    const node = content && objectChild(content, key);
    const essence = parseMediaType(key)?.essence ?? '';
    // A range such as `*/*` has JSON among the rest.
    const exact = essence.includes('*') ? 'application/json' : essence;
    return node ? [{ node, schema: child(node, 'schema'), essence: exact }] : [];
  });
  const isKind = (is: (essence: string) => boolean) => entries.find(({ essence }) => is(essence));
  return isKind(isJson) ?? isKind(isText);
}

function bodilessFindings(
  operation: Operation,
  response: Node<JsonObject>,
  definition: PlainDefinition,
): readonly Finding[] {
  return usesBody(definition) ? [bodilessFinding(operation, response, definition.status)] : [];
}

function readFields(
  spec: Spec,
  operation: Operation,
  { schema, node }: ResponseContent,
  definition: PlainDefinition,
): { readonly tree: FieldTree; readonly findings: readonly Finding[] } {
  const branches = schema ? branchesOf(spec, [schema]) : [[]];
  const { uses = [], status } = definition;
  const { tree, unknown } = readFieldUse(spec, {
    branches,
    direction: 'response',
    uses,
    equals: jsonOf(definition.equals, 'equals'),
    like: jsonOf(definition.like, 'like'),
  });
  const owner = { operation, status, place: schema ?? node };
  return { tree, findings: unknown.map((one) => unknownFieldFinding(owner, one)) };
}

function jsonOf(value: unknown, name: 'equals' | 'like'): Json | undefined {
  if (value === undefined) return undefined;
  const read = readValue(value);
  if (read.kind === 'value' && !read.loss) return read.value;
  throw new ExactMatchError(
    'OPTION_INVALID',
    `Failed to read \`${name}\`: it has what JSON cannot say. Give plain objects, lists, texts, numbers and booleans.`,
  );
}

/** Judges the whole, and keeps the part that is read. */
function conclude(
  spec: Spec,
  operation: Operation,
  { status }: PlainDefinition,
  headers: ExpectedHeaders,
  found: readonly Finding[],
  content: ExpectedContent | undefined,
): BuiltResponse {
  const sent = new Map(headers.values);
  const rules = new Map(headers.rules);
  if (content) {
    const { essence } = content;
    sent.set('Content-Type', essence);
    const regex = `^${essence.replaceAll(/[.+]/g, '\\$&')}(?:\\s*;.*)?$`;
    rules.set('Content-Type', { combine: 'AND', matchers: [{ match: 'regex', regex }] });
  }
  const judged = judgeResponse(spec, operation, {
    status,
    headers: Object.fromEntries([...sent].map(([name, value]) => [name.toLowerCase(), value])),
    content: content ? { kind: 'value', value: content.whole } : { kind: 'none' },
  });
  const findings = [...found, ...judged.filter((finding) => isAbout(finding, content))];
  if (findings.length > 0) return { kind: 'refused', findings };
  const { content: value, matchers = new Map() } = content?.expected ?? {};
  const parts = partsOf({
    headers: new Map([...sent].map(([name, text]) => [name, [text]])),
    body:
      content && value !== undefined
        ? { content: value, contentType: content.essence, encoded: false }
        : undefined,
    rules: { query: new Map(), header: rules, body: matchers },
  });
  return { kind: 'built', written: { status, ...parts } };
}

/** What the consumer does not read is not part of the pact, and not missed. */
function isAbout({ code }: Finding, content: ExpectedContent | undefined): boolean {
  return (
    code !== 'response.header.required' &&
    (content !== undefined || code !== 'response.body.required')
  );
}

function unmakeable(operation: Operation, { status, uses = [] }: PlainDefinition): ExactMatchError {
  const fields = uses.map((field) => `\`${field}\``).join(', ');
  return new ExactMatchError(
    'OPTION_INVALID',
    `Failed to make a response ${status} of ${operation.id} with ${fields || 'these values'}: no example and no sample has them together. Give values in \`like\`.`,
  );
}
