import { child, children, objectChild } from '../spec/node.ts';
import { type Operation, responseFor, successOf } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import { type Answer, hold } from './held-answer.ts';
import type { Preference } from './preference.ts';
import {
  ask,
  type PrismAnswer,
  type PrismOperation,
  type PrismQuestion,
  readOperation,
} from './prism.ts';
import { slice } from './slice.ts';
import { staticAnswer } from './static-answer.ts';

/** Answers valid requests. */
export type Responder = (
  operation: Operation,
  accept: string | undefined,
  preference: Preference,
) => Answer | Promise<Answer>;

/** How a responder answers. */
export interface ResponderOptions {
  /** Whether answers are made data unless the client asks otherwise. */
  readonly dynamic: boolean;
  /** What made data start from. */
  readonly seed: number;
}

/** Static answers are remembered, at most this many. */
const REMEMBERED = 2_000;
/** Operations that Prism has read are kept, at most this many: each holds its schemas in full. */
const PREPARED = 200;

/**
 * Makes a responder: Prism decides, or what it is certain to decide is decided here. The decision is
 * held to the document once and remembered by what it depends on. Where it breaks the document, a
 * bounded sample replaces it.
 */
export function createResponder(spec: Spec, options: ResponderOptions): Responder {
  const answers = new Map<Operation, Map<string, Answer>>();
  const operations = new Map<string, Promise<PrismOperation>>();
  let remembered = 0;
  let made = 0;

  return (operation, accept, preference) => {
    const isDynamic = preference.dynamic ?? options.dynamic;
    if (isDynamic && hasSchema(spec, operation, preference.code)) {
      made += 1;
      const seed = preference.seed ?? `${options.seed}-${made}`;
      return delegate(operation, toQuestion(operation, accept, preference, seed), made);
    }
    const key = `${accept ?? ''}\n${preference.code ?? ''}\n${preference.example ?? ''}`;
    const known = answers.get(operation)?.get(key);
    if (known) return known;
    const question = toQuestion(operation, accept, preference, undefined);
    const found = staticAnswer(spec, operation, question);
    if (found) return remember(operation, key, settle(spec, operation, question, found, 0));
    return delegate(operation, question, 0).then((fresh) => remember(operation, key, fresh));
  };

  function remember(operation: Operation, key: string, answer: Answer): Answer {
    if (remembered >= REMEMBERED) {
      answers.clear();
      remembered = 0;
    }
    const known = answers.get(operation) ?? new Map<string, Answer>();
    answers.set(operation, known.set(key, answer));
    remembered += 1;
    return answer;
  }

  /** Has Prism decide. */
  async function delegate(
    operation: Operation,
    question: PrismQuestion,
    number: number,
  ): Promise<Answer> {
    const found = await asked(operation, question);
    return settle(spec, operation, question, found, number);
  }

  async function asked(operation: Operation, question: PrismQuestion): Promise<PrismAnswer> {
    try {
      return await ask(await prepared(operation, question.isDynamic), question);
    } catch (cause) {
      return { kind: 'refusal', status: 500, reason: String(cause) };
    }
  }

  function prepared(operation: Operation, isDynamic: boolean): Promise<PrismOperation> {
    const key = `${operation.method} ${operation.path} ${isDynamic}`;
    let reading = operations.get(key);
    if (!reading) {
      if (operations.size >= PREPARED) operations.clear();
      reading = readOperation(slice(spec, operation, isDynamic));
      operations.set(key, reading);
    }
    return reading;
  }
}

/** Tells whether there is anything to make data from. */
function hasSchema(spec: Spec, operation: Operation, code: number | undefined): boolean {
  const response = responseFor(spec, operation, code ?? successOf(operation));
  const content = response && objectChild(response, 'content');
  if (!content) return true;
  return [...children(content)].some(([, mediaType]) => child(mediaType, 'schema') !== undefined);
}

function toQuestion(
  { method }: Operation,
  accept: string | undefined,
  { code, example }: Preference,
  seed: string | undefined,
): PrismQuestion {
  return { method, accept, code, example, isDynamic: seed !== undefined, seed };
}

/** Holds a decision to the document; what Prism cannot make, such as too complex a body, is made here. */
function settle(
  spec: Spec,
  operation: Operation,
  question: PrismQuestion,
  found: PrismAnswer,
  seed: number,
): Answer {
  if (found.kind === 'response') return hold(spec, operation, found, seed);
  if (found.status !== 500) return found;
  if (question.example !== undefined) {
    const reason = `No response of ${operation.id} that could be given has an example "${question.example}".`;
    return { kind: 'refusal', status: 404, reason };
  }
  const status = question.code ?? successOf(operation);
  if (!responseFor(spec, operation, status)) {
    const reason = `The document declares no response of ${operation.id} that could be given.`;
    return found.reason === '' ? { ...found, reason } : found;
  }
  return hold(spec, operation, { status, headers: {}, body: undefined }, seed);
}
