import { isArray, isObject, type Json, type JsonObject, ownString } from '../json.ts';
import { child, children } from '../spec/node.ts';
import { addressOf, type Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { inPlace } from './access.ts';
import { keywordsOf } from './dialect.ts';
import { type Discriminator, discriminatorOf } from './discriminator.ts';
import { isValid, judgeValue } from './judge.ts';
import type { Direction } from './violation.ts';

/** The schema objects that judge a value, alternatives and conditions decided. */
export interface Expansion {
  readonly parts: readonly Node[];
  /** Discriminating properties that the value lacks, and what they are to be. */
  readonly tags: ReadonlyMap<string, Json>;
}

/** What decides among alternatives. */
export interface ExpandOptions {
  readonly direction: Direction;
  /** Which of the alternatives that the value fits. */
  readonly attempt: number;
  /** How many alternatives are being tried for this very value. */
  readonly depth: number;
  /** Completes the value by one alternative. */
  readonly fill: (schema: Node, value: Json) => Json;
}

/** So many alternatives within alternatives are tried; further in, the one whose turn it is counts. */
const DEEPEST = 4;

/** The schema objects that judge a value: by `$ref`, `allOf` and the alternatives that it fits best. */
export function expand(
  spec: Spec,
  schemas: readonly Node[],
  value: Json,
  options: ExpandOptions,
): Expansion {
  const parts = new Map<string, Node>();
  const tags = new Map<string, Json>();
  const waiting = [...schemas];
  for (let schema = waiting.shift(); schema; schema = waiting.shift()) {
    for (const part of inPlace(spec, schema, ['allOf'])) {
      const address = addressOf(part);
      if (parts.has(address)) continue;
      parts.set(address, part);
      waiting.push(...chosenBy(spec, part, value, { ...options, tags }));
    }
  }
  return { parts: [...parts.values()], tags };
}

interface Choosing extends ExpandOptions {
  readonly tags: Map<string, Json>;
}

/** The schemas that a part applies to the value as well, because of what the value is. */
function chosenBy(spec: Spec, part: Node, value: Json, choosing: Choosing): readonly Node[] {
  const keywords = keywordsOf(spec, part);
  if (typeof keywords === 'boolean') return [];
  const chosen: Node[] = [];
  const discriminator = isObject(value) ? discriminatorOf(spec, part, keywords) : undefined;
  if (discriminator && isObject(value)) {
    chosen.push(...kindOf(spec, discriminator, value, choosing));
  }
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    if (discriminator?.list === keyword) continue;
    const options = listOf(part, keyword).map((schema) => ({ schema, tried: value }));
    const option = best(spec, options, choosing);
    if (option) chosen.push(option.schema);
  }
  const condition = child(part, 'if');
  if (condition) {
    const branch = isValid(spec, condition, value, judged(choosing)) ? 'then' : 'else';
    const schema = child(part, branch);
    if (schema) chosen.push(schema);
  }
  const dependent = child(part, 'dependentSchemas');
  for (const [name, schema] of dependent && isObject(value) ? children(dependent) : []) {
    if (isObject(value) && Object.hasOwn(value, name)) chosen.push(schema);
  }
  return chosen;
}

/** The schema that the value names, or that it could name where it names none. */
function kindOf(
  spec: Spec,
  { property, choices, list }: Discriminator,
  value: JsonObject,
  choosing: Choosing,
): readonly Node[] {
  const named = ownString(value, property);
  const chosen = named === undefined ? undefined : choices.get(named);
  if (chosen) return [chosen];
  // A parent judges alone what names none of its heirs.
  if (list === undefined || named !== undefined || Object.hasOwn(value, property)) return [];
  const options = [...choices].map(([name, schema]) => ({
    schema,
    name,
    tried: { ...value, [property]: name },
  }));
  const option = best(spec, options, choosing);
  if (!option) return [];
  choosing.tags.set(property, option.name);
  return [option.schema];
}

interface Option {
  readonly schema: Node;
  readonly tried: Json;
}

/** Of the options that the value satisfies once it is complete the one whose turn it is, else the nearest. */
function best<Chosen extends Option>(
  spec: Spec,
  options: readonly Chosen[],
  { attempt, depth, fill, direction }: Choosing,
): Chosen | undefined {
  if (depth >= DEEPEST || options.length < 2) return options[attempt % options.length];
  const ranked = options.map((option) => {
    const filled = fill(option.schema, option.tried);
    return { option, count: judgeValue(spec, option.schema, filled, judged({ direction })).length };
  });
  const fewest = Math.min(...ranked.map(({ count }) => count));
  const nearest = ranked.filter(({ count }) => count === fewest);
  return nearest[attempt % nearest.length]?.option;
}

function judged({ direction }: { readonly direction: Direction }) {
  return { direction, strict: false };
}

function listOf(schema: Node, keyword: string): readonly Node[] {
  const list = child(schema, keyword);
  return list && isArray(list.value) ? [...children(list)].map(([, part]) => part) : [];
}
