import { type Json, show } from '../json.ts';
import type { Effect } from './difference.ts';
import type { Draft, DraftValue } from './form.ts';
import type { Weight } from './ruling.ts';
import { isWord, keywordOf } from './words.ts';

/** What became of the values that a schema allows, when one of its keywords is another one. */
export interface KeywordEffect {
  readonly effect: Effect;
  readonly weight: Weight;
  /** The rest of a sentence that the field begins. */
  readonly text: string;
}

/** A member of a normal form; `undefined` when it is not there. */
export type Member = DraftValue | undefined;
/** What became of the values, by the member on both sides and the schemas that have it. */
export type Rule = (old: Member, next: Member, before: Draft, after: Draft) => KeywordEffect;

/** It breaks, whichever way the values travel. */
export const BREAKING: Weight = { request: 'breaking', response: 'breaking' };
/** Limits that are loosened on the way back may pass unnoticed. */
export const LOOSE: Weight = { request: 'breaking', response: 'dangerous' };
/** It may break, whichever way the values travel. */
export const DANGEROUS: Weight = { request: 'dangerous', response: 'dangerous' };

/** What is said of a keyword that nothing better can be said of. */
export function changed(key: string, before: Member, after: Member): string {
  const [old, next] = [said(key, before), said(key, after)];
  const name = `\`${keywordOf(key)}\``;
  if (old === undefined) return `has ${name} ${show(next)} now`;
  if (next === undefined) return `has no ${name} any more: it was ${show(old)}`;
  return `has ${name} ${show(next)} now, and had ${show(old)}`;
}

/** Words for people are texts of JSON in a normal form. */
function said(key: string, value: Member): Json | undefined {
  return isWord(key) && typeof value === 'string' ? (JSON.parse(value) as Json) : value;
}
