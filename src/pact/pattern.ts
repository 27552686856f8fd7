const known = new Map<string, RegExp | undefined>();
/** So many patterns are remembered. */
const REMEMBERED = 1_000;

/**
 * The regular expression of a matching rule, which Pact's libraries read by Java's or Oniguruma's
 * syntax; `undefined` when it says something that JavaScript has no word for, or another one.
 */
export function patternOf(regex: string): RegExp | undefined {
  if (!known.has(regex)) {
    if (known.size >= REMEMBERED) known.clear();
    known.set(regex, read(regex));
  }
  return known.get(regex);
}

function read(regex: string): RegExp | undefined {
  // Sets within sets, classes by name and possessive repetitions mean something else here.
  if (/\[\[|&&|\[:|[*+?}]\+/.test(regex)) return undefined;
  const [, flags, rest] = /^\(\?([ims]+)\)(.*)$/s.exec(regex) ?? [];
  const own = flags === undefined ? regex : `(?${flags}:${rest})`;
  return compile(own) ?? compile(plain(own));
}

/** What is no letter needs no backslash, and Unicode mode takes none before most of it. */
function plain(regex: string): string {
  return regex
    .replaceAll(/\\([^\w\\^$.*+?()[\]{}|/-])/g, '$1')
    .replaceAll(/\[(?:[^\]\\]|\\.)*\]|\\-/gs, (found) => (found === '\\-' ? '-' : found))
    .replaceAll(/^\\A|\\[zZ]$/g, (found) => (found === '\\A' ? '^' : '$'));
}

function compile(source: string): RegExp | undefined {
  try {
    return new RegExp(source, 'u');
  } catch {
    return undefined;
  }
}
