import type { SpecLocation } from '../finding.ts';
import type { Spec } from '../spec/spec.ts';
import { type Frame, frameOf } from './frame.ts';
import type { TextSource } from './report.ts';

const texts = new WeakMap<TextSource, readonly string[]>();

/** The lines of the document around a rule; `undefined` when it is of no file that is known. */
export function documentFrame(
  spec: Spec,
  { file, line, column }: SpecLocation,
  others: readonly TextSource[] = [],
): Frame | undefined {
  for (const source of [...spec.sources.values(), ...others]) {
    if (source.file !== file) continue;
    const lines = linesOf(source);
    const from = column - 1;
    return frameOf(lines, { line: line - 1, from, to: endOf(lines[line - 1] ?? '', from) }, true);
  }
  return undefined;
}

function linesOf(source: TextSource): readonly string[] {
  let lines = texts.get(source);
  if (!lines) {
    lines = textOf(source).split(/\r?\n/);
    texts.set(source, lines);
  }
  return lines;
}

/** A file that has gone since it was read shows nothing. */
function textOf(source: TextSource): string {
  try {
    return source.text();
  } catch {
    return '';
  }
}

/** A line that is longer holds more than one rule: it is of JSON without line ends. */
const LINE = 200;

/** A rule is marked to the end of its line, without a comma or a brace behind it. */
function endOf(text: string, from: number): number {
  const rest = text.slice(from, from + LINE);
  const own =
    text.length > LINE ? (/^"[^"]*"\s*:\s*[[{]?[^,}\]]*/.exec(rest)?.[0] ?? rest) : flowPart(rest);
  return from + own.replace(/[\s,{[]+$/, '').length;
}

/** Of several rules in one line, as `{ minLength: 1, maxLength: 40 }`, the first; else all of the text. */
function flowPart(text: string): string {
  let depth = 0;
  let comma = -1;
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (/["']/.test(character) && /[\s:,[{]/.test(text[at - 1] ?? ' ')) quote = character;
    else if (/[[{]/.test(character)) depth += 1;
    else if (character === ',' && depth === 0 && comma === -1) comma = at;
    else if (/[\]}]/.test(character)) {
      if (depth === 0) return text.slice(0, comma === -1 ? at : comma);
      depth -= 1;
    }
  }
  return text;
}
