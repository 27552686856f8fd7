import type { Json, JsonObject } from '../json.ts';

/** A number within the limits asked for; 0 where they let it. Each `variant` gives another one. */
export function sampleNumber(
  keywords: JsonObject,
  type: 'number' | 'integer',
  variant: number,
): number {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = keywords;
  const step = isNumber(multipleOf) ? multipleOf : 1;
  const low = Math.max(lowest(minimum), above(exclusiveMinimum));
  const high = Math.min(highest(maximum), below(exclusiveMaximum));
  if (low <= 0 && high >= 0) return step * (step * variant <= high ? variant : -variant);
  const start = low > 0 ? Math.ceil(low / step) * step : Math.floor(high / step) * step;
  const other = start + (low > 0 ? step : -step) * variant;
  if (other >= low && other <= high) return other;
  return type === 'integer' ? Math.round(start) : low + (high - low) / (2 + variant);

  function above(limit: Json | undefined): number {
    return isNumber(limit)
      ? limit + (type === 'integer' ? 1 : gap(limit))
      : Number.NEGATIVE_INFINITY;
  }
  function below(limit: Json | undefined): number {
    return isNumber(limit)
      ? limit - (type === 'integer' ? 1 : gap(limit))
      : Number.POSITIVE_INFINITY;
  }
}

function isNumber(value: Json | undefined): value is number {
  return typeof value === 'number';
}

function lowest(limit: Json | undefined): number {
  return isNumber(limit) ? limit : Number.NEGATIVE_INFINITY;
}

function highest(limit: Json | undefined): number {
  return isNumber(limit) ? limit : Number.POSITIVE_INFINITY;
}

/** The least step beside a number that a double can take and a reader can see. */
function gap(limit: number): number {
  return Math.max(Math.abs(limit) * 1e-9, 1e-6);
}
