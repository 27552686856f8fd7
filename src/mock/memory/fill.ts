import { isArray, isObject, type Json, type JsonObject } from '../../json.ts';
import { FIRST_TIME, LAST_TIME, readDuration } from '../duration.ts';
import { uuidOf } from '../uuid.ts';

/** What the values of `x-mock` are made from. */
export interface Source {
  /** Milliseconds since 1970, by the clock of the scope. */
  readonly now: number;
  /** The path parameters of the request, decoded. */
  readonly path: Readonly<Record<string, unknown>>;
  /** The key of the item; none before it has one. */
  readonly key: string | undefined;
  /** The number of the item among all that were ever made in the scope. */
  readonly sequence: number;
  /** Different for each; the same gives the same UUIDs. */
  readonly seed: string;
}

/** One placeholder: `{now}`, `{now+24h}`, `{uuid}`, `{key}`, `{sequence}`, `{path.NAME}`. */
const PLACEHOLDER = /\{(now(?:[+-][\d.a-z]+)?|uuid|key|sequence|path\.[^{}]+)\}/;

/** Values by property, ready to be filled in. */
export interface Filler {
  readonly names: readonly string[];
  /** The values, but for those that are given already. */
  readonly fill: (source: Source, given?: JsonObject) => Record<string, Json>;
  /** The value of one property; `undefined` when there is none for it. */
  readonly fillOne: (name: string, source: Source) => Json | undefined;
}

/** Makes a value for a source. */
type Maker = (source: Source) => Json;

const NOTHING: JsonObject = {};

/**
 * Reads values, in whose texts may be placeholders; a text that is `{sequence}` and nothing else is a
 * number.
 */
export function compileValues(values: JsonObject): Filler {
  const makers = Object.entries(values).map(([name, value]) => ({
    name,
    make: makerOf(value, name),
  }));
  return {
    names: Object.keys(values),
    fill: (source, given = NOTHING) => {
      const filled: Record<string, Json> = {};
      for (const { name, make } of makers) {
        if (given === NOTHING || !Object.hasOwn(given, name)) filled[name] = make(source);
      }
      return filled;
    },
    fillOne: (name, source) => makers.find((maker) => maker.name === name)?.make(source),
  };
}

function makerOf(value: Json, place: string): Maker {
  if (isArray(value)) {
    const makers = value.map((item, index) => makerOf(item, `${place}/${index}`));
    return (source) => makers.map((make) => make(source));
  }
  if (isObject(value)) {
    const makers = Object.entries(value).map(
      ([name, item]) => [name, makerOf(item, `${place}/${name}`)] as const,
    );
    return (source) => Object.fromEntries(makers.map(([name, make]) => [name, make(source)]));
  }
  if (typeof value !== 'string') return () => value;
  if (value === '{sequence}') return (source) => source.sequence;
  // Text and placeholders by turns.
  const [first = '', ...rest] = value.split(PLACEHOLDER);
  if (rest.length === 0) return () => value;
  const pieces: (readonly [write: Writer, text: string])[] = [];
  for (let index = 0; index < rest.length; index += 2) {
    pieces.push([writerOf(rest[index] ?? ''), rest[index + 1] ?? '']);
  }
  const hasUuid = rest.includes('uuid');
  return (source) => {
    let text = first;
    const uuid = hasUuid ? uuidOf(`${source.seed} ${place}`) : '';
    for (const [write, behind] of pieces) text += write(source, uuid) + behind;
    return text;
  };
}

/** Writes what stands for a placeholder; all `{uuid}` of a text are the same one. */
type Writer = (source: Source, uuid: string) => string;

function writerOf(name: string): Writer {
  if (name === 'uuid') return (_, uuid) => uuid;
  if (name === 'key') return (source) => source.key ?? '';
  if (name === 'sequence') return (source) => String(source.sequence);
  if (name.startsWith('path.')) {
    const parameter = name.slice('path.'.length);
    return (source) => String(source.path[parameter] ?? '');
  }
  const time = (readDuration(name.slice(4)) ?? 0) * (name[3] === '-' ? -1 : 1);
  return (source) => dateTime(source.now + time);
}

/** The placeholders in a text that mean nothing. */
export function unknownPlaceholders(text: string, parameters: ReadonlySet<string>): string[] {
  const unknown: string[] = [];
  for (const [whole, name = ''] of text.matchAll(/\{([^{}]*)\}/g)) {
    const isTime = /^now(?:[+-](.*))?$/.exec(name);
    const isKnown = isTime
      ? isTime[1] === undefined || readDuration(isTime[1]) !== undefined
      : ['uuid', 'key', 'sequence'].includes(name) ||
        (name.startsWith('path.') && parameters.has(name.slice('path.'.length)));
    if (!isKnown) unknown.push(whole);
  }
  return unknown;
}

const REMEMBERED = 100;
const texts = new Map<number, string>();

/** A time as a `date-time`, at most the last one that there is; many requests have the same. */
export function dateTime(now: number): string {
  let text = texts.get(now);
  if (text === undefined) {
    text = new Date(Math.min(Math.max(now, FIRST_TIME), LAST_TIME)).toISOString();
    if (texts.size >= REMEMBERED) texts.clear();
    texts.set(now, text);
  }
  return text;
}
