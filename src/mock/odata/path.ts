import { isObject, type Json, own } from '../../json.ts';
import {
  close,
  type Elements,
  type Evaluate,
  type Expression,
  fail,
  found,
  needBoolean,
  type Parser,
  type Scope,
  skipBlank,
  take,
  takeMark,
  takeName,
  takeSpaced,
} from './parser.ts';
import type { PropertyType } from './property-type.ts';
import { elementsOf, readerOf, TYPE_NAMES } from './value.ts';

/** Where a path has led to so far. */
interface Place {
  readonly at: number;
  readonly type: PropertyType;
  /** Which of the scope it starts from, and the names from there. */
  readonly slot: number;
  readonly names: readonly string[];
  /** The path that the types of properties are asked by. */
  readonly path: readonly string[];
  readonly isOpen: boolean;
}

const IT = /\$(?:it|this|root)(?![\w])/y;
const ANNOTATION = /@[\p{L}_][\p{L}\p{Nd}_]*(?:\.[\p{L}_][\p{L}\p{Nd}_]*)*/uy;
const COUNT = /\$count(?![\w])/y;
/** Each is a loop in a loop: the time that they take grows with every one. */
const MOST_VARIABLES = 4;
const LAMBDA = /(?:any|all)(?=\()/iy;

/**
 * Reads a property path from its first segment on: `error/code`, `fields/$count`, `fields/any(f: …)`.
 *
 * @see https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html, 5.1.1.15
 */
export function readPath(parser: Parser): Expression {
  let place = readFirst(parser);
  while (takeMark(parser, '/')) {
    if (place.type === 'collection') return readBehindCollection(parser, place);
    const operator = place.type === 'any' ? tryBehindCollection(parser, place) : undefined;
    if (operator) return operator;
    place = step(place, readSegment(parser, place), parser);
  }
  return toExpression(parser, place);
}

function readFirst(parser: Parser): Place {
  const { at } = parser;
  const item: Place = { at, type: 'object', slot: 0, names: [], path: [], isOpen: false };
  const symbol = take(parser, IT);
  if (symbol === '$it') return item;
  if (symbol !== undefined) fail(at, `\`${symbol}\` is not supported.`);
  const name = readName(parser);
  const variable = parser.variables.findLast((one) => one.name === name);
  if (!variable) return step(item, { name, at }, parser);
  const { type, path, isOpen } = variable.elements;
  return { at, type, slot: variable.slot, names: [], path, isOpen };
}

interface Segment {
  readonly name: string;
  readonly at: number;
}

function readSegment(parser: Parser, { type, isOpen }: Place): Segment {
  const { at } = parser;
  if (!isOpen && type !== 'object' && type !== 'any') {
    fail(at, `There is no property below ${TYPE_NAMES[type]}.`);
  }
  return { name: readName(parser), at };
}

/** Reads the name of a property or of an annotation. */
function readName(parser: Parser): string {
  const { at } = parser;
  const annotation = take(parser, ANNOTATION);
  if (annotation !== undefined) {
    if (annotation.includes('.')) return annotation;
    fail(at, `Parameter aliases such as \`${annotation}\` are not supported.`);
  }
  const name = takeName(parser);
  if (name === undefined) fail(at, `There must be a value here, not ${found(parser)}.`);
  const next = parser.text[parser.at];
  if (next === '.') fail(at, 'Qualified names are not supported.');
  if (next === '(') fail(at, `There is no function \`${name}\` here.`);
  return name;
}

function step(
  place: Place,
  { name, at }: Segment,
  { types, named }: Pick<Parser, 'types' | 'named'>,
): Place {
  if (place.slot === 0 && place.names.length === 0) named.add(name);
  const path = [...place.path, name];
  const type = types(path) ?? (place.isOpen ? 'any' : undefined);
  if (type === undefined) fail(at, `There is no property \`${path.join('/')}\`.`);
  const isOpen = place.isOpen || type === 'any';
  return { ...place, type, names: [...place.names, name], path, isOpen };
}

function toExpression({ types }: Parser, place: Place): Expression {
  const read = compileRead(place);
  const value = readerOf(place.type);
  const evaluate: Evaluate = (scope) => value(read(scope));
  const { type, at } = place;
  const path: Expression = { type, at, evaluate, isConstant: false, read };
  if (type !== 'collection' && type !== 'any') return path;
  return { ...path, elements: elementsAt(place, types) };
}

function elementsAt({ path, type, isOpen }: Place, types: Parser['types']): Elements {
  const element = types([...path, '*']) ?? 'any';
  return { type: element, path, isOpen: isOpen || type === 'any' };
}

function compileRead({ slot, names }: Place): (scope: Scope) => Json | undefined {
  const [name, ...rest] = names;
  if (name === undefined) return (scope) => scope[slot];
  if (rest.length === 0) return (scope) => propertyOf(scope[slot], name);
  return (scope) => {
    let value = propertyOf(scope[slot], name);
    for (const next of rest) value = propertyOf(value, next);
    return value;
  };
}

function propertyOf(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) ? own(value, name) : undefined;
}

