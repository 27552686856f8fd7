import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { project, type QueryTexts, readQuery } from '../../../src/mock/odata/query.ts';
import { sessionTypes } from './sessions.ts';

const ITEM: JsonObject = {
  '@odata.type': '#session',
  id: 'a',
  state: 'Completed',
  rank: 5,
  fields: ['mrn'],
  'fields@odata.type': '#Collection(String)',
  error: {
    '@odata.type': '#error',
    code: 'x',
    details: [{ code: 'y', hints: [] }, { code: 'z' }, null],
  },
  'agent@odata.navigationLink': 'agents/g1',
  agent: { '@odata.type': '#agent', id: 'g1', name: 'Agent one' },
};

const { agent: AGENT, ...WITHOUT_AGENT } = ITEM;

function show(texts: QueryTexts, keep: readonly string[] = [], navigation?: readonly string[]) {
  const reading = readQuery(texts, sessionTypes, navigation ? { navigation } : {});
  if (reading.kind === 'mistake') expect.fail(reading.reason);
  return project(ITEM, reading.query, keep);
}

test('leaves an item whole that nothing is selected of', () => {
  expect(show({})).toEqual(ITEM);
  expect(show({ $select: '*' })).toEqual(ITEM);
  expect(show({ $select: 'id,*' })).toEqual(ITEM);
});

test('selects properties, and leaves keys and control information of the item', () => {
  expect(show({ $select: 'state , rank' }, ['id'])).toEqual({
    '@odata.type': '#session',
    id: 'a',
    state: 'Completed',
    rank: 5,
  });
});

test('keeps the order of the item', () => {
  expect(Object.keys(show({ $select: 'rank,state,id' }))).toEqual([
    '@odata.type',
    'id',
    'state',
    'rank',
  ]);
});

test('leaves control information of a property with the property', () => {
  expect(show({ $select: 'fields' })).toEqual({
    '@odata.type': '#session',
    fields: ['mrn'],
    'fields@odata.type': '#Collection(String)',
  });
  expect(show({ $select: '@odata.type' })).toEqual({ '@odata.type': '#session' });
});

test('selects by path, in objects and in each element of a collection', () => {
  expect(show({ $select: 'error/code' })).toEqual({
    '@odata.type': '#session',
    error: { '@odata.type': '#error', code: 'x' },
  });
  expect(show({ $select: 'error/details/code' })['error']).toEqual({
    '@odata.type': '#error',
    details: [{ code: 'y' }, { code: 'z' }, null],
  });
  expect(show({ $select: 'error/code,error/details/hints' })['error']).toEqual({
    '@odata.type': '#error',
    code: 'x',
    details: [{ hints: [] }, {}, null],
  });
  expect(show({ $select: 'error/code,error' })['error']).toEqual(ITEM['error']);
  expect(show({ $select: 'error,error/code' })['error']).toEqual(ITEM['error']);
  expect(show({ $select: 'extra/whatever' })).toEqual({ '@odata.type': '#session' });
});

test('leaves navigation properties out unless they are expanded', () => {
  expect(show({}, [], ['agent'])).toEqual(WITHOUT_AGENT);
  expect(show({ $select: 'agent' }, [], ['agent'])).toEqual({
    '@odata.type': '#session',
    'agent@odata.navigationLink': 'agents/g1',
  });
  expect(show({ $expand: 'agent' }, [], ['agent'])).toEqual(ITEM);
  expect(show({ $expand: 'agent', $select: 'id' }, [], ['agent'])).toEqual({
    '@odata.type': '#session',
    id: 'a',
    'agent@odata.navigationLink': 'agents/g1',
    agent: AGENT,
  });
});

test('expands any property that holds objects when navigation properties are not told', () => {
  expect(show({ $expand: ' error , extra,fields', $select: 'id' })).toEqual({
    '@odata.type': '#session',
    id: 'a',
    fields: ITEM['fields'],
    'fields@odata.type': '#Collection(String)',
    error: ITEM['error'],
  });
});

test('selects in what is expanded', () => {
  const want = { '@odata.type': '#agent', name: 'Agent one' };
  expect(show({ $expand: 'agent($select=name)' }, [], ['agent'])).toEqual({ ...ITEM, agent: want });
  expect(show({ $expand: 'agent( select= name ),error', $select: 'id' })).toMatchObject({
    agent: want,
  });
  expect(show({ $expand: 'agent($select=*)' })).toEqual(ITEM);
});

test('takes names that objects have anyway as names like any other', () => {
  const item: JsonObject = JSON.parse('{"__proto__":{"x":1},"constructor":2,"id":3}');
  const reading = readQuery({ $select: '__proto__,constructor' }, () => 'any');
  if (reading.kind === 'mistake') expect.fail(reading.reason);
  expect(JSON.stringify(project(item, reading.query, []))).toBe(
    '{"__proto__":{"x":1},"constructor":2}',
  );
});
