import { isArray, isObject, type Json, type JsonObject } from '../../json.ts';
import { close, end, fail, found, nest, type Parser, skipBlank, take, takeMark } from './parser.ts';

/** Whether texts, all in lower case, are as a search wants them. */
type Test = (texts: readonly string[]) => boolean;

const PHRASE = /"([^"]*)"/y;
const WORD = /[^\s()";]+/y;
const AND = /[ \t]+AND[ \t]+(?=[^\s)])/y;
const OR = /[ \t]+OR[ \t]+(?=[^\s)])/y;
const NOT = /NOT[ \t]+(?=[^\s)])/y;
const NEXT = /[ \t]+(?=[^\s)])/y;

/**
 * Reads `$search`: an item matches a word or phrase that one of its strings has in it, in either case.
 *
 * @see https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html, 5.1.8.1
 */
export function readSearch(parser: Parser): (item: JsonObject) => boolean {
  skipBlank(parser);
  if (parser.text[parser.at] === "'") {
    fail(parser.at, 'Incomplete expressions in single quotes are not supported.');
  }
  const test = readAny(parser);
  end(parser, 'a space and a word');
  return (item) => test(textsOf(item));
}

function readAny(parser: Parser): Test {
  const tests = [readAll(parser)];
  while (take(parser, OR) !== undefined) tests.push(readAll(parser));
  return (texts) => tests.some((test) => test(texts));
}

/** Words side by side are joined by `AND` too; where no other follows, `OR` is a word. */
function readAll(parser: Parser): Test {
  const tests = [readOne(parser)];
  while (take(parser, AND) !== undefined || takeNext(parser)) tests.push(readOne(parser));
  return (texts) => tests.every((test) => test(texts));
}

function takeNext(parser: Parser): boolean {
  OR.lastIndex = parser.at;
  return !OR.test(parser.text) && take(parser, NEXT) !== undefined;
}

function readOne(parser: Parser): Test {
  const { at } = parser;
  if (take(parser, NOT) !== undefined) {
    const test = nest(parser, readOne);
    return (texts) => !test(texts);
  }
  if (takeMark(parser, '(')) {
    skipBlank(parser);
    const test = nest(parser, readAny);
    close(parser, at);
    return test;
  }
  const phrase = take(parser, PHRASE)?.slice(1, -1);
  if (parser.text[at] === '"' && !phrase) {
    const reason =
      phrase === '' ? 'The phrase is empty.' : 'The phrase that starts here has no end.';
    fail(at, reason);
  }
  const term = (phrase ?? take(parser, WORD))?.toLowerCase();
  if (term === undefined) fail(at, `There must be a word here, not ${found(parser)}.`);
  return (texts) => texts.some((text) => text.includes(term));
}

/** The strings of an item, however deep; what they are called and control information are none. */
function textsOf(item: JsonObject): readonly string[] {
  const texts: string[] = [];
  const rest: Json[] = [item];
  for (let value = rest.pop(); value !== undefined; value = rest.pop()) {
    if (typeof value === 'string') texts.push(value.toLowerCase());
    if (isArray(value)) rest.push(...value);
    if (!isObject(value)) continue;
    for (const [name, member] of Object.entries(value)) {
      if (!name.includes('@')) rest.push(member);
    }
  }
  return texts;
}
