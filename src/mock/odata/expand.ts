import { close, end, fail, type Parser, skipBlank, take, takeMark, takeSpaced } from './parser.ts';
import { readPropertyName, readSelection, type Selection } from './select.ts';

/** The related resources to answer with, and what is selected of each; `undefined`: all of it. */
export type Expansion = ReadonlyMap<string, Selection | undefined>;

const NESTED_SELECT = /\$?select=/iy;

/** What can be expanded. */
interface Expandable {
  /** The navigation properties there are; `undefined`: any property that holds objects. */
  readonly navigation: readonly string[] | undefined;
  /** What else. */
  readonly expandable: readonly string[];
}

/**
 * Reads `$expand`: names of navigation properties, each perhaps with `($select=…)`; `*` is all of them.
 *
 * @see https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html, 5.1.3
 */
export function readExpand(parser: Parser, { navigation, expandable }: Expandable): Expansion {
  const expansion = new Map<string, Selection | undefined>();
  skipBlank(parser);
  do {
    const { at } = parser;
    if (takeMark(parser, '*')) {
      if (!navigation) fail(at, '`*` is not supported; name the properties to expand.');
      for (const name of navigation) if (!expansion.has(name)) expansion.set(name, undefined);
      continue;
    }
    const name = readPropertyName(parser, []);
    if (!expandable.includes(name) && !isNavigation(parser, name, navigation))
      fail(at, refusal(name, navigation));
    if (expansion.has(name)) fail(at, `\`${name}\` is expanded twice.`);
    if (parser.text[parser.at] === '/') fail(parser.at, 'Paths are not supported in `$expand`.');
    expansion.set(name, readOptions(parser, name));
  } while (takeSpaced(parser, ','));
  end(parser, 'a comma');
  return expansion;
}

function isNavigation(
  { types }: Parser,
  name: string,
  navigation: readonly string[] | undefined,
): boolean {
  if (navigation) return navigation.includes(name);
  const type = types([name]);
  return type === 'object' || type === 'collection' || type === 'any';
}

function refusal(name: string, navigation: readonly string[] | undefined): string {
  if (!navigation) return `\`${name}\` holds no resource that could be expanded.`;
  const all = navigation.map((one) => `\`${one}\``).join(', ');
  return `\`${name}\` is no navigation property. ${all ? `There are: ${all}.` : 'There is none.'}`;
}

function readOptions(parser: Parser, name: string): Selection | undefined {
  const opened = parser.at;
  if (!takeMark(parser, '(')) return undefined;
  skipBlank(parser);
  if (take(parser, NESTED_SELECT) === undefined) {
    fail(parser.at, 'Of the options in parentheses, only `$select` is supported.');
  }
  const selection = readSelection(parser, [name]);
  if (parser.text[parser.at] === ';')
    fail(parser.at, 'Only one option in parentheses is supported.');
  close(parser, opened);
  return selection;
}
