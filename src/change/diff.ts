import { requireSpec } from '../check/given-spec.ts';
import type { Spec } from '../spec/spec.ts';
import { describe } from './describe.ts';
import { CHANGE_CLASSES, type Difference } from './difference.ts';
import { writeDocument } from './document-form.ts';
import { type FormEvent, toEvents } from './events.ts';
import { graphOf } from './graph.ts';
import { messageRuling } from './message-rules.ts';
import { operationRuling } from './operation-rules.ts';
import { findTraffic } from './reach.ts';
import { compareDocuments } from './redocly.ts';
import type { Ruling, Siblings } from './ruling.ts';
import { schemaRulings } from './schema-rules.ts';
import { traced } from './trace.ts';
import { wholeDifferences } from './whole.ts';

/**
 * Lists every way in which two documents differ, each classed in the direction that it travels: the
 * worst first.
 *
 * Both documents are brought into a normal form before, so that what means the same is no difference.
 *
 * @throws {ExactMatchError} `PEER_MISSING` when the optional package `@redocly/cli` is not installed.
 */
export async function diffSpecs(old: Spec, next: Spec): Promise<readonly Difference[]> {
  requireSpec(old);
  requireSpec(next);
  const before = graphOf(writeDocument(old, next, 'old'));
  const after = graphOf(writeDocument(next, old, 'new'));
  const changes = await compareDocuments(before.form.document, after.form.document);
  const events = toEvents(changes, before, after);
  const siblings = siblingsOf(events);
  const traffic = findTraffic(before, after);
  const trace = { old: before, new: after, member: undefined };
  const found = events.flatMap((event) => [
    ...wholeDifferences(event, before).map((one) => traced(one, { ...trace, event })),
    ...rulingsOf(event, siblings).map((ruling) =>
      traced(describe(event, ruling, traffic), { ...trace, event, member: ruling.member }),
    ),
  ]);
  return found.sort(
    (one, other) =>
      CHANGE_CLASSES.indexOf(one.class) - CHANGE_CLASSES.indexOf(other.class) ||
      traffic.orderOf(one) - traffic.orderOf(other),
  );
}

function rulingsOf(event: FormEvent, siblings: Siblings): readonly Ruling[] {
  const kind = (event.new ?? event.old)?.entry.kind;
  if (kind === 'schema') return schemaRulings(event, siblings);
  const isMessage = kind !== 'operation' && kind !== 'path' && kind !== 'document';
  const ruling = isMessage ? messageRuling(event) : operationRuling(event, siblings);
  return ruling ? [ruling] : [];
}

function siblingsOf(events: readonly FormEvent[]): Siblings {
  const byPath = new Map<string, FormEvent[]>();
  for (const event of events) {
    const list = byPath.get(event.path);
    if (list) list.push(event);
    else byPath.set(event.path, [event]);
  }
  return (path) => byPath.get(path) ?? [];
}
