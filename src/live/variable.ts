import type { ShellText } from '../check/shell-word.ts';

/** Stands for a variable in a request that is only written down; encoding leaves it as it is. */
export function markOf(variable: string): string {
  return `exactmatch0${variable}0variable`;
}

const MARK = /exactmatch0(\w+?)0variable/;

/** Splits a text at the marks in it. */
export function splitMarks(text: string): ShellText {
  return text.split(MARK).map((piece, index) => (index % 2 === 0 ? piece : { variable: piece }));
}

/** The name of a variable of the shell for something that has another name: `petId`, `X_API_KEY`. */
export function variableFor(name: string): string {
  return name.replaceAll(/\W/g, '_').replace(/^(?=\d)/, '_');
}
