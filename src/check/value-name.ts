import { tokens } from '../spec/pointer.ts';
import { cut } from './percent-encoding.ts';

/**
 * The name of a part of a value, as JavaScript would write it: `error.details[0].code`.
 *
 * @param whole the name of the value itself; empty for a body.
 */
export function nameOfPart(whole: string, pointer: string): string {
  let text = whole;
  for (const token of tokens(pointer) ?? []) {
    if (/^\d+$/.test(token)) text += `[${token}]`;
    else if (/^[@$\w-][@$\w.-]*$/.test(token)) text += text === '' ? token : `.${token}`;
    else text += `[${JSON.stringify(token)}]`;
  }
  return cut(text, 200);
}
