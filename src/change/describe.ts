import type { Json } from '../json.ts';
import { locate } from '../spec/locate.ts';
import { child } from '../spec/node.ts';
import type { Node } from '../spec/source.ts';
import type { Difference, DifferencePlace, DifferenceSide, DifferenceUse } from './difference.ts';
import type { EventSide, FormEvent } from './events.ts';
import type { Entry } from './form.ts';
import { isBranch } from './graph.ts';
import { ABSENT } from './message-form.ts';
import type { Traffic } from './reach.ts';
import type { Ruling } from './ruling.ts';
import { keywordOf } from './words.ts';

/** A difference, told of an event and what it does. */
export function describe(event: FormEvent, ruling: Ruling, traffic: Traffic): Difference {
  const side = event.new ?? event.old;
  const uses = traffic.usesOf(event).map((use) => withMember(use, ruling.member));
  // The plainest way to it is told.
  const first = uses.reduce<DifferenceUse | undefined>(
    (best, use) => (best && best.field.length <= use.field.length ? best : use),
    undefined,
  );
  const place = first?.place ?? placeOf(event);
  const operations = [...new Set(uses.map(({ operation }) => operation))];
  const travel = side?.entry.context?.travel ?? side?.entry.travel;
  const subject = subjectOf(event, first, ruling.member);
  return {
    code: `${place}.${ruling.keyword}`,
    class: ruling.class,
    effect: ruling.effect,
    ...(travel ? { travel } : {}),
    message: `${subject} ${ruling.text}.`,
    operations:
      INHERITED.has(event.key) && isDocument(side) ? traffic.inheriting(event.key) : operations,
    uses,
    ...(event.old ? { old: sideOf(event, event.old) } : {}),
    ...(event.new ? { new: sideOf(event, event.new) } : {}),
  };
}

/** What the whole document says for the operations that say nothing of their own. */
const INHERITED: ReadonlySet<string> = new Set(['x-addresses', 'x-basePaths', 'x-demands']);

function isDocument(side: EventSide | undefined): boolean {
  return side?.entry.kind === 'document';
}

function withMember(use: DifferenceUse, member: string | undefined): DifferenceUse {
  return member === undefined ? use : { ...use, field: joinField(use.field, member) };
}

function joinField(field: string, member: string): string {
  return field === '' ? member : `${field}.${member}`;
}

/** Where something stands that no operation uses. */
function placeOf(event: FormEvent): DifferencePlace {
  const entry = (event.new ?? event.old)?.entry;
  if (entry?.place) return entry.place;
  return entry?.kind === 'operation' || entry?.kind === 'path' ? 'operation' : 'document';
}

function subjectOf(
  event: FormEvent,
  use: DifferenceUse | undefined,
  member: string | undefined,
): string {
  const side = event.new ?? event.old;
  const entry = partEntry(event) ?? side?.entry;
  if (!entry || !side) return 'It';
  if (entry.kind !== 'schema') return titled(nameOf(entry));
  const field = use?.field ?? member ?? '';
  if (field !== '') return `\`${field}\``;
  const place = use?.place ?? '';
  if (place === 'request.body' || place === 'response.body') return 'The body';
  return use ? titled(partName(use)) : 'The value';
}

/** A parameter or header as people say it. */
function partName({ place, part }: DifferenceUse): string {
  const [, kind, name] = /(?:^|, )(parameter|header) (.*)$/s.exec(part) ?? [];
  if (kind === 'parameter') return `the ${place.replace('request.', '')} parameter \`${name}\``;
  return kind === 'header' ? `the header \`${name}\`` : `the ${part}`;
}

/** What is known of what was added or removed, where that is told of by itself. */
function partEntry(event: FormEvent): Entry | undefined {
  const side = event.new ?? event.old;
  const value = event.kind === 'modified' ? undefined : side?.value;
  const entry = isBranch(value) ? side?.graph.form.entries.get(value) : undefined;
  return entry?.kind === 'schema' || event.container === 'headers' ? undefined : entry;
}

function titled(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function nameOf({ kind, name, place }: Entry): string {
  switch (kind) {
    case 'parameter':
      return `the ${place?.replace('request.', '') ?? ''} parameter \`${name}\``;
    case 'header':
      return `the header \`${name}\``;
    case 'response':
      return `the response ${name}`;
    case 'mediaType':
      return `the media type ${name}`;
    case 'requestBody':
      return 'the request body';
    case 'operation':
      return 'the operation';
    case 'path':
      return `the path ${name}`;
    default:
      return name === '' ? 'the document' : `the document's ${name}`;
  }
}

function sideOf(event: FormEvent, side: EventSide): DifferenceSide {
  if (event.kind !== 'modified') {
    const node = nodeOfPart(side);
    return { value: node.value, spec: locate(node) };
  }
  if (event.key === ABSENT) {
    const { node } = side.entry;
    return side.value === true ? { spec: locate(node) } : { value: node.value, spec: locate(node) };
  }
  const node = nodeOfMember(event.key, side);
  if (side.value === undefined) return { spec: locate(node ?? side.entry.node) };
  return { value: shownValue(event.key, side, node), spec: locate(node ?? side.entry.node) };
}

function nodeOfPart({ graph, branch, value, entry, owner }: EventSide): Node {
  const { entries } = graph.form;
  const own = branch && entries.get(branch);
  const target = isBranch(value) ? entries.get(value) : undefined;
  if (own ?? target) return (own ?? target)?.node ?? entry.node;
  const place = branch && graph.places.get(branch);
  const keyword = place?.parent === owner ? keywordOf(place.key) : '';
  return child(entry.node, keyword) ?? entry.node;
}

function nodeOfMember(key: string, { entry }: EventSide): Node | undefined {
  return entry.members.get(key) ?? child(entry.node, keywordOf(key));
}

/** Members whose form is another than the document's. */
function shownValue(key: string, { value }: EventSide, node: Node | undefined): unknown {
  if (key === 'enum' && Array.isArray(value)) {
    return value.map((text) => JSON.parse(String(text)) as Json);
  }
  if (key === 'type' && Array.isArray(value) && value.length === 1) return value[0];
  if (!key.startsWith('x-')) return value;
  return node?.value ?? value;
}
