import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Dependence } from '../../src/pact/dependence.ts';
import { startBroker } from '../pact/broker/broker.ts';
import { run } from './io.ts';

const fixtures = join(import.meta.dirname, '../pact/fixtures');
const spec = ['--spec', join(fixtures, 'pets.openapi.yaml')];
const consumers = join(fixtures, 'consumers');

test('shows what each consumer uses, a column for each', async () => {
  const { code, stdout, stderr } = await run(['coverage', consumers, ...spec]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const text = stdout.replaceAll(/\(.*consumers\//g, '(consumers/');
  expect(text).toMatchInlineSnapshot(`
    "Pets: what its consumers use

                               pets-mobile  pets-web
    listPets                        ·          1
      query tag                     ·          ✓
      query limit                   ·          ✓
      200                           ·          1
      200 header X-Total            ·          ✓
      200 body [].id                ·          ✓
      200 body [].name              ·          ✓
      200 body [].owner.email       ·          ✓
    getPet                          1          1
      path petId                    ✓          ✓
      200                           1          ·
      200 body id                   ✓          ·
      200 body name                 ✓          ·
      200 body born                 ✓          ·
      404                           ·          1
      404 body title                ·          ✓

    Numbers are interactions, ✓ is sent or read, · is not.
    Nobody uses 2 of the operations: addPet, deletePet
    pets-mobile asks for what the document does not have: GET /pets/7/photos, "the photos of a pet" (consumers/mobile.json:19)
    pets-web has 1 message as well, which no operation has.
    "
  `);
});

test('writes the same as JSON, for programs', async () => {
  const { stdout } = await run(['coverage', consumers, ...spec, '--format', 'json']);
  const { operations, consumers: names, unused, unknown } = JSON.parse(stdout) as Dependence;
  expect(names).toMatchObject([
    { name: 'pets-mobile', interactions: 2, messages: 0 },
    { name: 'pets-web', interactions: 2, messages: 1 },
  ]);
  expect(operations.map(({ id, uses }) => [id, uses])).toEqual([
    ['listPets', { 'pets-web': 1 }],
    ['getPet', { 'pets-mobile': 1, 'pets-web': 1 }],
  ]);
  expect(operations[0]?.parts).toContainEqual({
    place: 'response.body',
    status: 200,
    field: '[].owner.email',
    uses: { 'pets-web': 1 },
  });
  expect(unused).toEqual(['addPet', 'deletePet']);
  expect(unknown).toMatchObject([
    { consumer: 'pets-mobile', method: 'GET', path: '/pets/7/photos', line: 19 },
  ]);
});

test('writes one HTML file that loads nothing', async () => {
  await using folder = await mkdtempDisposable(join(import.meta.dirname, 'coverage-'));
  const file = join(folder.path, 'consumers.html');
  expect(await run(['coverage', consumers, ...spec, '-o', file])).toMatchObject({
    code: 0,
    stdout: '',
  });
  const page = await readFile(file, 'utf8');
  expect(page).toContain('<th scope="col">pets-mobile</th><th scope="col">pets-web</th>');
  expect(page).toContain('200 body [].owner.email</th><td class="u">·</td><td class="p">✓</td>');
  expect(page).toContain('default-src &#39;none&#39;');
  expect(page).not.toMatch(/<script|https?:\/\/(?!api\.example)/);
});

test.for([
  [['coverage', `${fixtures}/none`], /"[^"]*none": there is no such file/],
  [['coverage', join(fixtures, 'pets.openapi.yaml')], /line 1, column 1/],
  [['coverage', 'http://127.0.0.1:1/pact.json'], /^exactmatch: Failed to reach the broker/],
  [['coverage', consumers, '--format', 'xml'], /--format must be one of pretty, json, html/],
] as const)('refuses %j', async ([argv, reason]) => {
  const { code, stderr } = await run(argv);
  expect(code).toBe(2);
  expect(stderr).toMatch(reason);
});

test('reads the pacts of a broker', async () => {
  await using broker = await startBroker({ token: 't0p' });
  const pact = await readFile(join(fixtures, 'consumers/web.json'), 'utf8');
  broker.publish(JSON.parse(pact), '1');
  const [{ provider, consumer } = { provider: '', consumer: '' }] = broker.pacts;
  const argv = ['coverage', '--spec', join(fixtures, 'pets.openapi.yaml'), '--broker', broker.url];
  const env = { PACT_BROKER_TOKEN: 't0p' };
  const { code, stdout } = await run([...argv, '--provider-name', provider], '', env);
  expect([code, stdout]).toEqual([0, expect.stringContaining(consumer)]);
  const unnamed = await run(argv, '', env);
  expect([unnamed.code, unnamed.stderr]).toEqual([2, expect.stringContaining('--provider-name')]);
  const none = await run([...argv, '--provider-name', 'none'], '', env);
  expect([none.code, none.stderr]).toEqual([
    2,
    expect.stringContaining('There is no pact in the broker'),
  ]);
});
