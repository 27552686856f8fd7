import { beforeEach, expect, test } from 'vitest';
import { loadSpec } from '../../../src/index.ts';
import { startMock } from '../../../src/mock.ts';
import { type Ask, createAsk, type Members } from '../asker.ts';
import { sessions } from '../mock.ts';

let ask: Ask;
beforeEach(async () => {
  ask = createAsk(await startMock({ listen: false }), await loadSpec());
});

async function create(body: Members = {}): Promise<string> {
  return String((await ask('POST', sessions, body)).body['id']);
}

test('filters and orders by what lies below a session', async () => {
  const [one, two] = [await create({ fileName: 'one' }), await create({ fileName: 'two' })];
  await create({ fileName: 'three' });
  await ask('POST', `${sessions}/${one}/uploadAgent`, { description: 'b' });
  await ask('POST', `${sessions}/${two}/uploadAgent`, { description: 'a' });
  const names = async (query: string) => {
    const { body } = await ask('GET', `${sessions}?${query}`);
    return (body['value'] as readonly Members[]).map(({ fileName }) => fileName);
  };
  expect(await names("$filter=uploadAgent/description eq 'a'")).toEqual(['two']);
  expect(await names('$filter=uploadAgent eq null')).toEqual(['three']);
  expect(await names('$orderby=uploadAgent/description desc')).toEqual(['one', 'two', 'three']);
});

test('says which size of pages it has applied', async () => {
  await create();
  const sized = async (prefer: string) =>
    (await ask('GET', sessions, undefined, { prefer })).headers.get('preference-applied');
  expect(await sized('odata.maxpagesize=2')).toBe('odata.maxpagesize=2');
  expect(await sized('maxpagesize=5000')).toBe('odata.maxpagesize=1000');
  expect(await sized('odata.maxpagesize=0')).toBe(null);
});
