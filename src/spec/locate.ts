import type { SpecLocation } from '../finding.ts';
import { jsonLocator } from './json-text.ts';
import { tokens } from './pointer.ts';
import type { Node, Position, Source } from './source.ts';
import { yamlLocator } from './yaml.ts';

const locators = new WeakMap<Source, (path: readonly string[]) => Position>();

/** The file, line and column of a node; the text is searched only when somebody asks. */
export function locate(node: Node): SpecLocation {
  const { source, pointer } = node;
  let locator = locators.get(source);
  if (!locator) {
    locator = (source.syntax === 'json' ? jsonLocator : yamlLocator)(source.text());
    locators.set(source, locator);
  }
  return { file: source.file, ...locator(tokens(pointer) ?? []), pointer };
}
