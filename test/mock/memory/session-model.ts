import { expect } from 'vitest';
import type { Answered, Ask } from './model-subject.ts';
import {
  type Action,
  filters,
  type Listed,
  type Tag,
  type Values,
  type Which,
} from './session-steps.ts';

/** A session as the model has it. */
export interface Session {
  readonly id: string;
  value: Values;
  since: number;
  /** `undefined` when it has changed and nobody has seen its tag since then. */
  etag: string | undefined;
  /** A tag that it had before. */
  stale: string;
  isGone: boolean;
  agent: Values | undefined;
}

/** One scope: plain lists. */
export interface ScopeModel {
  now: number;
  /** All that were ever made, by data store. */
  stores: Record<string, Session[]>;
  snapshot: Record<string, Session[]> | undefined;
  /** All tags that there ever were. */
  readonly tags: Set<string>;
}

const START = Date.parse('2024-05-14T08:00:00Z');

export function emptyScope(): ScopeModel {
  return { now: START, stores: {}, snapshot: undefined, tags: new Set() };
}

export function timeOf(scope: ScopeModel): string {
  return new Date(scope.now).toISOString();
}

/** Lets the session take its course until now. */
export function settle(scope: ScopeModel, session: Session): void {
  const due = session.since + 30_000;
  if (session.value['state'] !== 'ProcessingInProgress' || due > scope.now) return;
  const time = new Date(due).toISOString();
  change(session, due, {
    state: 'Completed',
    lastUpdatedDateTime: time,
    processingCompletionDateTime: time,
    completionDateTime: time,
    remainingJobCount: 0,
  });
}

/** Gives the session another value, and so another tag; its time goes on where its state has not changed. */
export function replace(session: Session, now: number, value: Values): void {
  if (value['state'] !== session.value['state']) session.since = now;
  session.value = value;
  forgetTag(session);
}

export function change(session: Session, now: number, values: Values): void {
  replace(session, now, { ...session.value, ...values });
}

export function forgetTag(session: Session): void {
  session.stale = session.etag ?? session.stale;
  session.etag = undefined;
}

/** Sees the tag of a session in an answer: the one that is known, or one that nothing ever had. */
export function see(scope: ScopeModel, session: Session, etag: string | null | undefined): void {
  expect(etag).toMatch(/^W\/"\d+"$/);
  if (session.etag !== undefined) {
    expect(etag).toBe(session.etag);
    return;
  }
  expect(scope.tags).not.toContain(etag);
  scope.tags.add(String(etag));
  session.etag = String(etag);
}

/** The value of a condition header; none where the tag is not known. */
export function conditionOf({ etag, stale }: Session, tag: Tag): string | undefined {
  if (tag === 'none' || tag === 'last') return tag === 'last' ? etag : undefined;
  if (tag === 'any') return '*';
  if (tag === 'stale') return stale;
  return tag === 'other' ? 'W/"nobody"' : `"nobody" , ${etag ?? stale}`;
}

/** Whether a condition names a session as it is now. */
export function isMet(condition: string | undefined, { etag }: Session): boolean {
  if (condition === undefined || condition === '*') return true;
  return etag !== undefined && condition.includes(etag);
}

/** JSON Merge Patch, as RFC 7396 writes it in pseudocode. */
export function merge(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const isObject = typeof target === 'object' && target !== null && !Array.isArray(target);
  const merged: Record<string, unknown> = isObject ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = merge(merged[name], value);
  }
  return merged;
}

/** What is left of a body: annotations say nothing to a service. */
export function meant(body: Values): Values {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !name.startsWith('@odata.')));
}

export function collectionOf({ store }: Pick<Which, 'store'>): string {
  return `/dataClassification/exactMatchDataStores/${encodeURIComponent(store)}/sessions`;
}

/** The moves of a session: from which states, and what they set. */
export const moves: Readonly<
  Record<Action, { readonly from: readonly unknown[]; readonly set: (time: string) => Values }>
> = {
  commit: {
    from: ['Created'],
    set: (time) => ({
      state: 'ProcessingInProgress',
      startDateTime: time,
      uploadCompletionDateTime: time,
      remainingBlockCount: 0,
      dataUploadURI: null,
    }),
  },
  cancel: {
    from: ['Created', 'ProcessingInProgress'],
    set: (time) => ({ state: 'Cancelled', completionDateTime: time, dataUploadURI: null }),
  },
  renew: { from: ['Created'], set: () => ({}) },
};

/** The sessions that a list must have, in order, before it is cut into pages. */
export function listed(sessions: readonly Session[], { filter, order }: Listed): Session[] {
  const test = filter === undefined ? () => true : filters[filter];
  const compare = (one: Session, other: Session) => {
    for (const { by, down } of order) {
      const [left, right] = [one, other].map(({ value }) => value[by] ?? null);
      if (left === right) continue;
      const isLess = left === null || (right !== null && (left as string) < (right as string));
      return isLess === down ? 1 : -1;
    }
    return 0;
  };
  return sessions.filter(({ value }) => test(value)).sort(compare);
}

/** Reads a list to its end, and gives the items of each page. */
export async function readPages(
  ask: Ask,
  at: Which,
  query: Listed,
): Promise<{
  readonly pages: readonly (readonly Values[])[];
  readonly counts: readonly unknown[];
}> {
  const { filter, order, top, skip, count, size } = query;
  const by = order.map((each) => encodeURIComponent(`${each.by}${each.down ? ' desc' : ''}`));
  const options = [
    filter === undefined ? [] : [`$filter=${encodeURIComponent(filter)}`],
    order.length === 0 ? [] : [`$orderby=${by.join(',')}`],
    top === undefined ? [] : [`$top=${top}`],
    skip === undefined ? [] : [`$skip=${skip}`],
    count === undefined ? [] : [`$count=${count}`],
  ].flat();
  const headers = size === undefined ? {} : { prefer: `odata.maxpagesize=${size}` };
  const pages: Values[][] = [];
  const counts: unknown[] = [];
  let next: string | undefined = `${collectionOf(at)}?${options.join('&')}`;
  while (next !== undefined) {
    const { status, body }: Answered = await ask(at.scope, 'GET', next, { headers });
    expect(status, next).toBe(200);
    expect(body['@odata.context']).toMatch(/sessions$/);
    pages.push(body.value);
    counts.push(body['@odata.count']);
    next = body['@odata.nextLink']?.replace(/^.*(?=\/dataClassification)/, '');
    expect(pages.length).toBeLessThan(100);
  }
  return { pages, counts };
}
