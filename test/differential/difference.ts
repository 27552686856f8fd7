import type { Finding } from '../../src/index.ts';
import type { PrismVerdict, PrismViolation, Sent } from './exchange.ts';
import type { Keywords } from './leaf.ts';

/** A request that both have judged, by the operation that it was made for. */
export interface Judged {
  readonly document: Keywords;
  readonly operation: Keywords;
  readonly path: string;
  readonly sent: Sent;
  readonly prism: PrismVerdict;
  readonly ours: readonly Finding[];
}

/** Why one of the two rejects a request that the other accepts. */
export type Reason =
  | { readonly kind: 'finding'; readonly finding: Finding }
  | { readonly kind: 'violation'; readonly violation: PrismViolation }
  | { readonly kind: 'crash'; readonly reason: string }
  | { readonly kind: 'silence' };

/** A way in which stock Prism judges otherwise, and why it is wrong. */
export interface KnownDifference {
  readonly id: string;
  /** A sentence that says what is right, and where that is written. */
  readonly reason: string;
  /** Tells whether it accounts for a reason of one side. */
  readonly explains: (reason: Reason, judged: Judged) => boolean;
  readonly examples: readonly Example[];
}

/** A request for which the difference shows. */
export interface Example {
  readonly openapi?: string;
  /** More of the document. */
  readonly document?: Keywords;
  readonly path?: string;
  readonly method?: string;
  readonly operation: Keywords;
  readonly sent?: Partial<Sent>;
  readonly prism: PrismVerdict['kind'];
  /** The codes of our findings; none where we accept. */
  readonly ours: readonly string[];
}

/** The findings that make us reject a request. */
export function errorsOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity }) => severity === 'error');
}

/** Every reason for which the two differ; none where they agree. */
export function differencesOf({ prism, ours }: Judged): readonly Reason[] {
  const errors = errorsOf(ours);
  if (prism.kind === 'silent') return [{ kind: 'silence' }];
  if (prism.kind === 'crashed') return [{ kind: 'crash', reason: prism.reason }];
  if (prism.kind === 'accepted') return errors.map((finding) => ({ kind: 'finding', finding }));
  return errors.length > 0
    ? []
    : outermost(prism.violations).map((violation) => ({ kind: 'violation', violation }));
}

/** Keywords that judge a value by what other schemas say of it, or of its parts. */
export const COMPOUND: ReadonlySet<string> = new Set([
  'anyOf',
  'oneOf',
  'not',
  'if',
  'contains',
  'propertyNames',
]);

/** Prism tells what each alternative has against a value too; only that none fits is a reason. */
function outermost(violations: readonly PrismViolation[]): readonly PrismViolation[] {
  return violations.filter(
    (violation) =>
      !violations.some(
        (other) =>
          other !== violation &&
          COMPOUND.has(other.code) &&
          other.path.every((token, index) => token === violation.path[index]) &&
          (other.path.length < violation.path.length || !COMPOUND.has(violation.code)),
      ),
  );
}

/** The reasons that none of the known differences accounts for. */
export function unexplained(judged: Judged, known: readonly KnownDifference[]): readonly Reason[] {
  return differencesOf(judged).filter(
    (reason) => !known.some(({ explains }) => explains(reason, judged)),
  );
}
