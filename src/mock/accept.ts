/** A media range of an `Accept` header. */
interface Range {
  readonly type: string;
  readonly subtype: string;
  /** Its parameters but `q`, names and values in lower case. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
  readonly quality: number;
}

const TOKEN = "[!#$%&'*+.^_`|~\\w-]+";
const RANGE = new RegExp(`^(${TOKEN})/(${TOKEN})((?:\\s*;\\s*${TOKEN}=${TOKEN})*)$`);

/**
 * The media type of a list that an `Accept` header likes best; of equals, the first; `none` when it
 * takes none of them.
 *
 * Parameters of a range must be those of the type; where nothing fits so, they are forgotten.
 * `undefined` for a header that is not written plainly: with quotes, say, or without a slash.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
 */
export function preferredMediaType(
  accept: string,
  mediaTypes: readonly string[],
): string | 'none' | undefined {
  const ranges = readRanges(accept);
  const offered = readRanges(mediaTypes.join());
  if (!ranges || offered?.length !== mediaTypes.length) return undefined;
  const found = best(ranges, offered) ?? best(withoutParameters(ranges), offered);
  return found === undefined ? 'none' : mediaTypes[found];
}

function readRanges(list: string): readonly Range[] | undefined {
  const ranges: Range[] = [];
  for (const text of list.split(',')) {
    const [, type, subtype, rest = ''] = RANGE.exec(text.trim()) ?? [];
    if (type === undefined || subtype === undefined) return undefined;
    const parameters = [...rest.matchAll(/;\s*([^=]+)=([^;\s]+)/g)].map(
      ([, name = '', value = '']) => [name.toLowerCase(), value.toLowerCase()] as const,
    );
    const weight = parameters.findIndex(([name]) => name === 'q');
    const quality = weight === -1 ? 1 : Number(parameters[weight]?.[1]);
    if (!(quality >= 0 && quality <= 1)) return undefined;
    ranges.push({
      type: type.toLowerCase(),
      subtype: subtype.toLowerCase(),
      // What comes behind the weight says nothing of the media type.
      parameters: weight === -1 ? parameters : parameters.slice(0, weight),
      quality,
    });
  }
  return ranges;
}

/** The ranges that had parameters, without them. */
function withoutParameters(ranges: readonly Range[]): readonly Range[] {
  return ranges
    .filter(({ parameters }) => parameters.length > 0)
    .map((range) => ({ ...range, parameters: [] }));
}

/** How well a range fits: a list that is compared number by number, the greater the better. */
type Rank = readonly number[];

function best(ranges: readonly Range[], offered: readonly Range[]): number | undefined {
  let found: number | undefined;
  let highest: Rank = [0];
  for (const [index, type] of offered.entries()) {
    const [rank] = ranges
      .map((range, order) => ({ exactness: exactness(range, type), order, range }))
      .filter(({ exactness: fits }) => fits >= 0)
      // The most exact range decides what its type is worth; of equals, the worthier one.
      .sort(
        (one, other) =>
          other.exactness - one.exactness ||
          other.range.quality - one.range.quality ||
          other.order - one.order,
      )
      .map(({ exactness: fits, order, range }): Rank => [range.quality, fits, -order]);
    if (!rank || rank[0] === 0 || compare(rank, highest) <= 0) continue;
    found = index;
    highest = rank;
  }
  return found;
}

/** How exactly a range names a media type: from 0 for any to 7; -1 when it does not. */
function exactness(range: Range, { type, subtype, parameters }: Range): number {
  if (range.type !== type && range.type !== '*') return -1;
  if (range.subtype !== subtype && range.subtype !== '*') return -1;
  const known = new Map(parameters);
  if (range.parameters.some(([name, value]) => value !== '*' && known.get(name) !== value))
    return -1;
  const parts = [range.type === type, range.subtype === subtype, range.parameters.length > 0];
  return parts.reduce((sum, isExact) => sum * 2 + Number(isExact), 0);
}

function compare(one: Rank, other: Rank): number {
  for (const [index, value] of one.entries()) {
    const difference = value - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
