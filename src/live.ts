export { probe } from './live/probe.ts';
export type { CaseResult, LeftOut, ProbeProgress, ProbeResult } from './live/result.ts';
export type { ProbeOptions, ProbeSecret, ProbeToken } from './live/settings.ts';
