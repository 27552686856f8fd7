import { ExactMatchError } from '../errors.ts';
import { isObject } from '../json.ts';

/**
 * Chooses versions of consumers, in Pact's own words.
 *
 * @see https://docs.pact.io/pact_broker/advanced_topics/consumer_version_selectors
 */
export interface ConsumerVersionSelector {
  readonly consumer?: string;
  readonly mainBranch?: boolean;
  readonly branch?: string;
  readonly fallbackBranch?: string;
  readonly matchingBranch?: boolean;
  readonly tag?: string;
  readonly fallbackTag?: string;
  readonly latest?: boolean;
  readonly deployedOrReleased?: boolean;
  readonly deployed?: boolean;
  readonly released?: boolean;
  readonly environment?: string;
}

const SELECTOR_TYPES: Readonly<Record<keyof ConsumerVersionSelector, 'string' | 'boolean'>> = {
  consumer: 'string',
  mainBranch: 'boolean',
  branch: 'string',
  fallbackBranch: 'string',
  matchingBranch: 'boolean',
  tag: 'string',
  fallbackTag: 'string',
  latest: 'boolean',
  deployedOrReleased: 'boolean',
  deployed: 'boolean',
  released: 'boolean',
  environment: 'string',
};

/**
 * Reads consumer version selectors from JSON: one, or a list of them.
 *
 * Pact itself leaves out what it does not know, and then verifies other pacts than were meant.
 *
 * @throws {ExactMatchError} `OPTION_INVALID`.
 */
export function readSelectors(text: string): readonly ConsumerVersionSelector[] {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (cause) {
    throw selectorMistake(`they are no JSON: ${text}`, cause);
  }
  return (Array.isArray(given) ? given : [given]).map(readSelector);
}

function readSelector(given: unknown): ConsumerVersionSelector {
  if (!isObject(given)) throw selectorMistake(`one is no object: ${JSON.stringify(given)}`);
  for (const [name, value] of Object.entries(given)) {
    const type = Object.hasOwn(SELECTOR_TYPES, name)
      ? SELECTOR_TYPES[name as keyof ConsumerVersionSelector]
      : undefined;
    if (type === undefined) {
      const known = Object.keys(SELECTOR_TYPES).join(', ');
      throw selectorMistake(`there is no "${name}". There are ${known}`);
    }
    if (typeof value !== type) throw selectorMistake(`"${name}" must be a ${type}`);
  }
  // Each member was looked at.
  return given as ConsumerVersionSelector;
}

function selectorMistake(reason: string, cause?: unknown): ExactMatchError {
  return new ExactMatchError(
    'OPTION_INVALID',
    `The consumer version selectors cannot be used: ${reason}. Give JSON such as [{"mainBranch":true}].`,
    { cause },
  );
}
