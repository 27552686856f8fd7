import type { ChangeClass, Effect, Travel } from './difference.ts';
import { UNUSED } from './document-form.ts';
import type { EventSide, FormEvent } from './events.ts';
import { FREE } from './form.ts';
import { isBranch, targetOf } from './graph.ts';
import { isObjectWith } from './message-rules.ts';
import { changed } from './rule.ts';
import { effectOnSet, type Ruling, type Siblings } from './ruling.ts';
import { setOf } from './scalars.ts';
import { isWord, keywordOf } from './words.ts';

/** What an event does in an operation, a path or the whole document. */
export function operationRuling(event: FormEvent, siblings: Siblings): Ruling | undefined {
  const { key, kind, old, new: next, container } = event;
  const side = next ?? old;
  if (!side) return undefined;
  if (kind !== 'modified') {
    if (container === 'parameters') return parameterRuling(kind === 'added', side);
    return key === 'requestBody' ? bodyRuling(kind === 'added', side) : undefined;
  }
  if (SETS.has(key)) return setsRuling(event, siblings);
  const text = changed(key, old?.value, next?.value);
  if (key === 'x-operationId') {
    return {
      keyword: 'operationId',
      effect: 'changed',
      class: old?.value === undefined ? 'safe' : 'dangerous',
      text,
    };
  }
  if (key.startsWith(UNUSED)) {
    const name = side.graph.form.names.get(key) ?? key;
    return {
      keyword: 'components',
      effect: 'none',
      class: 'safe',
      text: `has another schema \`${name}\`, which nothing uses`,
    };
  }
  return { keyword: keywordOf(key), effect: 'none', class: 'safe', text };
}

const SETS: ReadonlySet<string> = new Set(['x-addresses', 'x-basePaths', 'x-flows', 'x-demands']);

function setsRuling(event: FormEvent, siblings: Siblings): Ruling | undefined {
  const { key, path, old, new: next } = event;
  const [before, after] = [setOf(old?.value), setOf(next?.value)];
  if (key === 'x-demands') return securityRuling(before, after);
  if (key === 'x-flows') {
    return setRuling('securitySchemes', before, after, ['dangerous', 'way to a token']);
  }
  if (key === 'x-basePaths') return setRuling('servers', before, after, ['breaking', 'base path']);
  // Addresses are told only where the base paths tell nothing worse.
  if (siblings(path).some((other) => other.key === 'x-basePaths')) return undefined;
  return setRuling('servers', before, after, ['dangerous', 'server']);
}

/** A list of which every member that goes is missed. */
function setRuling(
  keyword: string,
  old: ReadonlySet<string>,
  next: ReadonlySet<string>,
  [bad, noun]: readonly [ChangeClass, string],
): Ruling {
  const gone = [...old.difference(next)];
  const come = [...next.difference(old)];
  const texts = [
    ...(gone.length > 0 ? [`has no longer the ${noun} ${gone.join(', ')}`] : []),
    ...(come.length > 0 ? [`has the ${noun} ${come.join(', ')} now`] : []),
  ];
  return {
    keyword,
    effect: effectOnSet(old, next),
    class: gone.length > 0 ? bad : 'safe',
    text: texts.join(', and '),
  };
}

/** Whoever could call before, with what he carried, must be let in still. */
function securityRuling(old: ReadonlySet<string>, next: ReadonlySet<string>): Ruling {
  const read = (texts: ReadonlySet<string>) =>
    [...texts].map((text) => new Set(JSON.parse(text) as readonly string[]));
  const alternatives = read(next);
  const refused = read(old).filter(
    (carried) => !alternatives.some((demanded) => demanded.isSubsetOf(carried)),
  );
  const demands = alternatives.map((one) => [...one].join(' and ') || 'nothing').join(', or ');
  const effect: Effect = refused.length > 0 ? 'narrower' : 'wider';
  return {
    keyword: 'security',
    effect,
    class: refused.length > 0 ? 'breaking' : 'safe',
    text: `demands ${demands} now, and demanded ${read(old)
      .map((one) => [...one].join(' and ') || 'nothing')
      .join(', or ')}`,
  };
}

function travelOf(side: EventSide): Travel {
  const { graph, value } = side;
  const entry = isBranch(value) ? graph.form.entries.get(value) : undefined;
  return entry?.travel ?? 'request';
}

function parameterRuling(isAdded: boolean, side: EventSide): Ruling {
  const isRequired = isObjectWith(side.value, 'required');
  const found = parameterClass(isAdded, isRequired, side);
  const text = isAdded ? (isRequired ? 'is new, and required' : 'is new') : 'is gone';
  return { keyword: 'parameters', effect: isAdded ? 'added' : 'removed', class: found, text };
}

function parameterClass(isAdded: boolean, isRequired: boolean, side: EventSide): ChangeClass {
  const travel = travelOf(side);
  const place = isBranch(side.value) && 'in' in side.value ? side.value['in'] : '';
  // The path has its variable all the same: only what is said of it differs.
  if (place === 'path') return isAdded && travel === 'request' ? 'dangerous' : 'safe';
  if (travel === 'response') return isAdded ? 'safe' : isRequired ? 'breaking' : 'dangerous';
  if (!isAdded) return 'dangerous';
  if (isRequired) return 'breaking';
  // Whoever likes may have sent a header of that name, and what he liked in it.
  return place === 'query' || takesAnyText(side) ? 'safe' : 'dangerous';
}

function takesAnyText({ graph, value }: EventSide): boolean {
  const given = isBranch(value) && 'schema' in value ? value['schema'] : undefined;
  if (!isBranch(given) || Array.isArray(given)) return false;
  const schema = targetOf(graph.form, given) ?? given;
  const types = setOf(schema['type']);
  const isText = types.size === 0 || types.has('string');
  return isText && Object.keys(schema).every((key) => SILENT.has(key) || isWord(key));
}

const SILENT: ReadonlySet<string> = new Set(['type', 'properties', FREE]);

function bodyRuling(isAdded: boolean, side: EventSide): Ruling {
  const isRequired = isObjectWith(side.value, 'required');
  const isSafe = isAdded && travelOf(side) === 'request' && !isRequired;
  const bad: ChangeClass = isAdded && travelOf(side) === 'response' ? 'dangerous' : 'breaking';
  return {
    keyword: 'requestBody',
    effect: isAdded ? 'added' : 'removed',
    class: isSafe ? 'safe' : bad,
    text: isAdded ? (isRequired ? 'is new, and required' : 'is new') : 'is gone',
  };
}
