export type { CheckOptions } from './check/message.ts';
export { type ReadBrokerPactsOptions, readBrokerPacts } from './pact/broker.ts';
export { checkPact } from './pact/check.ts';
export { type DefinedPact, definePact, type PactOptions } from './pact/consumer/define.ts';
export type {
  InteractionDefinition,
  RequestMistake,
  ServedInteraction,
} from './pact/consumer/definition.ts';
export type { UntypedOperations } from './pact/consumer/operation-types.ts';
export type { GivenState } from './pact/consumer/plain-definition.ts';
export type { BrokerOptions, Credentials } from './pact/hal.ts';
export type { PactFinding } from './pact/pact-finding.ts';
export type { ConsumerVersionSelector } from './pact/selector.ts';
export type {
  FilteredRequest,
  MockState,
  StateContext,
  StateFunction,
  StateHandler,
  VerifyPactsOptions,
} from './pact/verify/options.ts';
export { type Verification, verifyPacts } from './pact/verify/verify.ts';
export type { CheckResult } from './report/report.ts';
