/** Tells whether a text matches; the time it takes grows with the text's length and no faster. */
export type Matches = (text: string) => boolean;

/** One step of a match: through a character, past a place, or both ways at once. */
type Step =
  | { readonly kind: 'character'; readonly fits: (character: string) => boolean; next: number }
  | { readonly kind: 'place'; readonly holds: HoldsAt; next: number }
  | { readonly kind: 'fork'; next: number; other: number }
  | { readonly kind: 'end' };

type HoldsAt = (text: readonly string[], index: number) => boolean;

/** Makes the steps that match a part and then go on at `next`; gives the first of them. */
type Part = (steps: Step[], next: number) => number;

const MOST_STEPS = 500;
const DEEPEST = 50;
const ATOM =
  /\[(?:[^\]\\]|\\.)*\]|\\u\{[\da-f]+\}|\\ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}|\\u[\da-f]{4}|\\x[\da-f]{2}|\\c[a-z]|\\p\{[^}]*\}|\\.|./isuy;
const QUANTIFIER = /(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/y;
const GROUP = /\((?:\?:|\?<[\p{L}_$][\p{L}\p{Nd}_$]*>|(?!\?))/uy;

/**
 * Compiles a pattern so that no text can keep it busy: as an automaton rather than by trial and error.
 *
 * Anything of an ECMAScript expression may be in it but what needs memory or foresight: `\1`, `\k<name>`,
 * `(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`.
 *
 * @throws {SyntaxError} when it is none, needs those, or is too large.
 * @see https://swtch.com/~rsc/regexp/regexp1.html
 */
export function compilePattern(pattern: string): Matches {
  // The platform's own reading finds what is no pattern at all.
  const reader = { pattern: new RegExp(pattern, 'u').source, at: 0, depth: 0 };
  const part = readAlternatives(reader);
  const steps: Step[] = [{ kind: 'end' }];
  const first = part(steps, 0);
  return (text) => run(steps, first, [...text]);
}

interface PatternReader {
  readonly pattern: string;
  at: number;
  depth: number;
}

function readAlternatives(reader: PatternReader): Part {
  let whole = readSequence(reader);
  while (reader.pattern[reader.at] === '|') {
    reader.at += 1;
    whole = either(whole, readSequence(reader));
  }
  return whole;
}

function readSequence(reader: PatternReader): Part {
  const parts: Part[] = [];
  while (reader.at < reader.pattern.length && !'|)'.includes(reader.pattern[reader.at] ?? '')) {
    parts.push(readQuantified(reader));
  }
  if (parts.length === 0) return NOTHING;
  return (steps, next) => parts.reduceRight((after, part) => part(steps, after), next);
}

function readQuantified(reader: PatternReader): Part {
  const part = readPart(reader);
  QUANTIFIER.lastIndex = reader.at;
  const [quantifier = '', exactly, comma, upTo] = QUANTIFIER.exec(reader.pattern) ?? [];
  reader.at += quantifier.length;
  if (quantifier === '') return part;
  if (exactly === undefined) {
    const [sign] = quantifier;
    return repeat(part, sign === '+' ? 1 : 0, sign === '?' ? 1 : Number.POSITIVE_INFINITY);
  }
  const least = Number(exactly);
  const most = upTo === '' ? Number.POSITIVE_INFINITY : Number(upTo);
  return repeat(part, least, comma === '' ? least : most);
}

function readPart(reader: PatternReader): Part {
  if (reader.pattern[reader.at] === '(') return readGroup(reader);
  ATOM.lastIndex = reader.at;
  const atom = ATOM.exec(reader.pattern)?.[0] ?? '';
  reader.at += atom.length;
  if (/^\\[1-9k]/.test(atom)) throw new SyntaxError(`\`${atom}\` is not supported`);
  const place = PLACES[atom];
  if (place) return placed(place);
  const one = new RegExp(`^${atom}$`, 'u');
  return (steps, next) => push(steps, { kind: 'character', fits: (text) => one.test(text), next });
}

function readGroup(reader: PatternReader): Part {
  GROUP.lastIndex = reader.at;
  const opening = GROUP.exec(reader.pattern)?.[0];
  if (opening === undefined) {
    throw new SyntaxError(`\`${reader.pattern.slice(reader.at, reader.at + 3)}\` is not supported`);
  }
  if (reader.depth === DEEPEST) throw new SyntaxError(`it is nested more than ${DEEPEST} deep`);
  reader.depth += 1;
  reader.at += opening.length;
  const whole = readAlternatives(reader);
  reader.at += 1;
  reader.depth -= 1;
  return whole;
}

const PLACES: Readonly<Record<string, HoldsAt>> = {
  '^': (_, index) => index === 0,
  $: (text, index) => index === text.length,
  '\\b': isWordEdge,
  '\\B': (text, index) => !isWordEdge(text, index),
};

function isWordEdge(text: readonly string[], index: number): boolean {
  return isWord(text[index - 1]) !== isWord(text[index]);
}

function isWord(character = ''): boolean {
  return /^\w$/.test(character);
}

/** A step even so, or a repetition of it would cost nothing and could go on for ever. */
const NOTHING: Part = placed(() => true);

function placed(holds: HoldsAt): Part {
  return (steps, next) => push(steps, { kind: 'place', holds, next });
}

function either(one: Part, other: Part): Part {
  return (steps, next) => {
    return push(steps, { kind: 'fork', next: one(steps, next), other: other(steps, next) });
  };
}

function repeat(part: Part, least: number, most: number): Part {
  if (most === 0) return NOTHING;
  return (steps, next) => {
    let first = next;
    if (most === Number.POSITIVE_INFINITY) {
      const loop = { kind: 'fork' as const, next, other: next };
      first = push(steps, loop);
      loop.other = part(steps, first);
    }
    for (let count = least; count < most && most !== Number.POSITIVE_INFINITY; count += 1) {
      first = push(steps, { kind: 'fork', next, other: part(steps, first) });
    }
    for (let count = 0; count < least; count += 1) first = part(steps, first);
    return first;
  };
}

function push(steps: Step[], step: Step): number {
  if (steps.length >= MOST_STEPS) throw new SyntaxError('it is too large');
  return steps.push(step) - 1;
}

/** Walks all ways through the steps at once, from every character on. */
function run(steps: readonly Step[], first: number, text: readonly string[]): boolean {
  let current = new Set<number>();
  for (let index = 0; index <= text.length; index += 1) {
    const reached = reach(steps, [...current, first], (holds) => holds(text, index));
    if (reached.has(0)) return true;
    current = new Set();
    for (const place of reached) {
      const step = steps[place];
      if (step?.kind === 'character' && step.fits(text[index] ?? '')) current.add(step.next);
    }
  }
  return false;
}

/** The steps that can be reached without a character. */
function reach(
  steps: readonly Step[],
  starts: number[],
  holds: (place: HoldsAt) => boolean,
): ReadonlySet<number> {
  const reached = new Set<number>();
  for (let place = starts.pop(); place !== undefined; place = starts.pop()) {
    if (reached.has(place)) continue;
    reached.add(place);
    const step = steps[place];
    if (step?.kind === 'fork') starts.push(step.next, step.other);
    if (step?.kind === 'place' && holds(step.holds)) starts.push(step.next);
  }
  return reached;
}
