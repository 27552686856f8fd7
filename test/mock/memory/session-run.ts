import { expect } from 'vitest';
import type { Answered, Ask } from './model-subject.ts';
import {
  change,
  collectionOf,
  conditionOf,
  emptyScope,
  forgetTag,
  isMet,
  listed,
  meant,
  merge,
  moves,
  readPages,
  replace,
  type ScopeModel,
  type Session,
  see,
  settle,
  timeOf,
} from './session-model.ts';
import type { SessionStep, Values } from './session-steps.ts';

type Step<Do extends SessionStep['do']> = Extract<SessionStep, { readonly do: Do }>;

/** Does each step to a mock and to a model, and compares what both say. */
export async function runSessions(ask: Ask, steps: readonly SessionStep[]): Promise<void> {
  const scopes: Record<string, ScopeModel> = { one: emptyScope(), two: emptyScope() };
  for (const scope of Object.keys(scopes)) await ask(scope, 'POST', '/__mock/reset');
  for (const step of steps) {
    const scope = scopes[step.at.scope];
    if (!scope) continue;
    if (step.do === 'create') await create(ask, scope, step);
    else if (step.do === 'list') await list(ask, scope, step);
    else if (step.do === 'advance') await advance(ask, scope, step);
    else if (step.do === 'reset' || step.do === 'snapshot' || step.do === 'restore')
      await control(ask, scope, step);
    else await withSession(ask, scope, step);
  }
}

const UPLOAD = /^https:\/\/edm\.blob\.core\.windows\.net\/upload\/[\da-f-]{36}\?sv=2023-11-03&sr=c/;

async function create(ask: Ask, scope: ScopeModel, { at, body, minimal }: Step<'create'>) {
  const headers = minimal ? { prefer: 'return=minimal' } : {};
  const made = await ask(at.scope, 'POST', collectionOf(at), { body, headers });
  expect(made.status).toBe(minimal ? 204 : 201);
  const location = made.headers.get('location') ?? '';
  const path = location.replace(/^.*(?=\/dataClassification)/, '');
  expect(path.startsWith(`${collectionOf(at)}/`), location).toBe(true);
  const answered = minimal ? (await ask(at.scope, 'GET', path)).body : made.body;
  const { id, salt, dataUploadURI } = answered;
  expect(path).toBe(`${collectionOf(at)}/${id}`);
  const sessions = scope.stores[at.store] ?? [];
  scope.stores[at.store] = sessions;
  expect(sessions.map((each) => each.id)).not.toContain(id);
  expect(id).toMatch(/^[\da-f-]{36}$/);
  expect(dataUploadURI).toMatch(UPLOAD);
  const value = {
    '@odata.type': '#microsoft.graph.exactMatchSession',
    rowsPerBlock: 50_000,
    totalBlockCount: 12,
    remainingBlockCount: 12,
    totalJobCount: 3,
    remainingJobCount: 3,
    ...meant(body),
    creationDateTime: timeOf(scope),
    lastUpdatedDateTime: timeOf(scope),
    dataStoreId: at.store,
    state: 'Created',
    ...{ id, salt, dataUploadURI },
  };
  const session: Session = {
    ...{ id, value, since: scope.now, etag: undefined, stale: 'W/"0"' },
    isGone: false,
    agent: undefined,
  };
  sessions.push(session);
  see(scope, session, made.headers.get('etag'));
  expectSession(scope, session, answered);
}

/** Holds a session that was answered with to the model's. */
function expectSession(scope: ScopeModel, session: Session, body: Values) {
  const { '@odata.etag': etag, '@odata.context': context, ...value } = body;
  see(scope, session, String(etag));
  expect(value).toEqual(session.value);
  if (context !== undefined) expect(context).toMatch(/^http.*sessions\/\$entity$/);
}

async function withSession(
  ask: Ask,
  scope: ScopeModel,
  step: Step<'get' | 'patch' | 'delete' | 'act' | 'agent'>,
) {
  const sessions = scope.stores[step.at.store] ?? [];
  const session = sessions[step.at.number % (sessions.length + 1)];
  const path = `${collectionOf(step.at)}/${session?.id ?? 'nobody'}`;
  if (step.do === 'agent') return agent(ask, scope, step, { session, path });
  const [method, suffix] = requestOf(step);
  const body = step.do === 'patch' ? { body: step.body } : {};
  if (!session || session.isGone) {
    const { status } = await ask(step.at.scope, method, path + suffix, body);
    return expect(status, `${method} of what is not there`).toBe(404);
  }
  const condition = conditionOf(session, step.tag);
  settle(scope, session);
  const holds = isMet(condition, session);
  const name = step.do === 'get' ? 'if-none-match' : 'if-match';
  const headers = condition === undefined ? {} : { [name]: condition };
  if (step.do === 'get') {
    const isSame = condition !== undefined && holds;
    return get(ask, scope, step, { session, path, headers, isSame });
  }
  const answer = await ask(step.at.scope, method, path + suffix, { headers, ...body });
  if (!holds) return expect(answer.status).toBe(412);
  if (step.do === 'patch') return patched(scope, session, step, answer);
  if (step.do === 'act') return acted(scope, session, step, answer);
  expect(answer.status).toBe(204);
  session.isGone = true;
  session.agent = undefined;
}

function requestOf(
  step: Step<'get' | 'patch' | 'delete' | 'act'>,
): readonly [method: string, suffix: string] {
  if (step.do === 'act') {
    // Both ways to name an action are one.
    const prefix = step.at.number % 2 === 0 ? '' : 'microsoft.graph.';
    return ['POST', `/${prefix}${step.action}`];
  }
  return [{ get: 'GET', patch: 'PATCH', delete: 'DELETE' }[step.do], ''];
}

