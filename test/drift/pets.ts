import type { Answer, Asked } from '../pact/provider.ts';

/** A pet, as the provider keeps it. */
interface Pet {
  readonly id: number;
  readonly name: string;
  readonly tag?: string;
}

/** The provider of the table: as its document says, while nobody makes it drift. */
export interface Pets {
  readonly answer: (asked: Asked) => Answer;
  readonly add: (pet: Pet) => void;
  readonly clear: () => void;
}

/** Makes the provider, with no pets. */
export function createPets(): Pets {
  const pets = new Map<number, Pet>();
  return {
    add: (pet) => pets.set(pet.id, pet),
    clear: () => pets.clear(),
    answer: (asked) => {
      const { pathname, searchParams } = new URL(asked.url, 'http://pets.invalid');
      if (pathname === '/pets') return atCollection(pets, asked, searchParams);
      const id = /^\/pets\/([^/]+)$/.exec(pathname)?.[1];
      return id === undefined ? problem(404, 'There is no such path.') : atItem(pets, asked, id);
    },
  };
}

function atCollection(
  pets: Map<number, Pet>,
  { method, headers, body }: Asked,
  query: URLSearchParams,
): Answer {
  if (method === 'POST') return create(pets, String(headers['content-type']), body);
  if (method !== 'GET') return notAllowed('GET, POST');
  const tag = query.get('tag');
  const limit = query.get('limit') ?? '100';
  if (tag !== null && !isTag(tag)) return problem(400, 'The tag must be cat or dog.');
  if (!/^[1-9]\d?$|^100$/.test(limit)) return problem(400, 'The limit must be from 1 to 100.');
  const found = [...pets.values()].filter((pet) => tag === null || pet.tag === tag);
  return {
    headers: { 'x-total': String(found.length) },
    body: found.slice(0, Number(limit)).map(toBody),
  };
}

function create(pets: Map<number, Pet>, type: string, text: string): Answer {
  if (!type.startsWith('application/json')) return problem(400, 'The body must be JSON.');
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return problem(400, 'The body is no JSON.');
  }
  if (!isNewPet(given)) return problem(400, 'That is no pet.');
  const { name, tag } = given;
  const id = Math.max(0, ...pets.keys()) + 1;
  const pet = { id, name, ...(tag === undefined ? {} : { tag }) };
  pets.set(id, pet);
  return { status: 201, headers: { location: `/pets/${id}` }, body: toBody(pet) };
}

interface NewPet {
  readonly name: string;
  readonly tag?: string;
}

function isNewPet(given: unknown): given is NewPet {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return false;
  const { name, tag, chip } = given as Record<string, unknown>;
  const isNamed = typeof name === 'string' && name.length >= 1 && [...name].length <= 100;
  return (
    isNamed && (tag === undefined || isTag(tag)) && (chip === undefined || typeof chip === 'string')
  );
}

function isTag(tag: unknown): boolean {
  return tag === 'cat' || tag === 'dog';
}

function atItem(pets: Map<number, Pet>, { method }: Asked, id: string): Answer {
  if (!/^[1-9]\d*$/.test(id)) return problem(400, 'The id must be a number.');
  const pet = pets.get(Number(id));
  if (method !== 'GET' && method !== 'DELETE') return notAllowed('GET, DELETE');
  if (!pet) return problem(404, 'There is no such pet.');
  if (method === 'GET') return { body: toBody(pet) };
  pets.delete(pet.id);
  return { status: 204 };
}

function toBody(pet: Pet): object {
  return { ...pet, status: 'available', registered: '2024-05-14T08:20:31Z', weight: 12.5 };
}

function notAllowed(allow: string): Answer {
  return { ...problem(405, 'That cannot be done here.'), headers: { allow, ...PROBLEM } };
}

const PROBLEM = { 'content-type': 'application/problem+json' };

function problem(status: number, title: string): Answer {
  return { status, headers: PROBLEM, body: { title, status } };
}
