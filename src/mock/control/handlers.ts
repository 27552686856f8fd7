import type { Json, JsonObject } from '../../json.ts';
import { operationsOf } from '../../spec/operation.ts';
import type { Spec } from '../../spec/spec.ts';
import type { FaultTexts } from '../fault/rules.ts';
import type { State } from '../memory/state.ts';
import type { Store } from '../store/store.ts';
import { adminSpec } from './admin-spec.ts';
import type { Control } from './control.ts';

/** What the admin API works on. */
export interface Administered {
  readonly spec: () => Spec;
  readonly store: Store;
  readonly control: (scope: string) => Control;
}

/** A valid request. */
interface Given extends Administered {
  readonly scope: string;
  readonly query: JsonObject;
  readonly path: JsonObject;
  readonly body: Json | undefined;
}

/** What is answered; without a value there is no body. */
interface Handled {
  readonly status: number;
  readonly value?: unknown;
}

type Handler = (given: Given) => Promise<Handled>;

const DONE: Handled = { status: 204 };

/** What the admin API does, by `operationId`; requests were judged before. */
export const handlers: Readonly<Record<string, Handler>> = {
  getLife: async () => ({ status: 200, value: { status: 'ok' } }),
  getHealth: async ({ spec, store }) => {
    const trouble = store.trouble();
    const value = {
      status: trouble === undefined ? 'ok' : 'degraded',
      document: spec().root.value['info'] ?? null,
      operations: operationsOf(spec()).length,
      ...(trouble === undefined ? {} : { trouble }),
    };
    return { status: trouble === undefined ? 200 : 503, value };
  },
  getDocument: async ({ spec }) => ({ status: 200, value: spec().root.value }),
  getAdminDocument: async () => ({ status: 200, value: (await adminSpec()).root.value }),
  listScopes: async ({ store }) => ({ status: 200, value: [...(await store.listScopes())].sort() }),
  reset: async (given) => done(controlOf(given).reset()),
  listRequests: async (given) => {
    const { operation, status, limit } = given.query as {
      operation?: string;
      status?: number;
      limit?: number;
    };
    return { status: 200, value: await controlOf(given).requests({ operation, status, limit }) };
  },
  clearRequests: async (given) => done(controlOf(given).clearRequests()),
  getState: async (given) => ({ status: 200, value: await controlOf(given).state() }),
  setState: async (given) => done(controlOf(given).setState(given.body as State)),
  listSnapshots: async (given) => ({ status: 200, value: await controlOf(given).snapshots() }),
  takeSnapshot: async (given) => done(controlOf(given).snapshot(nameIn(given))),
  deleteSnapshot: async (given) => done(controlOf(given).deleteSnapshot(nameIn(given))),
  restoreSnapshot: async (given) => done(controlOf(given).restore(nameIn(given))),
  getClock: async (given) => ({ status: 200, value: await controlOf(given).clock() }),
  setClock: async (given) => {
    const clock = given.body as { now?: string; frozen?: boolean };
    return { status: 200, value: await controlOf(given).setClock(clock) };
  },
  advanceClock: async (given) => {
    const { by } = given.body as { by: string | number };
    return { status: 200, value: await controlOf(given).advance(by) };
  },
  getFaults: async (given) => ({ status: 200, value: await controlOf(given).faults() }),
  setFaults: async (given) => done(controlOf(given).setFaults(given.body as FaultTexts)),
};

function controlOf({ control, scope }: Given): Control {
  return control(scope);
}

function nameIn({ path }: Given): string {
  return String(path['name']);
}

async function done(doing: Promise<void>): Promise<Handled> {
  await doing;
  return DONE;
}
