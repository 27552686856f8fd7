import { ExactMatchError } from '../errors.ts';
import { type Coverage, MEASURES, type Measure, percentOf } from './coverage.ts';

/** How much of each measure is asked for, in percent; those left out are not. */
export type MinimumCoverage = Readonly<Partial<Record<Measure, number>>>;

/**
 * Reads what coverage is asked for: `80` of the statuses that the operations declare, or by name,
 * `operations=90,statuses=60,parameters=50,properties=40`.
 *
 * @throws {ExactMatchError} `OPTION_INVALID`.
 */
export function readMinimum(text: string): MinimumCoverage {
  const minimum: Partial<Record<Measure, number>> = {};
  for (const part of text.split(',')) {
    const [name, percent, ...rest] = part.includes('=') ? part.split('=') : ['statuses', part];
    const measure = MEASURES.find((candidate) => candidate === name?.trim());
    const number = /^\s*\d+(?:\.\d+)?\s*$/.test(percent ?? '') ? Number(percent) : Number.NaN;
    const isTwice = measure !== undefined && minimum[measure] !== undefined;
    if (measure === undefined || !(number <= 100) || rest.length > 0 || isTwice) {
      throw new ExactMatchError(
        'OPTION_INVALID',
        `--min-coverage must be a percentage of the statuses, such as 80, or several by name, such as operations=90,statuses=60 (the names are ${MEASURES.join(', ')}), got "${text}".`,
      );
    }
    minimum[measure] = number;
  }
  return minimum;
}

/** A measure of which less was exercised than is asked for. */
export interface Shortfall {
  readonly measure: Measure;
  readonly seen: number;
  readonly total: number;
  /** In percent. */
  readonly asked: number;
}

/**
 * Lists what falls short of what is asked for; nothing when all is met.
 *
 * @param coverage `undefined` where nothing was exercised.
 */
export function listShortfalls(
  coverage: Coverage | undefined,
  minimum: MinimumCoverage,
): readonly Shortfall[] {
  return MEASURES.flatMap((measure) => {
    const asked = minimum[measure] ?? 0;
    const { seen, total } = coverage?.totals[measure] ?? { seen: 0, total: 0 };
    // Not by the rounded percentage: 99.6 is less than 99.7.
    const share = total > 0 ? (seen / total) * 100 : coverage ? 100 : 0;
    return share < asked ? [{ measure, seen, total, asked }] : [];
  });
}

/** A shortfall as a sentence, with what was never seen where that can be named. */
export function formatShortfall(
  { measure, seen, total, asked }: Shortfall,
  coverage: Coverage | undefined,
): string {
  if (!coverage) return `No ${measure} were exercised, and ${asked} % are asked for.`;
  const never = neverSeen(coverage, measure);
  const first = never.slice(0, 5).join(', ');
  const more = never.length > 5 ? `, … (${never.length} in all)` : '';
  const listed = first === '' ? '' : ` Never seen: ${first}${more}.`;
  return `${seen} of ${total} ${measure} (${percentOf({ seen, total })} %) were exercised, and ${asked} % are asked for.${listed}`;
}

function neverSeen({ operations }: Coverage, measure: Measure): readonly string[] {
  return operations.flatMap(({ id, requests, statuses, parameters, properties }) => {
    if (measure === 'operations') return requests > 0 ? [] : [id];
    if (measure === 'parameters')
      return parameters.flatMap(({ name, isSeen }) => (isSeen ? [] : [`${id} ${name}`]));
    const declared = statuses.filter(({ isDeclared }) => isDeclared);
    if (measure === 'statuses') {
      return declared.flatMap(({ status, passed, failed }) =>
        passed + failed > 0 ? [] : [`${id} ${status}`],
      );
    }
    const ofRequest = (properties.unseenPaths ?? []).map((path) => `${id} ${path}`);
    const ofResponses = declared.flatMap(({ status, properties: { unseenPaths = [] } }) =>
      unseenPaths.map((path) => `${id} ${status} ${path}`),
    );
    return [...ofRequest, ...ofResponses];
  });
}
