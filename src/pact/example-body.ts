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
import { objectChild } from '../spec/node.ts';
import { tokens } from '../spec/pointer.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { rulesAt } from './body-rules.ts';
import type { PactResponse } from './interaction.ts';
import { toResponseMessage } from './message.ts';
import { judgePart } from './part.ts';

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
  const contentType = message.headers['content-type'] ?? unsaidType(response, expected);
  // What the consumer does not name, it does not rely on: nor on one of several media types.
  const isVague = contentType === undefined && expected.body.kind !== 'json';
  if (isVague) return { findings: [], read: undefined };
  const entry = mediaTypeFor(response, contentType, message.content);
  if (!entry) return refused(mediaTypeFinding('response', response, contentType));
  const decoded = decodeContent(spec, entry, contentType, message.content, 'response');
  if (decoded.kind === 'opaque') return { findings: [], read: undefined };
  if (decoded.kind !== 'value') return refused(unreadableBody('response', entry, decoded));
  return judgeExample(spec, entry, decoded.value, expected);
}

/** What a text or bytes must be of which the consumer does not say it: the only thing that there is. */
function unsaidType(response: Node<JsonObject>, { body }: PactResponse): string | undefined {
  if (body.kind === 'json') return undefined;
  const [only, ...more] = Object.keys(objectChild(response, 'content')?.value ?? {});
  return more.length === 0 && !only?.includes('*') ? only : undefined;
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
    const applying = rulesAt(rules.body, tokens(pointer) ?? []);
    return applying?.rules.some(({ match }) => match !== 'equality') ?? false;
  };
  const { violations, sound, wholes } = judgePart(spec, schema, example, isOpen);
  return {
    findings: violations.map((violation) => bodyFinding('response', violation)),
    read: wholes.length === 0 ? undefined : { example: sound, schema, wholes },
  };
}
