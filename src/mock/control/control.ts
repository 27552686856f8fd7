import { ExactMatchError } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { DURATION_FORM, FIRST_TIME, LAST_TIME, readDuration } from '../duration.ts';
import { type FaultTexts, readFaults } from '../fault/rules.ts';
import { type Exchange, JOURNAL_SIZE } from '../journal.ts';
import type { State } from '../memory/state.ts';
import { noteOf, readSettings, SETTINGS, type Settings, timeOf } from '../settings.ts';
import type { Dump, Store } from '../store/store.ts';

/** Which exchanges are wanted. */
export interface RequestFilter {
  /** An `operationId`, or `METHOD /path`. */
  readonly operation?: string | undefined;
  readonly status?: number | undefined;
  /** Only the last so many. */
  readonly limit?: number | undefined;
}

/** Where the clock of a scope stands. */
export interface ClockState {
  /** As a `date-time`. */
  readonly now: string;
  readonly frozen: boolean;
}

/** What can be seen and set of one scope of a mock, from outside and in process. */
export interface Control {
  /** The last exchanges, the oldest first, without credentials. */
  readonly requests: (filter?: RequestFilter) => Promise<readonly Exchange[]>;
  readonly clearRequests: () => Promise<void>;
  /** All that is remembered: items by the path of their collection. */
  readonly state: () => Promise<State>;
  /** Replaces all that is remembered; each item is checked against the document. */
  readonly setState: (state: State) => Promise<void>;
  /** Back to the start: seed data, an empty journal, the clock and the faults as the mock began. */
  readonly reset: () => Promise<void>;
  readonly snapshots: () => Promise<readonly string[]>;
  /** Keeps what is remembered under a name. */
  readonly snapshot: (name: string) => Promise<void>;
  /** Brings back what was kept under a name. */
  readonly restore: (name: string) => Promise<void>;
  readonly deleteSnapshot: (name: string) => Promise<void>;
  readonly clock: () => Promise<ClockState>;
  /** Moves the clock on, by `2m` or milliseconds. */
  readonly advance: (by: string | number) => Promise<ClockState>;
  /** Sets the clock, and whether it stands still; without a time it keeps its own. */
  readonly setClock: (clock: {
    readonly now?: string | Date | undefined;
    readonly frozen?: boolean | undefined;
  }) => Promise<ClockState>;
  readonly faults: () => Promise<FaultTexts>;
  /** Sets the faults, in place of those that the mock was started with. */
  readonly setFaults: (faults: FaultTexts) => Promise<void>;
}

/** What a control works on. */
export interface Controlled {
  readonly store: Store;
  readonly scope: string;
  readonly initial: Settings;
  readonly seedData: () => Dump;
  readonly toState: (dump: Dump) => State;
  /** The id of the operation that an id, or `METHOD /path`, names; the text itself where none is. */
  readonly operationId: (text: string) => string;
  /** @throws {ExactMatchError} `OPTION_INVALID`, when an item breaks the document. */
  readonly toDump: (state: State, now: number) => Dump;
}

const SNAPSHOT = 'snapshot:';

/** Makes the functions that look into a scope and set it. */
export function createControl(controlled: Controlled): Control {
  const { store, scope, initial } = controlled;
  const settings = async () => readSettings(await store.readNote(scope, SETTINGS), initial);
  const set = async (changed: Partial<Settings>) => {
    const next = { ...(await settings()), ...changed };
    await store.writeNote(scope, SETTINGS, noteOf(next));
    return clockOf(next);
  };
  const prepared = async () => store.prepare(scope, controlled.seedData());
  return {
    ...journalOf(controlled),
    ...stateOf(controlled, prepared, settings),
    reset: async () => {
      await store.forget(scope);
      await prepared();
    },
    clock: async () => clockOf(await settings()),
    advance: async (by) => {
      const current = await settings();
      const { offset, frozenAt } = current;
      const time = millisecondsOf(by);
      if (timeOf(current) + time > LAST_TIME) {
        throw new ExactMatchError('OPTION_INVALID', 'The clock ends with the year 9999.');
      }
      return frozenAt === undefined
        ? set({ offset: offset + time })
        : set({ frozenAt: frozenAt + time });
    },
    setClock: async ({ now, frozen }) => {
      const current = await settings();
      const time = now === undefined ? timeOf(current) : timeFrom(now);
      const isFrozen = frozen ?? current.frozenAt !== undefined;
      return isFrozen
        ? set({ frozenAt: time })
        : set({ frozenAt: undefined, offset: time - Date.now() });
    },
    faults: async () => (await settings()).faults ?? {},
    setFaults: async (faults) => {
      readFaults(faults);
      await set({ faults });
    },
  };
}

