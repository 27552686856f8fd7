import type { Answer } from '../held-answer.ts';
import { chain, type Maybe } from '../store/store.ts';

/** How often a change is tried again because somebody else was faster. */
const ATTEMPTS = 100;

const BUSY: Answer = {
  kind: 'refusal',
  status: 503,
  reason: 'It was changed by others again and again. Send the request once more.',
};

/**
 * Compares and sets until it has come to an answer: work gives `undefined` where somebody else has
 * changed meanwhile what it had looked at.
 */
export function attempt(work: () => Maybe<Answer | undefined>): Maybe<Answer> {
  return again(work, ATTEMPTS);
}

function again(work: () => Maybe<Answer | undefined>, left: number): Maybe<Answer> {
  if (left === 0) return BUSY;
  return chain(work(), (answer) => answer ?? again(work, left - 1));
}
