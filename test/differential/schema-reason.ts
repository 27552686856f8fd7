import {
  COMPOUND,
  type Example,
  type Judged,
  type KnownDifference,
  type Reason,
} from './difference.ts';
import { givenParameter } from './given.ts';
import type { Keywords } from './leaf.ts';
import { along, schemaOf, schemasAt, tokensOf, within } from './schema-walk.ts';

/** What one of our findings calls the problem. */
export function problemOf(reason: Reason): string | undefined {
  return reason.kind === 'finding' ? reason.finding.code.split('.')[2] : undefined;
}

/** `POST /a` with a body of JSON that is held to a schema. */
export function bodyExample(
  schema: unknown,
  value: unknown,
  prism: Example['prism'],
  ours: readonly string[] = [],
  rest: Partial<Example> = {},
): Example {
  return {
    method: 'POST',
    operation: { requestBody: { content: { 'application/json': { schema } } } },
    sent: { headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) },
    prism,
    ours,
    ...rest,
  };
}

/** The schema that a request is held to in the part that a reason is about. */
export function rootsOf(reason: Reason, judged: Judged): readonly unknown[] {
  const place = placeOf(reason);
  if (place !== 'body') {
    const list = (judged.operation['parameters'] ?? []) as readonly Keywords[];
    return list.filter((object) => object['in'] === place).map(({ schema }) => schema);
  }
  const { content } = schemaOf(judged.operation['requestBody']);
  return Object.values(schemaOf(content)).map((media) => schemaOf(media)['schema']);
}

/** The part of the request that a reason is about. */
export function placeOf(reason: Reason): string {
  if (reason.kind === 'finding') return reason.finding.code.split('.')[1] ?? '';
  return reason.kind === 'violation' ? (reason.violation.path[0] ?? '') : '';
}

/** The schema that has the rule of a finding. */
function ownerOf({ document }: Judged, pointer: string): Keywords {
  const around = along(document, pointer).slice(0, -1);
  return schemaOf(around.findLast((part) => !Array.isArray(part)));
}

/** Tells whether a schema with some property judges the value of a reason, or one around it. */
export function isAround(
  reason: Reason,
  judged: Judged,
  has: (schema: Keywords) => boolean,
): boolean {
  const { root, path } = judgedValue(reason, judged);
  const ways = [[], ...path.map((_, index) => path.slice(0, index + 1))];
  return root.some((schema) =>
    ways.some((way) => schemasAt(judged.document, schema, way).some(has)),
  );
}

interface SchemaRule {
  /** What our findings call it where the schema itself has the rule. */
  readonly problems?: readonly string[];
  /** The keywords that the violations of Prism name. */
  readonly codes?: readonly string[];
  readonly has: (schema: Keywords) => boolean;
}

/**
 * Explains reasons about schemas with some property: those that have the rule, and those that lie in a
 * rule by which several schemas judge a value together.
 */
export function ofSchema({
  problems = [],
  codes = [],
  has,
}: SchemaRule): KnownDifference['explains'] {
  return (reason, judged) => {
    const { document } = judged;
    if (reason.kind === 'finding') {
      const { pointer } = reason.finding.spec;
      const isOwn = problems.includes(problemOf(reason) ?? '') && has(ownerOf(judged, pointer));
      const rule = along(document, pointer).at(-1);
      const parts = Array.isArray(rule) ? rule : [rule];
      return isOwn || parts.some((part) => isSchema(part) && within(document, part).some(has));
    }
    if (reason.kind !== 'violation') return false;
    const { code } = reason.violation;
    const { root, path } = judgedValue(reason, judged);
    const here = root.flatMap((schema) => schemasAt(document, schema, path));
    if (codes.includes(code) && here.some(has)) return true;
    return COMPOUND.has(code) && here.some((schema) => within(document, schema).some(has));
  };
}

function isSchema(part: unknown): boolean {
  return typeof part === 'object' && part !== null;
}

/** The property that a reason calls missing, or the last name on the way to its value. */
export function lastName(reason: Reason): string {
  if (reason.kind === 'finding') return tokensOf(reason.finding.at).at(-1) ?? '';
  if (reason.kind !== 'violation') return '';
  const { path, message } = reason.violation;
  return /required property '(.*)'$/.exec(message)?.[1] ?? path.at(-1) ?? '';
}

interface ValuePlace {
  /** The schemas that the whole is held to. */
  readonly root: readonly unknown[];
  /** The names and indexes that lead into it. */
  readonly path: readonly string[];
}

function judgedValue(reason: Reason, judged: Judged): ValuePlace {
  const given = givenParameter(reason, judged);
  if (given) return { root: [given.schema], path: given.inside };
  if (placeOf(reason) !== 'body') return { root: [], path: [] };
  const root = rootsOf(reason, judged);
  if (reason.kind === 'finding') return { root, path: tokensOf(reason.finding.at) };
  return { root, path: reason.kind === 'violation' ? reason.violation.path.slice(1) : [] };
}