async function get(
  ask: Ask,
  scope: ScopeModel,
  { at, select }: Step<'get'>,
  asked: {
    readonly session: Session;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly isSame: boolean;
  },
) {
  const { session, path, headers, isSame } = asked;
  const answer = await ask(at.scope, 'GET', `${path}${select ? '?$select=fileName' : ''}`, {
    headers,
  });
  expect(answer.status).toBe(isSame ? 304 : 200);
  see(scope, session, answer.headers.get('etag'));
  if (isSame) return;
  if (!select) return expectSession(scope, session, answer.body);
  const { fileName, id } = session.value;
  const names = Object.keys(answer.body).filter((name) => !name.startsWith('@odata.'));
  expect(names.sort()).toEqual(fileName === undefined ? ['id'] : ['fileName', 'id']);
  expect([answer.body.fileName, answer.body.id]).toEqual([fileName, id]);
}

function patched(scope: ScopeModel, session: Session, { body }: Step<'patch'>, answer: Answered) {
  expect(answer.status).toBe(200);
  const merged = merge(session.value, meant(body)) as Values;
  replace(session, scope.now, { ...merged, lastUpdatedDateTime: timeOf(scope) });
  see(scope, session, answer.headers.get('etag'));
  expectSession(scope, session, answer.body);
}

function acted(scope: ScopeModel, session: Session, { action }: Step<'act'>, answer: Answered) {
  const { from, set } = moves[action];
  if (!from.includes(session.value['state'])) {
    expect(answer.status).toBe(409);
    expect(answer.body.error.message).toContain(`the item is ${session.value['state']}`);
    return;
  }
  const time = timeOf(scope);
  change(session, scope.now, { ...set(time), lastUpdatedDateTime: time });
  see(scope, session, answer.headers.get('etag'));
  expect(answer.status).toBe(action === 'renew' ? 200 : 204);
  if (action !== 'renew') return;
  const { dataUploadURI } = answer.body;
  expect(dataUploadURI).toMatch(UPLOAD);
  expect(dataUploadURI).not.toBe(session.value['dataUploadURI']);
  session.value = { ...session.value, dataUploadURI };
  expectSession(scope, session, answer.body);
}

async function agent(
  ask: Ask,
  scope: ScopeModel,
  { at, method }: Step<'agent'>,
  { session, path }: { readonly session: Session | undefined; readonly path: string },
) {
  const description = timeOf(scope);
  const body = method === 'POST' || method === 'PATCH' ? { body: { description } } : {};
  const answer = await ask(at.scope, method, `${path}/uploadAgent`, body);
  if (!session || session.isGone) return expect(answer.status).toBe(404);
  if (method === 'POST') {
    expect(answer.status).toBe(session.agent ? 409 : 201);
    if (!session.agent) session.agent = { description, id: answer.body.id };
  } else if (!session.agent) expect(answer.status).toBe(404);
  else {
    expect(answer.status).toBe(method === 'DELETE' ? 204 : 200);
    if (method === 'DELETE') session.agent = undefined;
    else if (method === 'PATCH') session.agent = { ...session.agent, description };
  }
  const isShown = answer.status === 200 || answer.status === 201;
  if (isShown) expect(answer.body).toMatchObject(session.agent ?? {});
}

async function list(ask: Ask, scope: ScopeModel, { at, query }: Step<'list'>) {
  const sessions = (scope.stores[at.store] ?? []).filter(({ isGone }) => !isGone);
  for (const session of sessions) settle(scope, session);
  const { pages, counts } = await readPages(ask, at, query);
  const found = listed(sessions, query);
  const { top, skip = 0, count, size } = query;
  const most = Math.min(top ?? 100, size || 100);
  const want = top === 0 ? [] : found.slice(skip);
  const sizes = pages.slice(0, -1).map((page) => page.length);
  expect(sizes).toEqual(sizes.map(() => most));
  expect(pages).toHaveLength(most === 0 ? 1 : Math.max(1, Math.ceil(want.length / most)));
  const total = count === true ? found.length : undefined;
  expect(counts).toEqual(pages.map(() => total));
  const items = pages.flat();
  expect(items.map(({ id }) => id)).toEqual(want.map(({ id }) => id));
  for (const [index, session] of want.entries()) expectSession(scope, session, items[index] ?? {});
}

async function advance(ask: Ask, scope: ScopeModel, { at, seconds }: Step<'advance'>) {
  scope.now += seconds * 1000;
  const body = { by: `${seconds}s` };
  const answer = await ask(at.scope, 'POST', '/__mock/clock/advance', { body });
  expect(answer.body).toEqual({ now: timeOf(scope), frozen: true });
}

async function control(
  ask: Ask,
  scope: ScopeModel,
  { at, do: name }: Step<'reset' | 'snapshot' | 'restore'>,
) {
  if (name === 'reset') {
    Object.assign(scope, emptyScope());
    await ask(at.scope, 'POST', '/__mock/reset');
    return;
  }
  const path = '/__mock/snapshots/kept';
  if (name === 'snapshot') {
    scope.snapshot = structuredClone(scope.stores);
    return expect((await ask(at.scope, 'PUT', path)).status).toBe(204);
  }
  const { status } = await ask(at.scope, 'POST', `${path}/restore`);
  expect(status).toBe(scope.snapshot ? 204 : 400);
  if (!scope.snapshot) return;
  scope.stores = structuredClone(scope.snapshot);
  // What is brought back is new: nobody's tag is good for it.
  for (const session of Object.values(scope.stores).flat()) forgetTag(session);
}
