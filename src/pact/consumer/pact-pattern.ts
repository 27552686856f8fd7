import { regularExpression } from '../../schema/regular-expression.ts';

/**
 * A `pattern` as Pact's regular expressions have it, or `undefined` where they cannot say the same.
 *
 * Pact's engine is Oniguruma, and takes a text only as a whole. So what does not reach from `^` to `$`
 * is surrounded by anything; an expression may take more than the pattern does (`\d` takes the digits
 * of every script), and never less.
 *
 * @see https://github.com/kkos/oniguruma/blob/master/doc/RE
 */
export function toPactPattern(pattern: string): string | undefined {
  const isUnicode = regularExpression(pattern).unicode;
  const reading: Reading = {
    source: pattern,
    at: 0,
    // In the older mode, `\\u{…}` and `\\p{…}` are letters that are repeated.
    isTranslatable: isUnicode || !/\\[up]\{/i.test(pattern),
    isNamed: false,
  };
  const parts: string[] = [];
  let isChoice = false;
  let depth = 0;
  while (reading.at < pattern.length) {
    const part = translateNext(reading);
    if (part.startsWith('(')) depth += 1;
    if (part === ')') depth -= 1;
    isChoice ||= part === '|' && depth === 0;
    parts.push(part);
  }
  if (!reading.isTranslatable || (reading.isNamed && /\\[1-9]/.test(pattern))) return undefined;
  if (isChoice) return `^${ANYTHING}(?:${parts.join('')})${ANYTHING}$`;
  const start = parts[0] === START ? 1 : 0;
  const end = parts.length > start && parts.at(-1) === END ? parts.length - 1 : parts.length;
  const body = parts.slice(start, end).join('');
  const before = start === 1 ? '' : ANYTHING;
  const behind = end < parts.length ? '' : ANYTHING;
  return body === '' && behind !== '' ? undefined : `^${before}${body}${behind}$`;
}

const ANYTHING = '[\\s\\S]*';
/** Of the text: `^` and `$` are those of a line. */
const START = '\\A';
const END = '\\z';

interface Reading {
  readonly source: string;
  at: number;
  isTranslatable: boolean;
  isNamed: boolean;
}

/** Modifiers of other meaning, and what looks behind by more than a fixed length. */
const UNTRANSLATABLE = /\(\?(?:<[=!]|[a-z]*[ms]|-)/y;
const QUANTIFIER = /(\{\d+(?:,\d*)?\}|[*+?])(\??)/y;

function translateNext(reading: Reading): string {
  const { source, at } = reading;
  const character = source[at] ?? '';
  if (character === '\\') return translateEscape(reading);
  if (character === '[') return translateClass(reading);
  if (take(reading, UNTRANSLATABLE)) {
    reading.isTranslatable = false;
    return '';
  }
  const quantifier = take(reading, QUANTIFIER);
  // A `?` behind `{2}` makes it optional there, and means nothing here.
  if (quantifier)
    return /^\{\d+\}$/.test(quantifier[1] ?? '') ? (quantifier[1] ?? '') : quantifier[0];
  reading.at += 1;
  if (character === '^') return START;
  if (character === '$') return END;
  if (character === '{' || character === '}') return `\\${character}`;
  if (character === '(' && source[reading.at] === '?') {
    const head = take(reading, /\?(?:[:=!]|<[^>]*>|[a-z]*:)/y)?.[0] ?? '';
    reading.isNamed ||= head.startsWith('?<');
    return `(${head}`;
  }
  return character;
}

/** Those that mean the same to both engines. */
const SAME = /\\(?:[dwsbBfnrtv0]|[1-9]|c[A-Za-z]|x[\dA-Fa-f]{2}|k<[^>]+>)/y;
const PUNCTUATION = /\\([^\p{L}\p{N}])/uy;
const CODE =
  /\\u\{([\dA-Fa-f]+)\}|\\u([Dd][89ABab][\dA-Fa-f]{2})\\u([Dd][C-Fc-f][\dA-Fa-f]{2})|\\u([\dA-Fa-f]{4})/y;
const PROPERTY = /\\([pP])\{(?:(?:Script(?:_Extensions)?|scx?|General_Category|gc)=)?([^}=]+)\}/y;
const NEGATED: Readonly<Record<string, string>> = { D: '[^0-9]', W: '[^A-Za-z0-9_]', S: '\\S' };

function translateEscape(reading: Reading): string {
  const same = take(reading, SAME) ?? take(reading, /\\\//y);
  if (same) return same[0] === '\\/' ? '/' : same[0];
  const punctuation = take(reading, PUNCTUATION);
  if (punctuation) return punctuation[0];
  const code = translateCode(reading);
  if (code !== undefined) return code;
  const property = take(reading, PROPERTY);
  if (property) return `\\${property[1]}{${property[2]}}`;
  const letter = reading.source[reading.at + 1] ?? '';
  const isProperty = letter === 'p' || letter === 'P';
  if (isProperty || letter === '') reading.isTranslatable = false;
  reading.at += 2;
  // An escape that means nothing is the letter itself, and another class to Oniguruma.
  return NEGATED[letter] ?? letter;
}

function translateCode(reading: Reading): string | undefined {
  const found = take(reading, CODE);
  if (!found) return undefined;
  const [, braced, high, low, four] = found;
  const text =
    high !== undefined && low !== undefined
      ? String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low, 16))
      : String.fromCodePoint(Number.parseInt(braced ?? four ?? '', 16));
  return /[\p{L}\p{N}]/u.test(text) ? text : `\\x{${(text.codePointAt(0) ?? 0).toString(16)}}`;
}

/** In a negated class, one that takes more would make the whole take less. */
const ASCII: Readonly<Record<string, string>> = { d: '0-9', w: 'A-Za-z0-9_' };

function translateClass(reading: Reading): string {
  const open = take(reading, /\[\^?/y)?.[0] ?? '[';
  if (reading.source[reading.at] === ']') {
    reading.at += 1;
    if (open === '[^') return '[\\s\\S]';
    reading.isTranslatable = false;
    return '';
  }
  let body = '';
  while (reading.at < reading.source.length && reading.source[reading.at] !== ']') {
    const ascii = take(reading, /\\([dw])/y)?.[1];
    if (ascii !== undefined) body += open === '[^' ? (ASCII[ascii] ?? '') : `\\${ascii}`;
    else if (reading.source[reading.at] === '\\') body += translateEscape(reading);
    else {
      const character = take(reading, /&&|./suy)?.[0] ?? '';
      // A class inside a class, and what two have in common.
      body += character === '[' ? '\\[' : character === '&&' ? '&\\&' : character;
    }
  }
  reading.at += 1;
  return `${open}${body}]`;
}

function take(reading: Reading, expression: RegExp): RegExpExecArray | undefined {
  expression.lastIndex = reading.at;
  const found = expression.exec(reading.source) ?? undefined;
  if (found) reading.at += found[0].length;
  return found;
}