function clockOf(settings: Settings): ClockState {
  return {
    now: new Date(timeOf(settings)).toISOString(),
    frozen: settings.frozenAt !== undefined,
  };
}

function timeFrom(now: string | Date): number {
  const time = now instanceof Date ? now.getTime() : Date.parse(now);
  if (time >= FIRST_TIME && time <= LAST_TIME) return time;
  throw new ExactMatchError(
    'OPTION_INVALID',
    `The time of the clock must be a date-time such as 2024-05-14T08:20:31Z, got "${String(now)}".`,
  );
}

function millisecondsOf(by: string | number): number {
  const time = typeof by === 'number' ? by : readDuration(by);
  if (time !== undefined && Number.isFinite(time) && time >= 0) return time;
  throw new ExactMatchError(
    'OPTION_INVALID',
    `The clock moves on by a duration (${DURATION_FORM}) or by milliseconds, got "${by}".`,
  );
}

function journalOf({
  store,
  scope,
  operationId,
}: Controlled): Pick<Control, 'requests' | 'clearRequests'> {
  return {
    requests: async ({ operation: wanted, status, limit = JOURNAL_SIZE } = {}) => {
      const operation = wanted === undefined ? undefined : operationId(wanted);
      const lines = await store.readRecords(scope);
      // Lines write themselves out, and their secrets out of them, when they become JSON.
      const all = JSON.parse(JSON.stringify(lines.slice(-JOURNAL_SIZE))) as Exchange[];
      return all
        .filter((exchange) => operation === undefined || exchange.operation === operation)
        .filter((exchange) => status === undefined || exchange.response.status === status)
        .slice(-limit);
    },
    clearRequests: async () => store.clearRecords(scope),
  };
}

function stateOf(
  { store, scope, toState, toDump }: Controlled,
  prepared: () => Promise<void>,
  settings: () => Promise<Settings>,
): Pick<Control, 'state' | 'setState' | 'snapshots' | 'snapshot' | 'restore' | 'deleteSnapshot'> {
  const noted = async (name: string) => {
    const note = await store.readNote(scope, SNAPSHOT + name);
    if (note !== undefined) return note as unknown as Dump;
    throw new ExactMatchError('OPTION_INVALID', `There is no snapshot "${name}" in this scope.`);
  };
  return {
    state: async () => {
      await prepared();
      return toState(await store.dump(scope));
    },
    setState: async (state) => {
      await store.load(scope, toDump(state, timeOf(await settings())));
    },
    snapshots: async () => {
      const names = await store.listNotes(scope);
      return names
        .filter((name) => name.startsWith(SNAPSHOT))
        .map((name) => name.slice(SNAPSHOT.length))
        .sort();
    },
    snapshot: async (name) => {
      await prepared();
      // A dump is JSON: items, keys and times.
      await store.writeNote(scope, SNAPSHOT + name, (await store.dump(scope)) as unknown as Json);
    },
    restore: async (name) => {
      await store.load(scope, await noted(name));
    },
    deleteSnapshot: async (name) => {
      await noted(name);
      await store.writeNote(scope, SNAPSHOT + name, undefined);
    },
  };
}
