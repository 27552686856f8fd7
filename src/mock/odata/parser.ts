import type { Json } from '../../json.ts';
import { QueryMistake } from './mistake.ts';
import type { Moment } from './moment.ts';
import type { PropertyType, PropertyTypes } from './property-type.ts';
import { readerOf, TYPE_NAMES, type Type, type Value } from './value.ts';

/** What an expression is reckoned on: the item, then what the variables around it stand for. */
export type Scope = readonly (Json | undefined)[];
export type Evaluate = (scope: Scope) => Value;

/** A part of a text that is read, of a known type and ready to be reckoned. */
export interface Expression {
  readonly type: Type;
  /** Where it starts in the text. */
  readonly at: number;
  readonly evaluate: Evaluate;
  /** Whether it comes to the same on every item. */
  readonly isConstant: boolean;
  /** Of a path: the value as it stands in the item. */
  readonly read?: (scope: Scope) => Json | undefined;
  /** Of a path to a collection: what an element is. */
  readonly elements?: Elements;
  /** Of a string literal: its text. */
  readonly literal?: string;
}

/** The elements of a collection. */
export interface Elements {
  readonly type: PropertyType;
  /** The path that the types of their properties are asked by. */
  readonly path: readonly string[];
  /** Whether properties that nothing is told about may be there. */
  readonly isOpen: boolean;
}

/** An operator, and where it stands. */
export interface Operator<T extends string> {
  readonly word: T;
  readonly at: number;
}

/** What stands on both sides of an operator. */
export type Operands = readonly [left: Expression, right: Expression];

/** The variable of `any` or `all`. */
export interface Variable {
  readonly name: string;
  /** Its place in the scope. */
  readonly slot: number;
  readonly elements: Elements;
}

/** How far a text is read, and what must be known to read on. */
export interface Parser {
  readonly text: string;
  at: number;
  /** How deep what is read is nested. */
  depth: number;
  readonly types: PropertyTypes;
  readonly now: Moment;
  /** The properties of the item that were named. */
  readonly named: Set<string>;
  /** The innermost is the last. */
  readonly variables: Variable[];
  /** Reads any expression: a list, a path or a function has expressions in it. */
  readonly readExpression: (parser: Parser) => Expression;
}

/** Expressions nested deeper are refused, before they overflow the stack. */
const DEEPEST = 100;

/** A name as OData knows it. */
const NAME = /[\p{L}\p{Nl}_][\p{L}\p{Nl}_\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]*/uy;
const BLANK = /[ \t]*/y;

/** Takes what a sticky expression matches, if it does. */
export function take(parser: Parser, sticky: RegExp): string | undefined {
  sticky.lastIndex = parser.at;
  const found = sticky.exec(parser.text)?.[0];
  if (found !== undefined) parser.at += found.length;
  return found;
}

export function takeName(parser: Parser): string | undefined {
  return take(parser, NAME);
}

export function skipBlank(parser: Parser): void {
  take(parser, BLANK);
}

/** Takes a character, if it is the next one. */
export function takeMark(parser: Parser, mark: string): boolean {
  if (parser.text[parser.at] !== mark) return false;
  parser.at += 1;
  return true;
}

/** Takes a character with blanks around it. */
export function takeSpaced(parser: Parser, mark: string): boolean {
  const { at } = parser;
  skipBlank(parser);
  if (takeMark(parser, mark)) {
    skipBlank(parser);
    return true;
  }
  parser.at = at;
  return false;
}

/** Takes the parenthesis that closes the one at `opened`. */
export function close(parser: Parser, opened: number): void {
  skipBlank(parser);
  if (takeMark(parser, ')')) return;
  const { at } = parser;
  fail(at, `There must be \`)\` for the \`(\` at ${opened}, not ${found(parser)}.`);
}

/** Makes sure that nothing is left of the text. */
export function end(parser: Parser, expected: string): void {
  skipBlank(parser);
  if (parser.at < parser.text.length) {
    fail(parser.at, `There must be ${expected} or the end, not ${found(parser)}.`);
  }
}

/** The next word or character, as a sentence names it. */
export function found(parser: Parser): string {
  const { text, at } = parser;
  if (at >= text.length) return 'the end';
  NAME.lastIndex = at;
  const word = NAME.exec(text)?.[0] ?? String.fromCodePoint(text.codePointAt(at) ?? 0);
  return `\`${word}\``;
}

/** Reads something that may have its like in it. */
export function nest<T>(parser: Parser, readPart: (parser: Parser) => T): T {
  if (parser.depth >= DEEPEST) {
    fail(parser.at, `An expression may be nested ${DEEPEST} deep, and this is deeper.`);
  }
  parser.depth += 1;
  const part = readPart(parser);
  parser.depth -= 1;
  return part;
}

export function fail(at: number, reason: string): never {
  throw new QueryMistake(at, reason);
}

/** An expression of others; reckoned at once when none of them needs an item. */
export function expression(
  type: Type,
  at: number,
  parts: readonly Expression[],
  evaluate: Evaluate,
): Expression {
  if (!parts.every((part) => part.isConstant)) return { type, at, evaluate, isConstant: false };
  return constant(type, at, evaluate([]));
}

export function constant(type: Type, at: number, value: Value): Expression {
  return { type, at, evaluate: () => value, isConstant: true };
}

/** How an expression that fits a type is reckoned as it: what is of any type is read as it. */
export function evaluateAs(type: Type, { type: own, evaluate }: Expression): Evaluate {
  if (own !== 'any' || type === 'any') return evaluate;
  const read = readerOf(type);
  return (scope) => read(evaluate(scope));
}

/** Makes sure that an expression is true, false or unknown. */
export function needBoolean({ type, at }: Expression, subject: string): void {
  if (type === 'boolean' || type === 'any' || type === 'null') return;
  fail(at, `${subject} must be a boolean; this is ${TYPE_NAMES[type]}.`);
}
