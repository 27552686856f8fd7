import type { RequestMessage } from '../../check/message.ts';
import { operationsOf } from '../../spec/operation.ts';
import type { Spec } from '../../spec/spec.ts';
import { correlate, correlated } from '../correlation.ts';
import { reject } from '../rejection.ts';
import type { Caller, Reply } from '../reply.ts';
import type { Store } from '../store/store.ts';
import type { Control } from './control.ts';

/** What the admin API works on. */
export interface Administered {
  readonly spec: () => Spec;
  readonly store: Store;
  readonly control: (scope: string) => Control;
  readonly adminToken: string | undefined;
}

/** Answers requests below `/__mock`. */
export type Admin = (message: RequestMessage, scope: string, caller: Caller) => Promise<Reply>;

/** Makes the admin API. */
export function createAdmin({ spec, store }: Administered): Admin {
  return async (message) => {
    const correlation = correlate(message.headers['client-request-id']);
    if (message.path !== '/__mock/health') {
      const reason = `The mock has no ${message.path}. It has /__mock/health.`;
      return correlated(reject(spec(), { status: 404, reason }, correlation), correlation);
    }
    const trouble = store.trouble();
    const info = spec().root.value['info'];
    const body = {
      status: trouble === undefined ? 'ok' : 'degraded',
      document: info ?? null,
      operations: operationsOf(spec()).length,
      ...(trouble === undefined ? {} : { trouble }),
    };
    const headers = { 'content-type': 'application/json' };
    const status = trouble === undefined ? 200 : 503;
    const reply = {
      status,
      headers,
      body: JSON.stringify(body),
      operation: undefined,
      findings: [],
    };
    return correlated(reply, correlation);
  };
}
