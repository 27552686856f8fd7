import { toDuration } from './literal.ts';
import { type Evaluate, type Expression, evaluateAs, expression, fail } from './parser.ts';
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
  operator: ComparisonOperator,
  at: number,
  ...[left, right]: readonly [Expression, Expression]
): Expression {
  if (left.type === 'null' || right.type === 'null') {
    return compareWithNull(operator, at, [left, right]);
  }
  const [one, other, type] = pair(operator, at, [left, right]);
  const first = evaluateAs(type, one);
  const second = evaluateAs(type, other);
  return expression('boolean', left.at, [left, right], judge(operator, first, second));
}

function judge(operator: ComparisonOperator, first: Evaluate, second: Evaluate): Evaluate {
  if (operator === 'eq') return (scope) => isEqual(first(scope), second(scope));
  if (operator === 'ne') return (scope) => !isEqual(first(scope), second(scope));
  const holds = ORDERS[operator];
  return (scope) => holds(compare(first(scope), second(scope)));
}

/** Whatever stands in an item, of whatever type, is null or is not. */
function compareWithNull(
  operator: ComparisonOperator,
  at: number,
  [left, right]: readonly [Expression, Expression],
): Expression {
  const subject = left.type === 'null' ? right : left;
  const read = subject.read ?? subject.evaluate;
  if (operator !== 'eq' && operator !== 'ne') {
    refuseUnordered(operator, at, subject.type);
    return expression('boolean', left.at, [left, right], () => false);
  }
  const isWanted = operator === 'eq';
  return expression('boolean', left.at, [left, right], (scope) => {
    return ((read(scope) ?? null) === null) === isWanted;
  });
}

function refuseUnordered(operator: ComparisonOperator, at: number, type: Type): void {
  if (type === 'object' || type === 'collection') {
    fail(at, `\`${operator}\` cannot order ${TYPE_NAMES[type]}.`);
  }
}

/** The expressions as they are compared, and the type that they are compared as. */
function pair(
  operator: string,
  at: number,
  [left, right]: readonly [Expression, Expression],
): readonly [Expression, Expression, Type] {
  const type = commonType(left.type, right.type);
  if (type) return [left, right, type];
  if (left.type === 'duration' && right.literal !== undefined) {
    return [left, toDuration(right), 'duration'];
  }
  if (right.type === 'duration' && left.literal !== undefined) {
    return [toDuration(left), right, 'duration'];
  }
  const names = [TYPE_NAMES[left.type], TYPE_NAMES[right.type]];
  fail(at, `\`${operator}\` cannot compare ${names.join(' with ')}.${hint(left.type, right.type)}`);
}

function hint(one: Type, other: Type): string {
  const types = [one, other];
  if (types.includes('object') || types.includes('collection')) {
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
  at: number,
  left: Expression,
  right: Expression | readonly Expression[],
): Expression {
  if ('type' in right) return compileMember(at, left, right);
  const tests = right.map((literal) => compileComparison('eq', literal.at, left, literal));
  return expression('boolean', left.at, [left, ...right], (scope) => {
    return tests.some((test) => test.evaluate(scope) === true);
  });
}

function compileMember(at: number, left: Expression, right: Expression): Expression {
  const { elements, read } = right;
  if (!elements || !read) {
    fail(right.at, `\`in\` needs a list or a collection; this is ${TYPE_NAMES[right.type]}.`);
  }
  const element: Expression = { ...right, type: elements.type };
  const [one, , type] = pair('in', at, [left, element]);
  const find = evaluateAs(type, one);
  const readElement = readerOf(elements.type === 'any' ? type : elements.type);
  return expression('boolean', left.at, [left, right], (scope) => {
    const value = find(scope);
    return elementsOf(read(scope)).some((member) => isEqual(value, readElement(member)));
  });
}