function readBehindCollection(parser: Parser, place: Place): Expression {
  const { at } = parser;
  const operator = tryBehindCollection(parser, place);
  if (operator) return operator;
  fail(at, `Behind a collection there must be \`$count\`, \`any(…)\` or \`all(…)\`.`);
}

function tryBehindCollection(parser: Parser, place: Place): Expression | undefined {
  const read = compileRead(place);
  if (take(parser, COUNT) !== undefined) {
    if (parser.text[parser.at] === '(') fail(parser.at, 'Options of `$count` are not supported.');
    return {
      type: 'integer',
      at: place.at,
      evaluate: (scope) => elementsOf(read(scope)).length,
      isConstant: false,
    };
  }
  const name = take(parser, LAMBDA)?.toLowerCase();
  if (name === undefined) return undefined;
  return readLambda(parser, place, name);
}

/**
 * Reads the variable and the condition of `any` or `all`, from the `(` on.
 *
 * @see https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html, 5.1.1.13
 */
function readLambda(parser: Parser, place: Place, name: string): Expression {
  const opened = parser.at;
  takeMark(parser, '(');
  skipBlank(parser);
  const read = compileRead(place);
  if (name === 'any' && takeMark(parser, ')')) {
    return lambda(place.at, (scope) => elementsOf(read(scope)).length > 0);
  }
  if (parser.variables.length === MOST_VARIABLES) {
    fail(parser.at, `More than ${MOST_VARIABLES} variables in each other are not supported.`);
  }
  const variable = takeName(parser);
  if (variable === undefined || !takeSpaced(parser, ':')) {
    fail(parser.at, `\`${name}\` takes a variable, \`:\` and a condition: \`${name}(x: x eq 1)\`.`);
  }
  const slot = parser.variables.length + 1;
  parser.variables.push({ name: variable, slot, elements: elementsAt(place, parser.types) });
  const condition = parser.readExpression(parser);
  parser.variables.pop();
  needBoolean(condition, 'A condition');
  close(parser, opened);
  return lambda(place.at, quantify({ isAny: name === 'any', slot, read, condition }));
}

function lambda(at: number, evaluate: Evaluate): Expression {
  return { type: 'boolean', at, evaluate, isConstant: false };
}

interface Quantifier {
  readonly isAny: boolean;
  /** Where in the scope the element stands. */
  readonly slot: number;
  readonly read: (scope: Scope) => Json | undefined;
  readonly condition: Expression;
}

/** True when the first element is met for which the condition is as wanted, or else for none. */
function quantify({ isAny, slot, read, condition }: Quantifier): Evaluate {
  const { evaluate } = condition;
  return (scope) => {
    const inner = scope.slice(0, slot);
    for (const element of elementsOf(read(scope))) {
      inner[slot] = element;
      if ((evaluate(inner) === true) === isAny) return isAny;
    }
    return !isAny;
  };
}
