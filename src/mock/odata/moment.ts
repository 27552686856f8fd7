import { toDays } from './calendar.ts';
import { decimal } from './decimal.ts';

/** A point in time, a time of day or a duration, exact to the picosecond: OData writes no more digits. */
export interface Moment {
  /** Whole seconds: from 1970-01-01T00:00:00Z, from midnight, or of the duration; rounded down. */
  readonly seconds: number;
  /** Picoseconds on top of them, never negative. */
  readonly pico: number;
  /** Minutes east of UTC that a point in time is written with; else 0. */
  readonly offset: number;
}

export const PICO = 1e12;
export const SECONDS_OF_DAY = 86_400;

const DURATION = /^(-?)P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,12}))?S)?)?$/;

/**
 * Reads a `dateTimeOffset`; `undefined` when it is none. The 60th second of a minute is none: no
 * number of seconds says it.
 */
export function readDateTime(text: string): Moment | undefined {
  const separator = text.charCodeAt(10) | 32;
  if (separator !== 116 /* t */) return undefined;
  const days = readDate(text.slice(0, 10));
  const end = clockEnd(text, 11);
  const clock = readTime(text.slice(11, end));
  const offset = readOffset(text, end);
  if (days === undefined || clock === undefined || offset === undefined) return undefined;
  const seconds = days * SECONDS_OF_DAY + clock.seconds - offset * 60;
  return { seconds, pico: clock.pico, offset };
}

/** Reads a `date` as days from 1970-01-01; `undefined` when it is none. */
export function readDate(text: string): number | undefined {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  return Number.isNaN(year + month + day) ? undefined : toDays({ year, month, day });
}

/** Reads a `timeOfDay`; `undefined` when it is none. */
export function readTime(text: string): Moment | undefined {
  const { length } = text;
  const hour = digits(text, 0, 2);
  const minute = digits(text, 3, 5);
  const second = length > 5 ? digits(text, 6, 8) : 0;
  const isWhole = hour < 24 && minute < 60 && second < 60 && text[2] === ':';
  if (!isWhole || length < 5 || (length > 5 && text[5] !== ':')) return undefined;
  const pico = length > 8 ? toPico(text, 8) : 0;
  if (Number.isNaN(pico)) return undefined;
  return { seconds: hour * 3600 + minute * 60 + second, pico, offset: 0 };
}

/** Reads a `duration` of days, hours, minutes and seconds; `undefined` when it is none. */
export function readDuration(text: string): Moment | undefined {
  const parts = DURATION.exec(text);
  if (!parts || text.endsWith('P')) return undefined;
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = parts;
  const whole =
    BigInt(days) * 86_400n + BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds);
  const all = whole * BigInt(PICO) + BigInt(fraction.padEnd(12, '0'));
  return fromPico(sign === '' ? all : -all);
}

/** The point in time that a clock shows. */
export function fromClock(date: Date): Moment {
  return { ...split(BigInt(date.getTime()) * 1_000_000_000n), offset: 0 };
}

/** Adds a duration, `times` 1 or -1; what a point in time is written with stays. */
export function shift(moment: Moment, by: Moment, times: 1 | -1): Moment {
  return { ...split(inPico(moment) + BigInt(times) * inPico(by)), offset: moment.offset };
}

/** The duration from one point in time to another. */
export function between(from: Moment, to: Moment): Moment {
  return { ...split(inPico(to) - inPico(from)), offset: 0 };
}

/** A duration so many times, or its so manieth part; `undefined` when it has no such length. */
export function scale(moment: Moment, by: number, way: 'times' | 'part'): Moment | undefined {
  if (!Number.isFinite(by)) return undefined;
  const { digits, places } = decimal(by);
  const unit = 10n ** BigInt(places);
  if (way === 'times') return fromPico((inPico(moment) * digits) / unit);
  return digits === 0n ? undefined : fromPico((inPico(moment) * unit) / digits);
}

/** Where the sign or letter of an offset is, from an index on. */
function clockEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if ((code < 48 || code > 58) && code !== 46) return at;
  }
  return text.length;
}

/** Minutes east of UTC of the offset that ends a text; `undefined` when it is none. */
function readOffset(text: string, at: number): number | undefined {
  const sign = text[at];
  if (sign === 'Z' || sign === 'z') return text.length === at + 1 ? 0 : undefined;
  const hours = digits(text, at + 1, at + 3);
  const minutes = digits(text, at + 4, at + 6);
  const isWhole = text.length === at + 6 && text[at + 3] === ':' && hours < 24 && minutes < 60;
  if (!isWhole || (sign !== '+' && sign !== '-')) return undefined;
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes) + 0;
}

/** The number that digits write from one index to another; NaN when others are among them. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Picoseconds of the point and the digits that end a text; NaN when it ends otherwise. */
function toPico(text: string, from: number): number {
  const count = text.length - from - 1;
  if (text[from] !== '.' || count < 1 || count > 12) return Number.NaN;
  return digits(text, from + 1, text.length) * 10 ** (12 - count);
}

function inPico({ seconds, pico }: Moment): bigint {
  return BigInt(seconds) * BigInt(PICO) + BigInt(pico);
}

/** `undefined` when it is longer than seconds can count exactly. */
function fromPico(all: bigint): Moment | undefined {
  const parts = split(all);
  return Number.isSafeInteger(parts.seconds) ? { ...parts, offset: 0 } : undefined;
}

function split(all: bigint): { readonly seconds: number; readonly pico: number } {
  const unit = BigInt(PICO);
  const pico = ((all % unit) + unit) % unit;
  return { seconds: Number((all - pico) / unit), pico: Number(pico) };
}
