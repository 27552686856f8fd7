export { diffSpecs } from './change/diff.ts';
export type {
  ChangeClass,
  ConsumerImpact,
  Difference,
  DifferencePlace,
  DifferenceSide,
  DifferenceUse,
  Effect,
  ImpactedDifference,
  InteractionImpact,
  Travel,
} from './change/difference.ts';
export { type Impact, impactOf } from './impact/impact-of.ts';
