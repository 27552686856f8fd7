import { add, divide, multiply, remainder } from './decimal.ts';
import { between, type Moment, SECONDS_OF_DAY, scale, shift } from './moment.ts';
import {
  type Expression,
  evaluateAs,
  expression,
  fail,
  type Operands,
  type Operator,
} from './parser.ts';
import { TYPE_NAMES, type Type, type Value } from './value.ts';

export type ArithmeticOperator = 'add' | 'sub' | 'mul' | 'div' | 'divby' | 'mod';

type Reckon = (left: Value, right: Value) => Value;

/** What an operator makes of moments and days. */
interface TimeRule {
  readonly gives: Type;
  readonly reckon: Reckon;
}

const NUMBER_RULES: Readonly<Record<ArithmeticOperator, (left: number, right: number) => number>> =
  {
    add,
    sub: (left, right) => add(left, -right),
    mul: multiply,
    div: divide,
    divby: divide,
    mod: remainder,
  };

/** By operator and the types of its operands. */
const TIME_RULES: Readonly<Record<string, TimeRule>> = {
  'date-time add duration': { gives: 'date-time', reckon: moments((one, by) => shift(one, by, 1)) },
  'date-time sub duration': {
    gives: 'date-time',
    reckon: moments((one, by) => shift(one, by, -1)),
  },
  'date-time sub date-time': {
    gives: 'duration',
    reckon: moments((to, from) => between(from, to)),
  },
  'duration add duration': { gives: 'duration', reckon: moments((one, by) => shift(one, by, 1)) },
  'duration sub duration': { gives: 'duration', reckon: moments((one, by) => shift(one, by, -1)) },
  'date add duration': { gives: 'date', reckon: (day, by) => shiftDay(day, by, 1) },
  'date sub duration': { gives: 'date', reckon: (day, by) => shiftDay(day, by, -1) },
  'date sub date': { gives: 'duration', reckon: betweenDays },
  'duration mul number': { gives: 'duration', reckon: (length, by) => part(length, by, 'times') },
  'number mul duration': { gives: 'duration', reckon: (by, length) => part(length, by, 'times') },
  'duration div number': { gives: 'duration', reckon: (length, by) => part(length, by, 'part') },
  'duration divby number': { gives: 'duration', reckon: (length, by) => part(length, by, 'part') },
};

/**
 * Reckons with two expressions; null makes null. Numbers are reckoned as they are written, in decimals.
 *
 * @see https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html, 5.1.1.2
 */
export function compileArithmetic(
  { word, at }: Operator<ArithmeticOperator>,
  operands: Operands,
): Expression {
  const [left, right] = operands;
  const time = TIME_RULES[`${kind(left.type)} ${word} ${kind(right.type)}`];
  if (time) {
    if (word === 'div' || word === 'divby') needDivisor(word, right);
    return reckoned(time.gives, operands, time.reckon);
  }
  if (!operands.every(({ type }) => isNumeric(type))) {
    const names = `${TYPE_NAMES[left.type]} and ${TYPE_NAMES[right.type]}`;
    fail(at, `\`${word}\` cannot reckon with ${names}.`);
  }
  return compileNumbers({ word, at }, operands);
}

/** Changes the sign of a number or a Duration. */
export function compileNegation(at: number, operand: Expression): Expression {
  const { type } = operand;
  if (type === 'duration') {
    return reckoned(type, [operand, operand], (one) => part(one, -1, 'times'));
  }
  if (!isNumeric(type)) {
    fail(at, `\`-\` needs a number or a Duration; this is ${TYPE_NAMES[type]}.`);
  }
  return numbers(type === 'integer' ? type : 'number', [operand, operand], (one) => -one);
}

function compileNumbers(
  { word, at }: Operator<ArithmeticOperator>,
  operands: Operands,
): Expression {
  const [left, right] = operands;
  const areIntegers = left.type === 'integer' && right.type === 'integer';
  if (word === 'mod' || (word === 'div' && areIntegers)) needDivisor(word, right);
  if (word !== 'div' || areIntegers) {
    const rule = NUMBER_RULES[word];
    const isWhole = word === 'div';
    const reckon = isWhole ? (one: number, by: number) => Math.trunc(rule(one, by)) : rule;
    return numbers(areIntegers && word !== 'divby' ? 'integer' : 'number', operands, reckon);
  }
  // Whether a rest is left out hangs on whether both are integers, which must then be known.
  if (operands.every(({ type }) => type === 'integer' || type === 'any')) {
    fail(at, '`div` must know whether both numbers are integers; `divby` need not.');
  }
  return numbers('number', operands, divide);
}

/** Division by zero fails, and that must be known before there are items (5.1.1.2.5, 5.1.1.2.6). */
function needDivisor(word: string, divisor: Expression): void {
  if (divisor.type === 'null' || (divisor.isConstant && divisor.evaluate([]) !== 0)) return;
  const reason = divisor.isConstant ? 'cannot divide by zero' : 'can divide by a constant only';
  fail(divisor.at, `\`${word}\` ${reason}.`);
}

function numbers(
  gives: 'integer' | 'number',
  operands: Operands,
  reckon: (left: number, right: number) => number,
): Expression {
  return reckoned(gives, operands, (left, right) => {
    if (typeof left !== 'number' || typeof right !== 'number') return null;
    const result = reckon(left, right);
    // An integer that no number can say exactly is not known.
    return gives === 'integer' && !Number.isSafeInteger(result) ? null : result;
  });
}

function reckoned(gives: Type, operands: Operands, reckon: Reckon): Expression {
  const [left, right] = operands;
  const first = evaluateAs('number', left);
  const second = evaluateAs('number', right);
  return expression(gives, left.at, operands, (scope) => reckon(first(scope), second(scope)));
}

function kind(type: Type): Type {
  return type === 'integer' ? 'number' : type;
}

function isNumeric(type: Type): boolean {
  return type === 'integer' || type === 'number' || type === 'any' || type === 'null';
}

function moments(reckon: (left: Moment, right: Moment) => Moment): Reckon {
  return (left, right) => (isMoment(left) && isMoment(right) ? reckon(left, right) : null);
}

function isMoment(value: Value): value is Moment {
  return typeof value === 'object' && value !== null;
}

/** A day is shifted as its first moment is (5.1.1.2.1). */
function shiftDay(day: Value, by: Value, times: 1 | -1): Value {
  if (typeof day !== 'number' || !isMoment(by)) return null;
  const start = { seconds: day * SECONDS_OF_DAY, pico: 0, offset: 0 };
  return Math.floor(shift(start, by, times).seconds / SECONDS_OF_DAY);
}

function betweenDays(to: Value, from: Value): Value {
  if (typeof to !== 'number' || typeof from !== 'number') return null;
  return { seconds: (to - from) * SECONDS_OF_DAY, pico: 0, offset: 0 };
}

function part(length: Value, by: Value, way: 'times' | 'part'): Value {
  return isMoment(length) && typeof by === 'number' ? (scale(length, by, way) ?? null) : null;
}
