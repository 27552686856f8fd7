import { nameOfPart } from '../check/value-name.ts';
import type { Finding } from '../finding.ts';
import { isArray, isObject, type Json, show } from '../json.ts';
import { isValid } from '../schema/judge.ts';
import { namesOf, schemasOfItem, schemasOfProperty } from '../schema/members.ts';
import { locate } from '../spec/locate.ts';
import { child } from '../spec/node.ts';
import { append, tokens } from '../spec/pointer.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { type ApplyingRules, isMapRule, rulesAt } from './body-rules.ts';
import { describeRules } from './describe-rule.ts';
import { documentValues } from './document-values.ts';
import { edited } from './edit.ts';
import type { ExampleBody } from './example-body.ts';
import { findMismatches } from './match-body.ts';
import type { BodyRule, Rule } from './rule.ts';

/** Of a list, so many items of the example are looked at: they are mostly alike. */
const ITEMS = 4;
/** Of one body, so many places. */
const PLACES = 1_000;

/**
 * Lists where a consumer relies on more of a response's body than the document promises: for each
 * place that its example names, at most one finding that it may be missing or null, and one that it
 * may be another value than its rules take.
 *
 * Each finding has a witness: the example, completed, with one place changed, is a response that keeps
 * the document and that Pact's verifier would refuse. Values that are expected as they are say
 * nothing of the others, for provider states see to them.
 */
export function findUnpromised(
  spec: Spec,
  body: ExampleBody,
  rules: readonly BodyRule[],
): readonly Finding[] {
  const search: Search = { spec, ...body, rules, findings: [], seen: new Set() };
  look(search, {
    value: body.example,
    schemas: [body.schema],
    owner: body.schema,
    pointer: '',
    mayGo: false,
  });
  return search.findings;
}

interface Search extends ExampleBody {
  readonly spec: Spec;
  readonly rules: readonly BodyRule[];
  readonly findings: Finding[];
  /** The places that have been looked at, items of lists as one. */
  readonly seen: Set<string>;
}

interface Place {
  /** What the example has there. */
  readonly value: Json;
  readonly schemas: readonly Node[];
  readonly pointer: string;
  /** The schema of what it lies in. */
  readonly owner: Node;
  /** Whether it is a member that the consumer names. */
  readonly mayGo: boolean;
}

function look(search: Search, place: Place): void {
  const { value, pointer, schemas } = place;
  const [owner = place.owner] = schemas;
  const { spec, rules, seen } = search;
  const key = pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*');
  if (seen.size >= PLACES) return;
  const applying = rulesAt(rules, tokens(pointer) ?? []);
  if (!seen.has(key)) {
    seen.add(key);
    lookAtPlace(search, place, applying);
  }
  if (isArray(value)) {
    for (const [index, item] of value.slice(0, ITEMS).entries()) {
      const inner = schemas.flatMap((schema) => schemasOfItem(spec, schema, index));
      look(search, {
        value: item,
        schemas: inner,
        owner,
        pointer: append(pointer, index),
        mayGo: false,
      });
    }
  } else if (isObject(value)) {
    if (schemas.every((schema) => saysNothing(spec, schema))) return;
    const mayGo = !isMapRule(applying);
    for (const [name, member] of Object.entries(value)) {
      const inner = schemas.flatMap((schema) => schemasOfProperty(spec, schema, name));
      look(search, { value: member, schemas: inner, owner, pointer: append(pointer, name), mayGo });
    }
  }
}

function lookAtPlace(search: Search, place: Place, applying: ApplyingRules | undefined): void {
  const { pointer, schemas, value } = place;
  const others =
    schemas.length === 0 ? [] : documentValues(search.spec, schemas, value, 'response');
  const isRefused = (other: Json | undefined) => isRefusedBy(search, pointer, other);
  const isOptional = place.mayGo && isRefused(undefined);
  const isNullable = value !== null && others.includes(null) && isRefused(null);
  if (isOptional || isNullable) search.findings.push(missing(place, { isOptional, isNullable }));
  if (!applying || !speaksOfOthers(applying)) return;
  const candidates = [...others, ...withOtherNames(value, applying)];
  const named = isArray(value) || isObject(value) ? Object.keys(value) : [];
  const inside = new Set(named.map((name) => append(pointer, name)));
  const witness = candidates.find(
    (other) => other !== null && isRefusedBy(search, pointer, other, inside),
  );
  if (witness !== undefined) search.findings.push(refusing(place, applying, witness));
}

