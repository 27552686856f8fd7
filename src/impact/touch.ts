import type { Difference } from '../change/difference.ts';
import type { EventSide, FormEvent } from '../change/events.ts';
import type { Draft } from '../change/form.ts';
import type { Branch, Graph } from '../change/graph.ts';
import {
  mediaTypeDrafts,
  operationDraft,
  partsUsed,
  responseDraft,
  type UsedParts,
} from '../change/parts-used.ts';
import { type Trace, traceOf } from '../change/trace.ts';
import type { Interaction, PactRequest, PactResponse } from '../pact/interaction.ts';
import type { InteractionReliance, Reliance } from '../pact/reliance.ts';

/** What of both documents judges an interaction. */
export interface InteractionParts {
  readonly reliance: InteractionReliance;
  /** The id of the operation in the old document. */
  readonly operation: string | undefined;
  readonly old: SideParts;
  readonly new: SideParts;
}

interface SideParts {
  /** The operation, the response, the media types: what there is for the whole of the interaction. */
  readonly whole: ReadonlySet<Branch>;
  readonly fields: readonly { readonly reliance: Reliance; readonly parts: UsedParts }[];
}

/** Finds what of both documents judges an interaction. */
export function partsOfInteraction(trace: Trace, reliance: InteractionReliance): InteractionParts {
  const operation = reliance.operation?.id;
  return {
    reliance,
    operation,
    old: sideParts(trace.old, operation, reliance),
    new: sideParts(trace.new, operation, reliance),
  };
}

function sideParts(
  graph: Graph,
  id: string | undefined,
  { interaction, status, reliances }: InteractionReliance,
): SideParts {
  const operation = id === undefined ? undefined : operationDraft(graph, id);
  if (!operation) return { whole: new Set(), fields: [] };
  return {
    whole: new Set(wholeParts(graph, operation, interaction)),
    fields: reliances.map((reliance) => {
      const { place, path } = reliance;
      const part = place === 'request.body' ? interaction.request : interaction.response;
      const usage = { place, path, status, contentType: contentTypeOf(part) };
      return { reliance, parts: partsUsed(graph, operation, usage) };
    }),
  };
}

function* wholeParts(graph: Graph, operation: Draft, interaction: Interaction): Iterable<Branch> {
  const { request, response } = interaction;
  yield operation;
  const body = operation['requestBody'];
  if (request.body.kind !== 'absent' && typeof body === 'object' && body !== null) {
    yield body;
    yield* mediaTypeDrafts(graph.form, body as Draft, contentTypeOf(request));
  }
  const answer = responseDraft(operation, response.status);
  if (!answer) return;
  yield answer;
  yield* mediaTypeDrafts(graph.form, answer, contentTypeOf(response));
}

function contentTypeOf({ headers, body }: PactRequest | PactResponse): string | undefined {
  for (const [name, [value]] of headers) if (name.toLowerCase() === 'content-type') return value;
  return 'contentType' in body ? body.contentType : undefined;
}

/**
 * The fields of an interaction that a difference is about; none when it is about the whole of the
 * interaction, and `undefined` when it is about nothing that the interaction uses.
 */
export function touches(
  difference: Difference,
  parts: InteractionParts,
): readonly string[] | undefined {
  const { operation } = parts;
  const trace = traceOf(difference);
  if (!trace || operation === undefined || !difference.operations.includes(operation))
    return undefined;
  if (difference.code.startsWith('operation.') || difference.code.startsWith('document.'))
    return [];
  const fields = fieldsTouched(trace, parts);
  if (fields.length > 0) return [...new Set(fields)];
  const isWhole = isIn(parts.old.whole, trace.event.old) || isIn(parts.new.whole, trace.event.new);
  return isWhole && trace.member === undefined && !isOfPart(trace.event) ? [] : undefined;
}

/** Parameters and headers belong to the whole, and reach those that use them. */
function isOfPart({ container }: FormEvent): boolean {
  return container === 'parameters' || container === 'headers';
}

type Side = EventSide | undefined;

function isIn(whole: ReadonlySet<Branch>, side: Side): boolean {
  return side !== undefined && whole.has(side.owner);
}

/** What differs on both sides must be used on both: a schema of many names is used by most. */
function fieldsTouched(trace: Trace, { old, new: next }: InteractionParts): readonly string[] {
  const { event } = trace;
  const touched = (side: Side, { fields }: SideParts) =>
    fields.map(({ parts }) => side === undefined || isTouched(trace, side, parts));
  const [before, after] = [touched(event.old, old), touched(event.new, next)];
  const named = event.old ? old.fields : next.fields;
  return named.flatMap(({ reliance }, index) => {
    const isBoth = (before[index] ?? true) && (after[index] ?? true);
    return isBoth ? [reliance.field] : [];
  });
}

function isTouched({ event, member }: Trace, side: EventSide, parts: UsedParts): boolean {
  if (member !== undefined && parts.member === member && parts.owners.has(side.owner)) return true;
  if (member === undefined && parts.own.has(side.owner) && !isOfPart(event)) return true;
  return [side.branch, side.value].some(
    (part) => typeof part === 'object' && part !== null && parts.own.has(part),
  );
}
