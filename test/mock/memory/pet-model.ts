import fc from 'fast-check';
import { expect } from 'vitest';
import type { Answered, Ask } from './model-subject.ts';
import { merge } from './session-model.ts';

type Values = Readonly<Record<string, unknown>>;

/** One thing that is done to a mock of pets, of which one is chosen by its number. */
export type PetStep =
  | { readonly do: 'list'; readonly pet: number }
  | { readonly do: 'post'; readonly pet: number; readonly body: Values }
  | PetRequest
  | ToyRequest;

interface PetRequest {
  readonly do: keyof typeof REQUESTS;
  readonly pet: number;
  readonly body?: Values;
}

interface ToyRequest {
  readonly do: 'toy' | 'putToy' | 'getToy';
  readonly pet: number;
  readonly toy: Values;
}

const pet = fc.nat({ max: 4 });
const name = fc.constantFrom('Rex', 'Tom');
const rest = {
  tag: fc.constantFrom('dog', 'cat'),
  pin: fc.constantFrom('1234'),
  home: fc.record({ town: name, code: name, more: fc.constant([1]) }, { requiredKeys: [] }),
  extra: fc.constantFrom(true, { deep: { deeper: 1 } }),
};
/** What the service alone sets; a client that says it all the same is not heard. */
const ignored = { id: fc.constant(77), createdAt: fc.constant('1999-01-01T00:00:00Z') };
const whole = fc.record(
  { name, ...rest, ...ignored },
  { requiredKeys: ['name'], noNullPrototype: true },
);
const nothing = fc.constant(null);
const change = fc.record(
  {
    name,
    tag: fc.oneof(rest.tag, nothing),
    pin: rest.pin,
    home: fc.record({ town: fc.oneof(name, nothing), code: name }, { requiredKeys: [] }),
    extra: fc.oneof(rest.extra, nothing),
    ...ignored,
  },
  { requiredKeys: [], noNullPrototype: true },
);
const toy = fc.record(
  { name: fc.constantFrom('ball', 'a/b', 'ü %'), price: fc.constantFrom(0, 5) },
  { requiredKeys: ['name'], noNullPrototype: true },
);
const plain = fc.constantFrom('get', 'delete', 'feed', 'list', 'toys');

/** Sequences of steps; pets come more often than they go. */
export const petSteps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('post'), pet, body: whole }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('put'), pet, body: whole }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('patch'), pet, body: change }) },
    { weight: 4, arbitrary: fc.record({ do: plain, pet }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constantFrom('toy', 'putToy', 'getToy'), pet, toy }),
    },
  ),
  { minLength: 5, maxLength: 40 },
) as fc.Arbitrary<readonly PetStep[]>;

interface Pet {
  value: Values;
  readonly toys: Values[];
}

const NOW = '2024-05-14T08:00:00.000Z';
const ALL = 'pets';

/** Does each step to a mock and to a model, and compares what both say. */
export async function runPets(ask: Ask, steps: readonly PetStep[]): Promise<void> {
  await ask(ALL, 'POST', '/__mock/reset');
  const pets: Pet[] = [];
  for (const step of steps) {
    const chosen = pets[step.pet % (pets.length + 1)];
    const path = `/pets/${chosen?.value['id'] ?? 999}`;
    if ('toy' in step) await withToy(ask, path, chosen, step);
    else if (step.do === 'post') pets.push(await post(ask, pets, step.body));
    else if (step.do === 'list')
      expect(await ask(ALL, 'GET', '/pets')).toMatchObject({
        status: 200,
        body: pets.map(({ value }) => value),
      });
    else {
      await withPet(ask, path, chosen, step);
      if (step.do === 'delete' && chosen) pets.splice(pets.indexOf(chosen), 1);
    }
  }
}

/** What is shown of what was sent: never the pin. */
function shown({ pin: _, ...value }: Values): Values {
  return value;
}

async function post(ask: Ask, pets: readonly Pet[], body: Values): Promise<Pet> {
  const made = await ask(ALL, 'POST', '/pets', { body });
  const { id } = made.body;
  expect(pets.map(({ value }) => value['id'])).not.toContain(id);
  const value = { ...shown(body), id, createdAt: NOW };
  expect([made.status, made.body]).toEqual([201, value]);
  expect(made.headers.get('location')).toMatch(new RegExp(`/v2/pets/${id}$`));
  return { value, toys: [] };
}

async function withPet(
  ask: Ask,
  path: string,
  chosen: Pet | undefined,
  { do: what, body = {} }: PetRequest,
): Promise<void> {
  const [method, suffix] = REQUESTS[what];
  const more = what === 'put' || what === 'patch' ? { body } : {};
  const answer = await ask(ALL, method, path + suffix, more);
  if (!chosen) {
    expect(answer).toMatchObject({ status: 404, body: { message: 'There is no pet "999".' } });
    return;
  }
  const kept = { id: chosen.value['id'], createdAt: NOW };
  if (what === 'put') chosen.value = { ...shown(body), ...kept };
  if (what === 'patch') {
    chosen.value = { ...shown(merge(chosen.value, body) as Values), ...kept };
  }
  expectAnswer(answer, what, chosen);
}

const REQUESTS = {
  put: ['PUT', ''],
  patch: ['PATCH', ''],
  get: ['GET', ''],
  delete: ['DELETE', ''],
  feed: ['POST', '/feed'],
  toys: ['GET', '/toys'],
} as const;

function expectAnswer({ status, body }: Answered, what: string, { value, toys }: Pet): void {
  if (what === 'delete') expect([status, body]).toEqual([204, undefined]);
  else if (what === 'toys')
    expect([status, body]).toEqual([200, { items: toys, total: toys.length }]);
  else expect([status, body]).toEqual([200, value]);
}

async function withToy(
  ask: Ask,
  path: string,
  chosen: Pet | undefined,
  { do: what, toy: body }: ToyRequest,
): Promise<void> {
  const at = `${path}/toys/${encodeURIComponent(String(body['name']))}`;
  const [method, where, more] =
    what === 'toy'
      ? (['POST', `${path}/toys`, { body }] as const)
      : what === 'putToy'
        ? (['PUT', at, { body }] as const)
        : (['GET', at, {}] as const);
  const answer = await ask(ALL, method, where, more);
  const index = chosen?.toys.findIndex((each) => each['name'] === body['name']) ?? -1;
  if (!chosen || (what === 'getToy' && index === -1)) {
    expect(answer.status).toBe(404);
    return;
  }
  const isNew = index === -1;
  if (what === 'getToy') expect([answer.status, answer.body]).toEqual([200, chosen.toys[index]]);
  else if (what === 'putToy') {
    expect([answer.status, answer.body]).toEqual([isNew ? 201 : 200, body]);
    chosen.toys[isNew ? chosen.toys.length : index] = body;
  } else {
    expect(answer.status).toBe(isNew ? 201 : 409);
    if (isNew) chosen.toys.push(body);
  }
}
