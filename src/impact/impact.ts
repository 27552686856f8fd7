import type {
  ConsumerImpact,
  Difference,
  ImpactedDifference,
  InteractionImpact,
} from '../change/difference.ts';
import { traceOf } from '../change/trace.ts';
import { ExactMatchError } from '../errors.ts';
import { judgePact } from '../pact/check.ts';
import type { Pact } from '../pact/interaction.ts';
import type { PactFinding } from '../pact/pact-finding.ts';
import { listReliances } from '../pact/reliance.ts';
import { blameFindings } from './blame.ts';
import { type InteractionParts, partsOfInteraction, touches } from './touch.ts';

/** Whom the differences of two documents reach. */
export interface Impact {
  /** The differences as they were given, each with the consumers that use what differs. */
  readonly differences: readonly ImpactedDifference[];
  /** What the new document finds wrong in the pacts, and no difference explains. */
  readonly unexplained: readonly PactFinding[];
}

/**
 * Tells which interactions of which consumers use what differs: by what each of them sends and reads,
 * and by what the new document finds wrong in them that the old one did not.
 *
 * @param differences what `diffSpecs` returned.
 * @throws {ExactMatchError} `OPTION_INVALID` for differences that `diffSpecs` did not make; `SPEC_*` when
 * a document is broken where an interaction needs it.
 */
export function findImpact(differences: readonly Difference[], pacts: readonly Pact[]): Impact {
  const [first] = differences;
  const trace = first && traceOf(first);
  if (!first) return { differences: [], unexplained: [] };
  if (!trace) {
    throw new ExactMatchError(
      'OPTION_INVALID',
      'The differences are not those that `diffSpecs` returned. Give them as they are, filtered or not.',
    );
  }
  const reached = new Map<Difference, Reached[]>();
  const unexplained: PactFinding[] = [];
  for (const pact of pacts) {
    const before = judgePact(trace.old.form.spec, pact);
    const after = judgePact(trace.new.form.spec, pact);
    for (const [index, reliance] of listReliances(trace.old.form.spec, pact).entries()) {
      const known = new Set(before[index]?.findings.map(keyOf));
      const fresh = (after[index]?.findings ?? []).filter(
        (finding) => finding.severity !== 'warning' && !known.has(keyOf(finding)),
      );
      const parts = partsOfInteraction(trace, reliance);
      const blamed = blameFindings(differences, parts, fresh);
      unexplained.push(...blamed.unexplained);
      for (const difference of differences) {
        const findings = blamed.byDifference.get(difference) ?? [];
        const fields = touches(difference, parts);
        if (findings.length === 0 && !isUsed(difference, fields)) continue;
        const list = reached.get(difference) ?? [];
        list.push({ pact, ...toInteraction(parts, fields ?? [], findings) });
        reached.set(difference, list);
      }
    }
  }
  return {
    differences: differences.map((one) => ({
      ...one,
      impact: consumersOf(reached.get(one) ?? []),
    })),
    unexplained,
  };
}

type Reached = InteractionImpact & { readonly pact: Pact };

/**
 * What a request sends is judged: where the new document takes it, nobody is hurt. What is read is not
 * known beforehand: whoever reads what differs, is reached.
 */
function isUsed(
  { class: found, travel, code }: Difference,
  fields: readonly string[] | undefined,
): boolean {
  if (found === 'safe' || fields === undefined) return false;
  const isJudged = travel === 'request' && found === 'breaking' && code.startsWith('request.');
  return !isJudged;
}

function toInteraction(
  { reliance }: InteractionParts,
  fields: readonly string[],
  findings: readonly PactFinding[],
): InteractionImpact {
  const { interaction, pact } = reliance;
  return {
    description: interaction.description,
    file: pact.file,
    line: pact.positionOf(interaction.pointer).line,
    fields,
    findings: findings.map(({ message }) => message),
  };
}

function consumersOf(reached: readonly Reached[]): readonly ConsumerImpact[] {
  const byConsumer = Map.groupBy(reached, ({ pact }) => pact.consumer);
  return [...byConsumer].map(([consumer, list]) => ({
    consumer,
    interactions: list.map(({ pact: _pact, ...interaction }) => interaction),
  }));
}

function keyOf({ code, at, severity }: PactFinding): string {
  return `${severity} ${code} ${at}`;
}
