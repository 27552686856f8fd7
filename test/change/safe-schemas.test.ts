import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffSpecs } from '../../src/change/diff.ts';
import type { Difference, Travel } from '../../src/change/difference.ts';
import { ExactMatchError, loadSpec, type Spec } from '../../src/index.ts';
import type { Json } from '../../src/json.ts';
import { isValid } from '../../src/schema/judge.ts';
import { sample } from '../../src/schema/sample.ts';
import { follow } from '../../src/spec/node.ts';
import type { Node } from '../../src/spec/source.ts';
import { values } from '../schema/arbitrary.ts';
import { type Mutation, mutations } from './mutate.ts';
import { perturb, perturbations } from './perturb.ts';

/**
 * EXACTMATCH_RUNS makes a long search of it: so many schemas are edited, and each old and new one judges
 * hundreds of values.
 */
const RUNS = Number(process.env['EXACTMATCH_RUNS'] ?? 40);
/** So many are compared at once: the comparison takes its time to start. */
const BATCH = 200;
const SEED = Number(process.env['EXACTMATCH_SEED'] ?? 1);

test('calls no edit of a schema safe that makes a valid value invalid', async () => {
  for (let done = 0; done < RUNS; done += BATCH) {
    const numRuns = Math.min(BATCH, RUNS - done);
    const seed = SEED + done;
    const list = fc.sample(mutations, { numRuns, seed });
    const [old, next] = await Promise.all([
      documentOf(list.map((mutation) => mutation.old)),
      documentOf(list.map((mutation) => mutation.next)),
    ]);
    const differences = await diffSpecs(old, next);
    for (const [index, mutation] of list.entries()) {
      const own = differences.filter(({ operations }) => operations.includes(`op${index}`));
      for (const travel of ['request', 'response'] as const) {
        const broken = counterexample({ old, new: next, index, own, travel, seed });
        expect({ seed, index, broken, mutation: broken && mutation }).toEqual({ seed, index });
      }
    }
  }
}, 3_600_000);

test('edits that are made here are of every class', async () => {
  const list = fc.sample(mutations, { numRuns: 60, seed: 1 });
  const [old, next] = await Promise.all([
    documentOf(list.map((mutation: Mutation) => mutation.old)),
    documentOf(list.map((mutation: Mutation) => mutation.next)),
  ]);
  const classes = new Set((await diffSpecs(old, next)).map((difference) => difference.class));
  expect([...classes].sort()).toEqual(['breaking', 'dangerous', 'safe']);
});

/** Each schema is what one operation takes, and what it answers with. */
function documentOf(list: readonly object[]): Promise<Spec> {
  const body = (index: number) => ({
    content: { 'application/json': { schema: { $ref: `#/components/schemas/S${index}` } } },
  });
  const operation = (index: number) => ({
    operationId: `op${index}`,
    requestBody: body(index),
    responses: { 200: { description: '', ...body(index) } },
  });
  return loadSpec({
    openapi: '3.1.0',
    info: { title: 'Edits', version: '1' },
    paths: Object.fromEntries(list.map((_, index) => [`/s${index}`, { post: operation(index) }])),
    components: {
      schemas: Object.fromEntries(
        list.map((schema, index) => [
          `S${index}`,
          { $id: `https://s${index}.example/`, ...schema },
        ]),
      ),
    },
  });
}

interface Case {
  readonly old: Spec;
  readonly new: Spec;
  readonly index: number;
  readonly own: readonly Difference[];
  readonly travel: Travel;
  readonly seed: number;
}

/** A value that keeps to the one document and breaks the other, where the edit was called safe. */
function counterexample({ old, new: next, index, own, travel, seed }: Case): unknown {
  const ways = own.filter((one) => one.travel === travel || one.travel === undefined);
  if (ways.some((difference) => difference.class !== 'safe')) return undefined;
  // What a consumer may send must be taken still; what may come must be what he was told.
  const [from, to] = travel === 'request' ? [old, next] : [next, old];
  const isBroken = (value: Json) =>
    holds(from, index, value, travel, true) &&
    holds(from, index, value, travel, false) &&
    !holds(to, index, value, travel, false);
  try {
    return candidates(old, next, index, travel, seed).find(isBroken);
  } catch (cause) {
    // An edit may have made a schema that applies itself without end: no value can be judged by it.
    if (cause instanceof ExactMatchError && cause.code === 'SPEC_SCHEMA_INVALID') return undefined;
    throw cause;
  }
}

function* samples(spec: Spec, index: number, direction: Travel): Iterable<Json> {
  for (let seed = 0; seed < 4; seed += 1) {
    const value = sample(spec, schemaOf(spec, index), { direction, seed });
    if (value !== undefined) yield value;
  }
}

function candidates(
  old: Spec,
  next: Spec,
  index: number,
  travel: Travel,
  seed: number,
): readonly Json[] {
  const made = [...samples(old, index, travel), ...samples(next, index, travel)];
  const edits = fc.sample(perturbations, { numRuns: 15 * made.length, seed: seed + index });
  const near = made.flatMap((value, at) =>
    edits.slice(at * 15, at * 15 + 15).map((list) => perturb(value, list) as Json),
  );
  return [...made, ...near, ...(fc.sample(values, { numRuns: 40, seed: seed + index }) as Json[])];
}

function holds(
  spec: Spec,
  index: number,
  value: Json,
  direction: Travel,
  strict: boolean,
): boolean {
  return isValid(spec, schemaOf(spec, index), value, { direction, strict });
}

function schemaOf(spec: Spec, index: number): Node {
  const node = follow(spec.root, `/components/schemas/S${index}`);
  if (!node) throw new Error('The document has lost its schema');
  return node;
}
