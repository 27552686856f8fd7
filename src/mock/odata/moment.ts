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

const DATE_TIME =
  /^(\d{4}-\d\d-\d\d)[Tt](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)?(?:[Zz]|([+-])(\d\d):(\d\d))$/;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)?$/;
const DURATION = /^(-?)P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,12}))?S)?)?$/;

/**
 * Reads a `dateTimeOffset`; `undefined` when it is none. The 60th second of a minute is none: no
 * number of seconds says it.
 */
export function readDateTime(text: string): Moment | undefined {
  const parts = DATE_TIME.exec(text);
  if (!parts) return undefined;
  const [, date = '', hour, minute, second, fraction, sign, hours = '0', minutes = '0'] = parts;
  const days = readDate(date);
  const seconds = secondsOfDay(hour, minute, second);
  const isOffset = Number(hours) < 24 && Number(minutes) < 60;
  if (days === undefined || seconds === undefined || !isOffset) return undefined;
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return {
    seconds: days * SECONDS_OF_DAY + seconds - offset * 60,
    pico: toPico(fraction),
    offset,
  };
}

/** Reads a `date` as days from 1970-01-01; `undefined` when it is none. */
export function readDate(text: string): number | undefined {
  const parts = DATE.exec(text);
  if (!parts) return undefined;
  return toDays({ year: Number(parts[1]), month: Number(parts[2]), day: Number(parts[3]) });
}

/** Reads a `timeOfDay`; `undefined` when it is none. */
export function readTime(text: string): Moment | undefined {
  const [found, hour, minute, second, fraction] = TIME.exec(text) ?? [];
  const seconds = secondsOfDay(hour, minute, second);
  if (found === undefined || seconds === undefined) return undefined;
  return { seconds, pico: toPico(fraction), offset: 0 };
}

/** Reads a `duration` of days, hours, minutes and seconds; `undefined` when it is none. */
export function readDuration(text: string): Moment | undefined {
  const parts = DURATION.exec(text);
  if (!parts || text.endsWith('P')) return undefined;
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction] = parts;
  const whole =
    BigInt(days) * 86_400n + BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds);
  const all = whole * BigInt(PICO) + BigInt(toPico(fraction));
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

function secondsOfDay(hour = '', minute = '', second = '0'): number | undefined {
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  return Number(hour) * 3600 + Number(minute) * 60 + Number(second);
}

function toPico(fraction = ''): number {
  return Number(fraction.padEnd(12, '0'));
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
