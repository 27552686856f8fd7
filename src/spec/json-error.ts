/** A JSON string; its loops cannot overflow the stack of the regular expression engine. */
const STRING = /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})[ !#-[\]-\uffff]*)*"/;
const SCALAR = new RegExp(
  `${STRING.source}|-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|true|false|null`,
  'y',
);
const SPACE = /[ \t\r\n]*/y;

/** What may come next. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma or end';

/**
 * The offset at which a text stops to be JSON: of the first token that cannot be there.
 *
 * `JSON.parse` names it only for some mistakes. The end of the text when it breaks off.
 */
export function jsonErrorOffset(text: string): number {
  const open: string[] = [];
  let expected: Expected = 'value';
  let at = skip(SPACE, text, 0);
  while (at < text.length) {
    const next = step(text, at, expected, open);
    if (!next) return at;
    expected = next.expected;
    at = skip(SPACE, text, next.end);
  }
  return at;
}

interface Step {
  readonly end: number;
  readonly expected: Expected;
}

function step(text: string, at: number, expected: Expected, open: string[]): Step | undefined {
  const character = text[at] ?? '';
  if (expected === 'colon')
    return character === ':' ? { end: at + 1, expected: 'value' } : undefined;
  if (isClosing(character, expected, open)) {
    open.pop();
    return { end: at + 1, expected: 'comma or end' };
  }
  if (expected === 'comma or end') {
    const isMore = character === ',' && open.length > 0;
    return isMore ? { end: at + 1, expected: open.at(-1) === '{' ? 'key' : 'value' } : undefined;
  }
  const isKey = expected === 'key' || expected === 'key or }';
  if (!isKey && (character === '{' || character === '[')) {
    open.push(character);
    return { end: at + 1, expected: character === '{' ? 'key or }' : 'value or ]' };
  }
  const end = skip(SCALAR, text, at);
  if (end === at || (isKey && character !== '"')) return undefined;
  return { end, expected: isKey ? 'colon' : 'comma or end' };
}

function isClosing(character: string, expected: Expected, open: readonly string[]): boolean {
  const container = open.at(-1);
  const isMatching =
    (character === '}' && container === '{') || (character === ']' && container === '[');
  return isMatching && /or (?:end|[\]}])$/.test(expected);
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