/** Members of names that the example does not have, where a rule speaks of names. */
function withOtherNames(value: Json, { rules }: ApplyingRules): readonly Json[] {
  if (!isObject(value) || rules.every(({ match }) => match !== 'eachKey')) return [];
  const [template] = Object.values(value);
  return template === undefined ? [] : NAMES.map((name) => ({ ...value, [name]: template }));
}

const NAMES = ['key', 'Key-1', '0', 'a b'];

/** Where a document names no members at all, it promises nothing that could be relied on too much. */
function saysNothing(spec: Spec, schema: Node): boolean {
  const { names, patterns, takesOthers } = namesOf(spec, schema);
  return names.size === 0 && patterns.length === 0 && !takesOthers;
}

/** Rules that a provider state sees to say nothing of the values that it might have sent instead. */
function speaksOfOthers({ rules }: ApplyingRules): boolean {
  return rules.some(({ match }) => !['equality', 'null', 'arrayContains'].includes(match));
}

/**
 * Tells whether a response that has this value there is the document's, and refused by the pact, not only
 * for the sake of places inside that are looked at by themselves.
 */
function isRefusedBy(
  search: Search,
  pointer: string,
  value: Json | undefined,
  inside: ReadonlySet<string> = new Set(),
): boolean {
  const { spec, schema, wholes, example, rules } = search;
  return wholes.some((whole) => {
    const other = edited(whole, pointer, value);
    if (!isValid(spec, schema, other, { direction: 'response', strict: false })) return false;
    const mismatches = findMismatches(example, other, { rules, isClosed: false });
    return mismatches.some(({ pointer: at }) => {
      if (at === pointer) return true;
      const [next] = at.startsWith(`${pointer}/`) ? at.slice(pointer.length + 1).split('/') : [];
      return next !== undefined && !inside.has(`${pointer}/${next}`);
    });
  });
}

function missing(
  { pointer, schemas, owner, value }: Place,
  { isOptional, isNullable }: { readonly isOptional: boolean; readonly isNullable: boolean },
): Finding {
  const [schema = owner] = schemas;
  const may = [isOptional ? 'missing' : '', isNullable ? 'null' : ''].filter(Boolean).join(' or ');
  return {
    code: isOptional ? 'pact.response.body.optional' : 'pact.response.body.nullable',
    severity: 'risk',
    message: `${subjectAt(pointer)} may be ${may} by the document, and the consumer relies on it.`,
    at: pointer,
    spec: locate((isOptional ? undefined : child(schema, 'type')) ?? schema),
    expected: value,
    ...(isOptional ? {} : { actual: null }),
  };
}

function refusing(
  { pointer, schemas, owner }: Place,
  applying: ApplyingRules,
  witness: Json,
): Finding {
  const [schema = owner] = schemas;
  const isEmpty = isNothing(witness) && applying.rules.some(isOfSize);
  const asked = describeRules(applying);
  return {
    code: isEmpty ? 'pact.response.body.empty' : 'pact.response.body.wider',
    severity: 'risk',
    message: `${subjectAt(pointer)} may be ${show(witness, 60)} by the document, and the consumer expects ${asked}.`,
    at: pointer,
    spec: locate(schema),
    expected: asked,
    actual: witness,
  };
}

function isNothing(value: Json): boolean {
  return isArray(value) ? value.length === 0 : value === '';
}

function isOfSize(rule: Rule): boolean {
  return rule.match === 'notEmpty' || (rule.match === 'type' && (rule.min ?? 0) > 0);
}

function subjectAt(pointer: string): string {
  const name = nameOfPart('', pointer);
  return name === '' ? 'The response body' : `\`${name}\``;
}
