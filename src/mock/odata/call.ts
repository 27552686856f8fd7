import { FUNCTIONS, type FunctionRule } from './functions.ts';
import {
  close,
  constant,
  type Expression,
  evaluateAs,
  expression,
  fail,
  type Parser,
  skipBlank,
  takeMark,
  takeSpaced,
} from './parser.ts';
import { compilePattern, type Matches } from './pattern.ts';
import { readerOf, TYPE_NAMES, type Type } from './value.ts';

/** Functions of OData that are known and not supported. */
const UNSUPPORTED =
  /^(?:case|cast|isof|hassubset|hassubsequence|geo\.(?:distance|intersects|length))$/;
const PATTERN_RULE: Pick<FunctionRule, 'takes'> = { takes: [['string'], ['string']] };
const NOW_RULE: Pick<FunctionRule, 'takes'> = { takes: [] };

/** The name of a function, and where it stands. */
interface FunctionName {
  readonly name: string;
  readonly at: number;
}

/** Reads the arguments of a function, from its `(` on, and checks them against what it takes. */
export function readCall(parser: Parser, called: FunctionName): Expression {
  const { name, at } = called;
  const key = name.toLowerCase();
  const rule = FUNCTIONS.get(key);
  if (rule) {
    const parts = readArguments(parser, called, rule);
    if (key === 'substring') checkLength(parts[2]);
    const values = parts.map((part, index) => evaluateAs(firstOf(rule, index), part));
    return expression(rule.gives, at, parts, (scope) => {
      return rule.reckon(values.map((evaluate) => evaluate(scope)));
    });
  }
  if (key === 'matchespattern') return readMatchesPattern(parser, called);
  if (key === 'now') {
    readArguments(parser, called, NOW_RULE);
    return constant('date-time', at, parser.now);
  }
  if (key === 'any' || key === 'all') {
    fail(at, `\`${name}\` stands behind a collection: \`path/${name}(…)\`.`);
  }
  const reason = UNSUPPORTED.test(key)
    ? `The function \`${name}\` is not supported.`
    : `There is no function \`${name}\`.`;
  fail(at, reason);
}

function readArguments(
  parser: Parser,
  { name, at }: FunctionName,
  { takes, optional = 0 }: Pick<FunctionRule, 'takes' | 'optional'>,
): readonly Expression[] {
  const parts = readList(parser);
  if (parts.length > takes.length || parts.length < takes.length - optional) {
    const most = `${takes.length} argument${takes.length === 1 ? '' : 's'}`;
    const wanted = optional === 0 ? most : `${takes.length - optional} or ${most}`;
    fail(at, `\`${name}\` takes ${wanted}, not ${parts.length}.`);
  }
  for (const [index, part] of parts.entries()) {
    const types = takes[index] ?? [];
    if (!fits(part.type, types) && !isText(part, types)) {
      const wanted = types.map((type) => TYPE_NAMES[type]).join(' or ');
      const reason = `\`${name}\` takes ${wanted} here; this is ${TYPE_NAMES[part.type]}.`;
      fail(part.at, reason);
    }
  }
  return parts.map((part, index) => (isText(part, takes[index]) ? asText(part) : part));
}

/** A GUID in a document is a text, to which functions of texts may be applied. */
function isText({ type }: Expression, types: readonly Type[] = []): boolean {
  return type === 'guid' && types.includes('string');
}

/** As it is written in the item, not as GUIDs are compared. */
function asText(part: Expression): Expression {
  const read = part.read ?? part.evaluate;
  const readText = readerOf('string');
  return { ...part, type: 'string', evaluate: (scope) => readText(read(scope)) };
}

function readList(parser: Parser): readonly Expression[] {
  const opened = parser.at;
  takeMark(parser, '(');
  skipBlank(parser);
  if (takeMark(parser, ')')) return [];
  const parts = [parser.readExpression(parser)];
  while (takeSpaced(parser, ',')) parts.push(parser.readExpression(parser));
  close(parser, opened);
  return parts;
}

/** What is of any type fits where there is one way to read it: a number is read as one of two. */
function fits(type: Type, types: readonly Type[]): boolean {
  if (type === 'any') return types.length === 1 || types.includes('number');
  return type === 'null' || types.includes(type);
}

function firstOf(rule: FunctionRule, index: number): Type {
  return rule.takes[index]?.[0] ?? 'any';
}

/** A negative length fails, and that must be known before there are items (5.1.1.5.7). */
function checkLength(length: Expression | undefined): void {
  if (!length || length.type === 'null') return;
  const value = length.isConstant ? length.evaluate([]) : undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    fail(length.at, 'The length of a substring must be a constant integer, not negative.');
  }
}

function readMatchesPattern(parser: Parser, called: FunctionName): Expression {
  const { at } = called;
  const parts = readArguments(parser, called, PATTERN_RULE);
  const [subject, pattern] = parts;
  if (!subject || !pattern?.isConstant) {
    fail(pattern?.at ?? at, 'A pattern must be a constant.');
  }
  const text = pattern.evaluate([]);
  if (typeof text !== 'string') return constant('boolean', at, null);
  const matches = readPattern(text, pattern.at);
  const evaluate = evaluateAs('string', subject);
  return expression('boolean', at, parts, (scope) => {
    const value = evaluate(scope);
    return typeof value === 'string' ? matches(value) : null;
  });
}

function readPattern(pattern: string, at: number): Matches {
  try {
    return compilePattern(pattern);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const reason = cause.message.replace(/^Invalid regular expression: \/.*\/u: /s, '');
    fail(at, `The pattern cannot be read: ${reason}.`);
  }
}
