import { decodeContent } from '../check/body.ts';
import { bodyFinding } from '../check/body-finding.ts';
import {
  type MediaTypeEntry,
  mediaTypeFinding,
  mediaTypeFor,
  unreadableBody,
} from '../check/body-media-type.ts';
import type { Finding } from '../finding.ts';
import type { Json, JsonObject } from '../json.ts';
import { complete } from '../schema/complete.ts';
import { canonical } from '../schema/equal.ts';
import { isValid, judgeValue } from '../schema/judge.ts';
import type { Violation } from '../schema/violation.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { rulesAt } from './body-rules.ts';
import { has } from './edit.ts';
import type { PactResponse } from './interaction.ts';
import { toResponseMessage } from './message.ts';

/** The example of a response's body, and what a whole response around it could be. */
export interface ExampleVerdict {
  readonly findings: readonly Finding[];
  /** What it was read as; `undefined` when nothing more can be said of it. */
  readonly read: ExampleBody | undefined;
}

/** The example of a response's body as a value that a schema judges. */
export interface ExampleBody {
  readonly example: Json;
  readonly schema: Node;
  /** The example with all that the schema demands besides: each keeps the schema, at least one. */
  readonly wholes: readonly Json[];
}

/** So many ways of choosing among alternatives are tried to complete an example. */
const ATTEMPTS = 6;
const STRICT = { direction: 'response', strict: true } as const;
const LAX = { direction: 'response', strict: false } as const;

/**
 * Judges the example of a response's body: whether there is a response that keeps the document's
 * promise and has all that the example has. What the example leaves out, the consumer does not read.
 *
 * @throws {ExactMatchError} `SPEC_*` when the document is broken where this body needs it.
 */
export function judgeExampleBody(
  spec: Spec,
  response: Node<JsonObject>,
  expected: PactResponse,
): ExampleVerdict {
  const message = toResponseMessage(expected);
  const contentType = message.headers['content-type'];
  const entry = mediaTypeFor(response, contentType, message.content);
  if (!entry) return refused(mediaTypeFinding('response', response, contentType));
  const decoded = decodeContent(spec, entry, contentType, message.content, 'response');
  if (decoded.kind === 'opaque') return { findings: [], read: undefined };
  if (decoded.kind !== 'value') return refused(unreadableBody('response', entry, decoded));
  return judgeExample(spec, entry, decoded.value, expected);
}

function refused(finding: Finding): ExampleVerdict {
  return { findings: [finding], read: undefined };
}

function judgeExample(
  spec: Spec,
  { schema }: MediaTypeEntry,
  example: Json,
  { rules }: PactResponse,
): ExampleVerdict {
  if (!schema) return { findings: [], read: undefined };
  const isOpen = (pointer: string) => {
    const applying = rulesAt(rules.body, pointer.split('/').slice(1));
    return applying?.rules.some(({ match }) => match !== 'equality') ?? false;
  };
  let fewest: readonly Violation[] | undefined;
  const wholes = new Map<string, Json>();
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const filled = complete(spec, schema, example, { direction: 'response', attempt, isOpen });
    const key = canonical(filled);
    if (wholes.has(key)) continue;
    if (isValid(spec, schema, filled, LAX)) wholes.set(key, filled);
    const violations = judgeValue(spec, schema, filled, STRICT).filter(isOfExample);
    if (!fewest || violations.length < fewest.length) fewest = violations;
  }
  return {
    findings: (fewest ?? []).map((violation) => bodyFinding('response', violation)),
    read: wholes.size === 0 ? undefined : { example, schema, wholes: [...wholes.values()] },
  };

  /** What was added to the example is ours, and what is still missing the consumer does not read. */
  function isOfExample({ pointer, problem }: Violation): boolean {
    if (!has(example, pointer)) return false;
    return !(problem === 'items' && isOpen(pointer));
  }
}
