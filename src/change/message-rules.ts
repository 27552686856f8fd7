import type { ChangeClass, Effect, Travel } from './difference.ts';
import type { EventSide, FormEvent } from './events.ts';
import type { Draft, DraftValue } from './form.ts';
import { ABSENT } from './message-form.ts';
import { BREAKING, changed, LOOSE } from './rule.ts';
import { classOf, type Ruling, type Weight } from './ruling.ts';
import { keywordOf } from './words.ts';

/** What an event does in a parameter, a header, a body or a response. */
export function messageRuling(event: FormEvent): Ruling | undefined {
  const { key, old, new: next } = event;
  const side = next ?? old;
  const travel = side?.entry.travel;
  if (!side || !travel) return undefined;
  if (event.kind !== 'modified') return partRuling(event, side, travel);
  if (key === ABSENT) return absentRuling(event, side, travel);
  if (key === 'required') return requiredRuling(next?.value === true, travel);
  const text = changed(key, old?.value, next?.value);
  const keyword = keywordOf(key);
  const weight = SERIALIZATION[key];
  if (weight) {
    const effect = PRESENCE.has(key) ? (next?.value === true ? 'wider' : 'narrower') : 'changed';
    return { keyword, effect, class: classOf(effect, travel, weight), text };
  }
  if (key === 'x-links') return linksRuling(old?.value, next?.value);
  return { keyword, effect: 'none', class: 'safe', text };
}

const SERIALIZATION: Readonly<Record<string, Weight>> = {
  style: BREAKING,
  explode: BREAKING,
  'x-content': BREAKING,
  'x-encoding': LOOSE,
  allowReserved: BREAKING,
  allowEmptyValue: BREAKING,
};
/** Those that allow more when they are there. */
const PRESENCE: ReadonlySet<string> = new Set(['allowReserved', 'allowEmptyValue']);

function requiredRuling(isRequired: boolean, travel: Travel): Ruling {
  const effect: Effect = isRequired ? 'narrower' : 'wider';
  const text = isRequired ? 'is required now' : 'is required no longer';
  return { keyword: 'required', effect, class: classOf(effect, travel, BREAKING), text };
}

/** A link that is there as it was hurts nobody. */
function linksRuling(old: DraftValue | undefined, next: DraftValue | undefined): Ruling {
  const read = (value: DraftValue | undefined) =>
    typeof value === 'string' ? (JSON.parse(value) as Record<string, unknown>) : {};
  const after = read(next);
  const lost = Object.entries(read(old)).filter(
    ([name, link]) => JSON.stringify(after[name]) !== JSON.stringify(link),
  );
  const names = lost.map(([name]) => `\`${name}\``).join(', ');
  return {
    keyword: 'links',
    effect: lost.length > 0 ? 'changed' : 'added',
    class: lost.length > 0 ? 'dangerous' : 'safe',
    text: lost.length > 0 ? `has no longer the same links: ${names}` : 'has more links',
  };
}

/** A response or a media type that only one of the documents has. */
function absentRuling(event: FormEvent, side: EventSide, travel: Travel): Ruling {
  const isGone = event.new?.value === true;
  const { kind, name } = side.entry;
  const effect: Effect = isGone ? 'removed' : 'added';
  const text = isGone ? 'is gone' : 'is new';
  if (kind === 'response') {
    return { keyword: 'status', effect, class: statusClass(name, isGone, travel), text };
  }
  const isRange = name.includes('*');
  const found = isGone
    ? travel === 'response' && isRange
      ? 'dangerous'
      : 'breaking'
    : travel === 'request'
      ? 'safe'
      : 'dangerous';
  return { keyword: 'mediaType', effect, class: found, text };
}

/** Whoever calls must be ready for any error, and not for any success. */
function statusClass(status: string, isGone: boolean, travel: Travel): ChangeClass {
  const isError = /^[45]/.test(status);
  if (travel === 'request') return isGone ? 'breaking' : 'safe';
  if (isGone) return isError || status === 'default' ? 'dangerous' : 'breaking';
  return isError ? 'safe' : 'dangerous';
}

/** A header that is new or gone. */
function partRuling(event: FormEvent, side: EventSide, travel: Travel): Ruling | undefined {
  if (event.container !== 'headers') return undefined;
  const isRequired = isObjectWith(side.value, 'required');
  const name = side.graph.form.names.get(event.key) ?? event.key;
  const isAdded = event.kind === 'added';
  const bad: ChangeClass = isRequired ? 'breaking' : 'dangerous';
  const isSafe = isAdded ? travel === 'response' || !isRequired : travel === 'request';
  return {
    keyword: 'headers',
    effect: isAdded ? 'added' : 'removed',
    class: isSafe ? 'safe' : bad,
    text: isAdded ? `has the header \`${name}\` now` : `has no header \`${name}\` any more`,
  };
}

/** Tells whether a part of a form says `true` under a key. */
export function isObjectWith(value: DraftValue | undefined, key: string): boolean {
  return typeof value === 'object' && value !== null && (value as Draft)[key] === true;
}
