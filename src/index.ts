export {
  type CapturedExchange,
  type FromHarOptions,
  fromHar,
  type HarInput,
} from './capture/from-har.ts';
export {
  assertRequest,
  assertResponse,
  type CheckBodyOptions,
  checkBody,
  checkRequest,
  checkResponse,
} from './check/check.ts';
export type { CheckResponseOptions } from './check/client-response.ts';
export type { RequestInput, ResponseInput } from './check/exchange.ts';
export { checkExchange, type ExchangeInput } from './check/judge-exchange.ts';
export type { CheckOptions } from './check/message.ts';
export { loadSpec } from './check/shipped.ts';
export { ContractError, type ErrorCode, ExactMatchError } from './errors.ts';
export {
  type Finding,
  type FindingCode,
  formatFindings,
  type Severity,
  type SpecLocation,
} from './finding.ts';
export {
  assertExactMatchSession,
  checkExactMatchSession,
  isExactMatchSession,
} from './session.ts';
export type { LoadSpecOptions } from './spec/load.ts';
export type { Spec } from './spec/spec.ts';
