import type { Json, JsonObject } from '../json.ts';
import { commonMultiple } from './number.ts';

/** A number within the limits asked for; 0 where they let it. Each `variant` gives another one. */
export function sampleNumber(
  keywords: JsonObject,
  type: 'number' | 'integer',
  variant: number,
): number {
  const { multipleOf, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = keywords;
  const asked = isNumber(multipleOf) ? multipleOf : 1;
  const step = type === 'integer' ? commonMultiple(asked, 1) : asked;
  const first = Math.max(
    isNumber(minimum) ? Math.ceil(round(minimum / step)) : Number.NEGATIVE_INFINITY,
    isNumber(exclusiveMinimum) ? beyond(exclusiveMinimum / step, 1) : Number.NEGATIVE_INFINITY,
  );
  const last = Math.min(
    isNumber(maximum) ? Math.floor(round(maximum / step)) : Number.POSITIVE_INFINITY,
    isNumber(exclusiveMaximum) ? beyond(exclusiveMaximum / step, -1) : Number.POSITIVE_INFINITY,
  );
  const chosen = stepAt(first, last, variant);
  if (chosen >= first && chosen <= last) return round(chosen * step);
  // There is no such step: what lies between the limits is divided.
  const low = Math.max(...[minimum, exclusiveMinimum].filter(isNumber));
  const high = Math.min(...[maximum, exclusiveMaximum].filter(isNumber));
  return low + (high - low) / (2 + variant);
}

/** Which multiple of the step: the one nearest to 0, then those above it, then those below. */
function stepAt(first: number, last: number, variant: number): number {
  if (last < 0) return last - variant;
  const start = Math.max(first, 0);
  return start + variant <= last ? start + variant : start - (variant - (last - start));
}

/** The nearest whole number on one side; far from 0, the nearest that a double can hold. */
function beyond(limit: number, side: 1 | -1): number {
  const quotient = round(limit);
  const whole = side > 0 ? Math.floor(quotient) : Math.ceil(quotient);
  return whole + side * Math.max(1, Math.abs(whole) * Number.EPSILON);
}

/** A number without the last digits of a double, in which 3 * 0.1 differs from 0.3. */
function round(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}

function isNumber(value: Json | undefined): value is number {
  return typeof value === 'number';
}
