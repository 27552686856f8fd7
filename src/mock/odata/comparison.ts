import { toDuration } from './literal.ts';
import {
  constant,
  type Evaluate,
  type Expression,
  evaluateAs,
  expression,
  fail,
  type Operands,
  type Operator,
} from './parser.ts';
import { compare, elementsOf, isEqual, readerOf, TYPE_NAMES, type Type } from './value.ts';

/** The operators that compare two values. */
export type ComparisonOperator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

type Judge = (order: number) => boolean;

const ORDERS: Readonly<Record<'gt' | 'ge' | 'lt' | 'le', Judge>> = {
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
};

/**
 * Compares two expressions: null equals null only, and is neither less nor greater than anything.
 *
 * @see https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html, 5.1.1.1
 */
export function compileComparison(
  operator: Operator<ComparisonOperator>,
  operands: Operands,
): Expression {
  const [left, right] = operands;
  if (left.type === 'null' || right.type === 'null') return compareWithNull(operator, operands);
  const [one, other, type] = pair(operator, operands);
  const first = evaluateAs(type, one);
  const second = evaluateAs(type, other);
  return expression('boolean', left.at, operands, judge(operator.word, first, second));
}

function judge(operator: ComparisonOperator, first: Evaluate, second: Evaluate): Evaluate {
  if (operator === 'eq') return (scope) => isEqual(first(scope), second(scope));
  if (operator === 'ne') return (scope) => !isEqual(first(scope), second(scope));
  const holds = ORDERS[operator];
  return (scope) => holds(compare(first(scope), second(scope)));
}

/** Whatever stands in an item, of whatever type, is null or is not. */
function compareWithNull(
  { word, at }: Operator<ComparisonOperator>,
  operands: Operands,
): Expression {
  const [left, right] = operands;
  const subject = left.type === 'null' ? right : left;
  const read = subject.read ?? subject.evaluate;
  if (word !== 'eq' && word !== 'ne') {
    if (isCompound(subject.type)) fail(at, `\`${word}\` cannot order ${TYPE_NAMES[subject.type]}.`);
    return expression('boolean', left.at, operands, () => false);
  }
  const isWanted = word === 'eq';
  return expression('boolean', left.at, operands, (scope) => {
    return ((read(scope) ?? null) === null) === isWanted;
  });
}

/** The expressions as they are compared, and the type that they are compared as. */
function pair(
  { word, at }: Operator<string>,
  [left, right]: Operands,
): readonly [Expression, Expression, Type] {
  const type = commonType(left.type, right.type);
  if (type === 'any') fail(at, `\`${word}\` must know the type of one of the two values.`);
  if (type) return [left, right, type];
  const second = promoted(right, left.type);
  if (second) return [left, second, left.type];
  const first = promoted(left, right.type);
  if (first) return [first, right, right.type];
  const names = [TYPE_NAMES[left.type], TYPE_NAMES[right.type]];
  fail(at, `\`${word}\` cannot compare ${names.join(' with ')}.${hint(left.type, right.type)}`);
}

const DAY = 86_400;

/**
 * A literal as the type of what it is compared with, where services take it for that: a string for a
 * Duration or a GUID, and a day, which begins at midnight UTC, for a point in time.
 */
function promoted(literal: Expression, type: Type): Expression | undefined {
  const { at, literal: text } = literal;
  if (type === 'duration' && text !== undefined) return toDuration(literal);
  if (type === 'guid' && text !== undefined) return constant('guid', at, text.toLowerCase());
  if (type !== 'date-time' || literal.type !== 'date' || !literal.isConstant) return undefined;
  const days = literal.evaluate([]);
  if (typeof days !== 'number') return undefined;
  return constant('date-time', at, { seconds: days * DAY, pico: 0, offset: 0 });
}

function hint(one: Type, other: Type): string {
  const types = [one, other];
  if (types.some(isCompound)) {
    return ' Objects and collections are compared with null only.';
  }
  if (types.includes('date-time') && types.includes('date')) {
    return ' A DateTimeOffset has a time and an offset: 2024-05-01T00:00:00Z.';
  }
  return types.includes('string') ? ' Only strings stand in quotes.' : '';
}

/** The type that values of both types can be compared as, if there is one. */
function commonType(one: Type, other: Type): Type | undefined {
  if (isCompound(one) || isCompound(other)) return undefined;
  if (one === other || other === 'any') return one;
  if (one === 'any' || one === 'null') return other;
  return isNumeric(one) && isNumeric(other) ? 'number' : undefined;
}

function isCompound(type: Type): boolean {
  return type === 'object' || type === 'collection';
}

function isNumeric(type: Type): boolean {
  return type === 'number' || type === 'integer';
}

/**
 * Whether a value is one of a list of literals, or an element of a collection.
 *
 * @see https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html, 5.1.1.1.11
 */
export function compileIn(
  operator: Operator<'in'>,
  left: Expression,
  right: Expression | readonly Expression[],
): Expression {
  if ('type' in right) return compileMember(operator, [left, right]);
  const tests = right.map((literal) => {
    return compileComparison({ word: 'eq', at: literal.at }, [left, literal]);
  });
  return expression('boolean', left.at, [left, ...right], (scope) => {
    return tests.some((test) => test.evaluate(scope) === true);
  });
}

function compileMember(operator: Operator<'in'>, [left, right]: Operands): Expression {
  const { elements, read } = right;
  if (!elements || !read) {
    fail(right.at, `\`in\` needs a list or a collection; this is ${TYPE_NAMES[right.type]}.`);
  }
  const element: Expression = { ...right, type: elements.type };
  const [one, , type] = pair(operator, [left, element]);
  const find = evaluateAs(type, one);
  const readElement = readerOf(elements.type === 'any' ? type : elements.type);
  return expression('boolean', left.at, [left, right], (scope) => {
    const value = find(scope);
    return elementsOf(read(scope)).some((member) => isEqual(value, readElement(member)));
  });
}
