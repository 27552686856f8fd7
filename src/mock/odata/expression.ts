import { type ArithmeticOperator, compileArithmetic, compileNegation } from './arithmetic.ts';
import { readCall } from './call.ts';
import { type ComparisonOperator, compileComparison, compileIn } from './comparison.ts';
import { readLiteral } from './literal.ts';
import { fromClock } from './moment.ts';
import {
  close,
  type Evaluate,
  type Expression,
  expression,
  fail,
  found,
  needBoolean,
  nest,
  type Operands,
  type Operator,
  type Parser,
  skipBlank,
  take,
  takeMark,
  takeSpaced,
} from './parser.ts';
import { readPath } from './path.ts';
import type { PropertyTypes } from './property-type.ts';

const OPERATOR = /[ \t]+([A-Za-z]+)(?!\w)/y;
const NOT = /not(?=[ \t(])[ \t]*/iy;
const CALL = /[\p{L}_][\p{L}\p{Nd}_.]*(?=\()/uy;

const EQUALITY: readonly ComparisonOperator[] = ['eq', 'ne'];
const RELATION: readonly ComparisonOperator[] = ['gt', 'ge', 'lt', 'le'];
const SUM: readonly ArithmeticOperator[] = ['add', 'sub'];
const PRODUCT: readonly ArithmeticOperator[] = ['mul', 'div', 'divby', 'mod'];

/** What must be known before an expression is read. */
export interface ExpressionOptions {
  readonly types: PropertyTypes;
  readonly now: Date;
  /** Gets the properties of the item that are named. */
  readonly named?: Set<string>;
}

export function openParser(text: string, options: ExpressionOptions): Parser {
  const { types, now, named = new Set() } = options;
  const moment = fromClock(now);
  return { text, at: 0, depth: 0, types, now: moment, named, variables: [], readExpression };
}

/**
 * Reads an expression as far as it goes: what binds least is read first.
 *
 * @see https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html, 5.1.1.17
 */
export function readExpression(parser: Parser): Expression {
  return nest(parser, readDisjunction);
}

function readDisjunction(parser: Parser): Expression {
  return readJunction(parser, 'or', readConjunction);
}

function readConjunction(parser: Parser): Expression {
  return readJunction(parser, 'and', readEquality);
}

function readEquality(parser: Parser): Expression {
  return readBinary(parser, {
    operators: EQUALITY,
    read: readRelation,
    compile: compileComparison,
  });
}

function readRelation(parser: Parser): Expression {
  return readBinary(parser, { operators: RELATION, read: readSum, compile: compileComparison });
}

function readSum(parser: Parser): Expression {
  return readBinary(parser, { operators: SUM, read: readProduct, compile: compileArithmetic });
}

function readProduct(parser: Parser): Expression {
  return readBinary(parser, { operators: PRODUCT, read: readUnary, compile: compileArithmetic });
}

/** Operators that bind alike, and what stands between them. */
interface Level<T extends string> {
  readonly operators: readonly T[];
  readonly read: (parser: Parser) => Expression;
  readonly compile: (operator: Operator<T>, operands: Operands) => Expression;
}

function readBinary<T extends string>(parser: Parser, level: Level<T>): Expression {
  let left = level.read(parser);
  for (;;) {
    const operator = takeOperator(parser, level.operators);
    if (!operator) return left;
    left = level.compile(operator, [left, level.read(parser)]);
  }
}

/** All operands of a row of `and` or `or` at once, so that a long row is not deep. */
function readJunction(
  parser: Parser,
  word: 'and' | 'or',
  read: (parser: Parser) => Expression,
): Expression {
  const first = read(parser);
  const operands = [first];
  while (takeOperator(parser, [word])) operands.push(read(parser));
  if (operands.length === 1) return first;
  for (const operand of operands) needBoolean(operand, `What \`${word}\` joins`);
  const tests = operands.map(({ evaluate }) => evaluate);
  return expression('boolean', first.at, operands, join(tests, word === 'or'));
}

/** An operand that is as `decisive` decides; else one that is null leaves it unknown. */
function join(tests: readonly Evaluate[], decisive: boolean): Evaluate {
  return (scope) => {
    let isKnown = true;
    for (const test of tests) {
      const value = test(scope);
      if (value === decisive) return decisive;
      if (value !== !decisive) isKnown = false;
    }
    return isKnown ? !decisive : null;
  };
}

/** Takes an operator with blanks around it, in either case. */
function takeOperator<T extends string>(
  parser: Parser,
  operators: readonly T[],
): Operator<T> | undefined {
  OPERATOR.lastIndex = parser.at;
  const [whole = '', name = ''] = OPERATOR.exec(parser.text) ?? [];
  const word = operators.find((one) => one === name.toLowerCase());
  if (word === undefined) return undefined;
  parser.at += whole.length;
  const at = parser.at - name.length;
  const isFollowed = parser.at < parser.text.length;
  const start = parser.at;
  skipBlank(parser);
  if (isFollowed && parser.at === start) fail(start, `There must be a space behind \`${name}\`.`);
  return { word, at };
}

function readUnary(parser: Parser): Expression {
  const { at } = parser;
  if (take(parser, NOT) !== undefined) {
    const operand = nest(parser, readUnary);
    needBoolean(operand, 'What `not` negates');
    return expression('boolean', at, [operand], negate(operand.evaluate));
  }
  const literal = readLiteral(parser);
  if (literal) return readIn(parser, literal);
  if (takeMark(parser, '-')) {
    skipBlank(parser);
    return compileNegation(at, nest(parser, readUnary));
  }
  return readIn(parser, readPrimary(parser));
}

function negate(test: Evaluate): Evaluate {
  return (scope) => {
    const value = test(scope);
    return typeof value === 'boolean' ? !value : null;
  };
}

function readPrimary(parser: Parser): Expression {
  const { at } = parser;
  if (takeMark(parser, '(')) {
    skipBlank(parser);
    const whole = readExpression(parser);
    close(parser, at);
    return whole;
  }
  const name = take(parser, CALL);
  return name === undefined ? readPath(parser) : readCall(parser, { name, at });
}

/** `in` binds as closely as a function does, and so does `has`. */
function readIn(parser: Parser, left: Expression): Expression {
  const operator = takeOperator(parser, ['in', 'has']);
  if (!operator) return left;
  const { word, at } = operator;
  if (word === 'has') fail(at, '`has` is not supported.');
  return compileIn(
    { word, at },
    left,
    readLiterals(parser) ?? readLiteral(parser) ?? readPrimary(parser),
  );
}

/** Reads literals in parentheses; `undefined` when it is an expression that is in them, or none. */
function readLiterals(parser: Parser): readonly Expression[] | undefined {
  const opened = parser.at;
  if (!takeMark(parser, '(')) return undefined;
  skipBlank(parser);
  if (takeMark(parser, ')')) return [];
  const first = readLiteral(parser);
  if (!first) {
    parser.at = opened;
    return undefined;
  }
  const literals = [first];
  while (takeSpaced(parser, ',')) {
    const literal = readLiteral(parser);
    if (!literal) fail(parser.at, `There must be a literal here, not ${found(parser)}.`);
    literals.push(literal);
  }
  close(parser, opened);
  return literals;
}
