import { tokens } from '../../spec/pointer.ts';
import type { Interaction, Pact, PactMessage } from '../interaction.ts';

/** An interaction of any kind, and the pact that it is in. */
export interface Expected {
  readonly pact: Pact;
  readonly interaction: Interaction | PactMessage;
}

/** Which interaction is being verified: Pact's Verifier does not say, but keeps the order. */
export interface InteractionOrder {
  /** Adds the interactions of a pact, behind those that are known. */
  readonly add: (pact: Pact) => void;
  /** A state is about to be set; tells whether it is the first of its interaction. */
  readonly isFirstState: () => boolean;
  /** The request of the interaction is here, or its states are taken back. */
  readonly pass: () => void;
  readonly current: () => Expected | undefined;
  readonly all: () => readonly Expected[];
}

/**
 * Follows a run of the Verifier, by what it calls.
 *
 * For each interaction it sets all states (one without a name where there is none), sends the request
 * and takes the states back; when a state could not be set, nothing follows its last state.
 */
export function createInteractionOrder(): InteractionOrder {
  const all: Expected[] = [];
  let index = -1;
  let statesLeft = 0;
  let isOver = true;
  return {
    add: (pact) => {
      all.push(...expectedOf(pact));
    },
    isFirstState: () => {
      const isFirst = isOver || statesLeft === 0;
      if (isFirst) {
        index += 1;
        isOver = false;
        statesLeft = Math.max(1, all[index]?.interaction.states.length ?? 1);
      }
      statesLeft -= 1;
      return isFirst;
    },
    pass: () => {
      isOver = true;
    },
    current: () => all[index],
    all: () => all,
  };
}

/** In the order of the file. */
function expectedOf(pact: Pact): readonly Expected[] {
  const placeOf = ({ pointer }: Interaction | PactMessage) => Number(tokens(pointer)?.[1] ?? 0);
  return [...pact.interactions, ...pact.messages]
    .sort((a, b) => placeOf(a) - placeOf(b))
    .map((interaction) => ({ pact, interaction }));
}
