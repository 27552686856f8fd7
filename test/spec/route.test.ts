import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { readSpec } from '../../src/spec/load.ts';
import { findRoute } from '../../src/spec/route.ts';
import type { Spec } from '../../src/spec/spec.ts';

/** A document of paths, each with its methods: `{ '/pets': 'get post' }`. */
function specOf(paths: Readonly<Record<string, string>>, rest: JsonObject = {}): Promise<Spec> {
  const items = Object.entries(paths).map(([path, methods]) => [
    path,
    Object.fromEntries(methods.split(' ').map((method) => [method, { responses: {} }])),
  ]);
  return readSpec({ openapi: '3.1.0', paths: Object.fromEntries(items), ...rest });
}

/** A route in one line: `/pets/{id} id=7`, `405 /pets GET, POST`, `unmatched`. */
function routeOf(spec: Spec, path: string, method = 'GET'): string {
  const route = findRoute(spec, method, path);
  if (route.kind === 'method') return `405 ${route.path} ${route.allowed.join(', ')}`;
  if (route.kind !== 'found') return route.kind;
  const values = Object.entries(route.pathParameters).map(([name, value]) => `${name}=${value}`);
  return [route.operation.path, ...values].join(' ');
}

const PATHS = {
  '/': 'get',
  '/pets': 'get post',
  '/pets/': 'get',
  '/pets/mine': 'get',
  '/pets/{id}': 'get delete',
  '/a/{x}/c': 'get',
  '/a/b/{y}': 'get',
  '/a/b/d/{z}': 'get',
  '/tags/': 'get',
  '/users': 'get',
  '/users/{id}': 'get',
  '/users/$count': 'get',
  '/users/delta()': 'get',
  "/users('{id}')": 'get',
  "/users(userPrincipalName='{upn}')": 'get',
  "/users(userPrincipalName='{upn}',tenant={tenant})": 'get',
  "/drive/search(q='{q}')": 'get',
  '/reports/between(from={from},to={to})': 'get',
  '/sessions/{id}/microsoft.graph.commit': 'post',
  '/files/{id}.json': 'get',
  '/files/{name}.{type}': 'get',
  '/files/{id}': 'get',
  '/files/read{me}': 'get',
  '/tags/{from}-v{to}': 'get',
  '/pairs/{left}{right}': 'get',
  '/caf\u00e9/{x}': 'get',
  '/coded%20text': 'get',
  '/half%': 'get',
  '/brace{': 'get',
  '/empty{}': 'get',
  '/slash/{a/b}/end': 'get',
  '/regex/.*': 'get',
  '/regex/a+b({x})': 'get',
  '/__proto__/{__proto__}/{constructor}': 'get',
  '/twice/{id}/{id}': 'get',
};

test.for([
  ['/', '/'],
  ['/pets', '/pets'],
  ['/pets/mine', '/pets/mine'],
  ['/pets/7', '/pets/{id} id=7'],
  ['/Pets', 'unmatched'],
  ['/pets/7/8', 'unmatched'],
  ['pets', 'unmatched'],
  ['', 'unmatched'],
  ['*', 'unmatched'],
  ['/pets/', '/pets/'],
  ['/pets//', 'unmatched'],
  ['/pets/7/', '/pets/{id} id=7'],
  ['/pets/mine/', '/pets/mine'],
  ['/tags', '/tags/'],
  ['//pets', 'unmatched'],
  ['/a/b/c', '/a/b/{y} y=c'],
  ['/a/k/c', '/a/{x}/c x=k'],
  ['/a/b/d', '/a/b/{y} y=d'],
  ['/a/b/d/e', '/a/b/d/{z} z=e'],
  ['/a//c', 'unmatched'],
  ['/users/$count', '/users/$count'],
  ['/users/%24count', '/users/$count'],
  ['/users/delta()', '/users/delta()'],
  ['/users/delta%28%29', '/users/delta()'],
  ["/users('ann')", "/users('{id}') id=ann"],
  ['/users(%27ann%27)', "/users('{id}') id=ann"],
  ['/users%28%27a%2Fb%27%29', "/users('{id}') id=a%2Fb"],
  ["/users('O''Neil')", "/users('{id}') id=O''Neil"],
  ["/users('O%27%27Neil')", "/users('{id}') id=O%27%27Neil"],
  ["/users('''')", "/users('{id}') id=''"],
  ["/users('O'Neil')", 'unmatched'],
  ["/users('ann'", 'unmatched'],
  ["/users(userPrincipalName='a@b.c')", "/users(userPrincipalName='{upn}') upn=a@b.c"],
  [
    "/users(userPrincipalName='a'',tenant=1',tenant=2)",
    "/users(userPrincipalName='{upn}',tenant={tenant}) upn=a'',tenant=1 tenant=2",
  ],
  ["/drive/search(q='')", "/drive/search(q='{q}') q="],
  [
    "/reports/between(from='x,to=y',to=3)",
    "/reports/between(from={from},to={to}) from='x,to=y' to=3",
  ],
  ["/reports/between(from='x,to=3)", "/reports/between(from={from},to={to}) from='x to=3"],
  ['/reports/between(from=1,to=2)', '/reports/between(from={from},to={to}) from=1 to=2'],
  ['/reports/between(from=,to=2)', 'unmatched'],
  ['/files/7.json', '/files/{id}.json id=7'],
  ['/files/a.tar.gz', '/files/{name}.{type} name=a type=tar.gz'],
  ['/files/.json', '/files/{id} id=.json'],
  ['/files/readme.json', '/files/{id}.json id=readme'],
  ['/files/readme', '/files/read{me} me=me'],
  ['/files/7%2Ejson', '/files/{id}.json id=7'],
  ['/files/%F0%9F%98%80%C3%A9%E2%82%AC.json', '/files/{id}.json id=%F0%9F%98%80%C3%A9%E2%82%AC'],
  ['/files/%41😀b.%6Ason', '/files/{id}.json id=%41😀b'],
  ['/files/a%2Fb', '/files/{id} id=a%2Fb'],
  ['/tags/1-v2', '/tags/{from}-v{to} from=1 to=2'],
  ['/tags/1-v2-v3', '/tags/{from}-v{to} from=1 to=2-v3'],
  ['/tags/-v2', 'unmatched'],
  ['/tags/1-v', 'unmatched'],
  ['/pairs/abc', '/pairs/{left}{right} left=a right=bc'],
  ['/pairs/a', 'unmatched'],
  ['/caf%C3%A9/1', '/caf\u00e9/{x} x=1'],
  ['/caf\u00e9/1', '/caf\u00e9/{x} x=1'],
  ['/coded%20text', '/coded%20text'],
  ['/coded text', '/coded%20text'],
  ['/half%25', '/half%'],
  ['/brace{', '/brace{'],
  ['/empty{}', '/empty{}'],
  ['/emptyx', 'unmatched'],
  ['/slash/1/end', '/slash/{a/b}/end a/b=1'],
  ['/regex/abc', 'unmatched'],
  ['/regex/.*', '/regex/.*'],
  ['/regex/a+b(1)', '/regex/a+b({x}) x=1'],
  ['/regex/aab(1)', 'unmatched'],
  ['/__proto__/1/2', '/__proto__/{__proto__}/{constructor} __proto__=1 constructor=2'],
  ['/constructor/1/2', 'unmatched'],
  ['/twice/1/2', '/twice/{id}/{id} id=2'],
] as const)('routes %s to %s', async ([path, want]) => {
  expect(routeOf(await specOf(PATHS), path)).toBe(want);
});

test.for([
  ['/pets/%', '"%" in the path is no percent-encoding.'],
  ['/pets/%zz', '"%zz" in the path is no percent-encoding.'],
  ['/nowhere/%4', '"%4" in the path is no percent-encoding.'],
  ['/pets/%ff', '"%ff" in the path is not percent-encoded UTF-8.'],
  [`/${'%ff'.repeat(99)}`, `"${'%ff'.repeat(26)}%…" in the path is not percent-encoded UTF-8.`],
] as const)('refuses to decode %s', async ([path, reason]) => {
  expect(findRoute(await specOf(PATHS), 'GET', path)).toEqual({ kind: 'malformed', reason });
});

test('gives path parameters no inherited names', async () => {
  const route = findRoute(await specOf(PATHS), 'GET', '/pets/7');
  expect(route).toMatchObject({ pathParameters: { id: '7' } });
  expect(route.kind === 'found' && route.pathParameters['constructor']).toBeUndefined();
});

test('lists the methods of every path that matches when none has the one asked for', async () => {
  const spec = await specOf(PATHS);
  expect(routeOf(spec, '/pets/mine', 'PUT')).toBe('405 /pets/mine GET, DELETE');
  expect(routeOf(spec, '/pets', 'DELETE')).toBe('405 /pets GET, POST');
});

test('lets a templated path answer when the concrete one lacks the method', async () => {
  const spec = await specOf(PATHS);
  expect(routeOf(spec, '/pets/mine', 'DELETE')).toBe('/pets/{id} id=mine');
});

test('does not forgive a slash where the document declares the path with it', async () => {
  expect(routeOf(await specOf(PATHS), '/pets/', 'POST')).toBe('405 /pets/ GET');
});

test('does not take HEAD for GET', async () => {
  expect(routeOf(await specOf(PATHS), '/pets', 'HEAD')).toBe('405 /pets GET, POST');
});

test('routes templates of one shape whose parameters have different names', async () => {
  const spec = await specOf({ '/a/{x}': 'get', '/a/{y}': 'post get' });
  expect(routeOf(spec, '/a/1')).toBe('/a/{x} x=1');
  expect(routeOf(spec, '/a/1', 'POST')).toBe('/a/{y} y=1');
});

test('prefers more literal text, then the order of the document', async () => {
  const spec = await specOf({
    '/{x}b{y}': 'get',
    '/a{x}': 'get',
    '/{x}bcd': 'get',
    '/{x}': 'get',
    '/ab{x}': 'get',
  });
  expect(routeOf(spec, '/abcd')).toBe('/{x}bcd x=a');
  expect(routeOf(spec, '/abc')).toBe('/ab{x} x=c');
  expect(routeOf(spec, '/axbx')).toBe('/{x}b{y} x=ax y=x');
  expect(routeOf(spec, '/ax')).toBe('/a{x} x=x');
  expect(routeOf(spec, '/xx')).toBe('/{x} x=xx');
});

test('finds one of many functions by the text before their parameters', async () => {
  const names = Array.from({ length: 300 }, (_, index) => `/f${index}(x='{x}')`);
  const spec = await specOf(Object.fromEntries(names.map((name) => [name, 'get'])));
  expect(routeOf(spec, "/f299(x='y')")).toBe("/f299(x='{x}') x=y");
  expect(routeOf(spec, "/f300(x='y')")).toBe('unmatched');
});

test.for([
  [{ url: 'https://api.example.com/v1' }, ['/v1/pets', '/pets', '/v1/pets/']],
  [{ url: 'https://api.example.com/v1/' }, ['/v1/pets', '/pets']],
  [{ url: 'https://api.example.com' }, ['/pets']],
  [{ url: '//api.example.com/v1?x#y' }, ['/v1/pets']],
  [{ url: '/v1' }, ['/v1/pets', '/pets', '/%76%31/pets']],
  [{ url: 'v1' }, ['/v1/pets', '/pets']],
  [{ url: './v1/../v2/.' }, ['/v2/pets']],
  [{ url: '../v1' }, ['/v1/pets']],
  [{ url: '' }, ['/pets']],
  [
    { url: 'https://h/{v}', variables: { v: { enum: ['v1', 'beta'], default: 'v1' } } },
    ['/v1/pets', '/beta/pets', '/pets'],
  ],
  [{ url: 'https://h/{v}', variables: { v: { enum: [1, 2], default: 1 } } }, ['/2/pets']],
  [
    { url: 'https://h/{v}/x', variables: { v: { default: 'a/b' } } },
    ['/a/b/x/pets', '/c/x/pets', '/pets'],
  ],
  [{ url: 'https://h/v{v}', variables: { v: { default: '1' } } }, ['/v1/pets', '/v2/pets']],
  [{ url: 'https://h/{v}' }, ['/anything/pets', '/pets']],
  [
    { url: 'https://{h}:{p}/v1', variables: { h: { default: 'a' }, p: { enum: ['1', '2'] } } },
    ['/v1/pets'],
  ],
  [{ url: 'https://{h}/v1', variables: { h: { default: 'a.com/api' } } }, ['/api/v1/pets']],
  [{ url: '{root}/v1', variables: { root: { default: 'https://h/api' } } }, ['/api/v1/pets']],
] as const)('takes the base path of the server %j', async ([server, paths]) => {
  const spec = await specOf({ '/pets': 'get', '/': 'get' }, { servers: [server] });
  for (const path of paths) expect.soft(routeOf(spec, path), path).toBe('/pets');
});

test.for([
  [{ url: '/{v}', variables: { v: { enum: ['v1'], default: 'v1' } } }, '/v2/pets'],
  [{ url: '/v1' }, '/v1pets'],
  [{ url: '/v1' }, '/v1/v1/pets'],
  [{ url: '/v1' }, '/V1/pets'],
] as const)('does not take %j for the base path of %s', async ([server, path]) => {
  const spec = await specOf({ '/pets': 'get' }, { servers: [server] });
  expect(routeOf(spec, path)).toBe('unmatched');
});

test('leaves variables open that would make too many base paths', async () => {
  const values = Array.from({ length: 40 }, (_, index) => `n${index}`);
  const variable = { enum: values, default: 'n0' };
  const servers = [{ url: '/{a}/{b}', variables: { a: variable, b: variable } }];
  const spec = await specOf({ '/pets': 'get' }, { servers });
  expect(routeOf(spec, '/n39/n39/pets')).toBe('/pets');
  expect(routeOf(spec, '/m/n0/pets')).toBe('unmatched');
});

test('answers at the base path itself where the document has the path /', async () => {
  const spec = await specOf({ '/': 'get' }, { servers: [{ url: '/v1' }] });
  for (const path of ['/v1', '/v1/', '/']) expect(routeOf(spec, path)).toBe('/');
});

test('prefers the path behind a base path, and the longest base path', async () => {
  const servers = [{ url: '/' }, { url: '/v1' }, { url: '/v1/beta' }, { url: '/{any}' }];
  const paths = { '/pets': 'get', '/v1/pets': 'get post', '/beta/pets': 'get', '/x/{id}': 'get' };
  const spec = await specOf(paths, { servers });
  expect(routeOf(spec, '/v1/pets')).toBe('/pets');
  expect(routeOf(spec, '/v1/pets', 'POST')).toBe('/v1/pets');
  expect(routeOf(spec, '/v1/beta/pets')).toBe('/pets');
  expect(routeOf(spec, '/x/pets')).toBe('/x/{id} id=pets');
  expect(routeOf(spec, '/other/beta/pets')).toBe('/beta/pets');
});

test('lets the servers of a path item or operation replace those above them', async () => {
  const spec = await readSpec({
    openapi: '3.1.0',
    servers: [{ url: '/v1' }],
    paths: {
      '/pets': { servers: [{ url: '/v2' }], get: {}, post: { servers: [{ url: '/v3' }] } },
      '/tags': { servers: [], get: { servers: null } },
      '/bad': { servers: [null, {}, { url: 7 }], get: {} },
    },
  });
  expect(routeOf(spec, '/v2/pets')).toBe('/pets');
  expect(routeOf(spec, '/v3/pets', 'POST')).toBe('/pets');
  expect(routeOf(spec, '/v2/pets', 'POST')).toBe('unmatched');
  expect(routeOf(spec, '/v1/pets')).toBe('unmatched');
  expect(routeOf(spec, '/v1/tags')).toBe('/tags');
  expect(routeOf(spec, '/bad')).toBe('/bad');
});

test('starts a relative server from the address that the document came from', async () => {
  const documents = {
    'https://h.example/api/paths.json': {
      get: { servers: [{ url: 'v1' }] },
      put: { servers: [{ url: '/v1' }] },
    },
  };
  const spec = await readSpec(
    { openapi: '3.1.0', paths: { '/pets': { $ref: 'https://h.example/api/paths.json' } } },
    { documents },
  );
  expect(routeOf(spec, '/api/v1/pets')).toBe('/pets');
  expect(routeOf(spec, '/v1/pets', 'PUT')).toBe('/pets');
  expect(routeOf(spec, '/v1/pets')).toBe('405 /pets PUT');
});

test('takes the servers that stand beside the $ref of a path item', async () => {
  const spec = await readSpec({
    openapi: '3.1.0',
    paths: { '/pets': { $ref: '#/components/pathItems/Pets', servers: [{ url: '/v2' }] } },
    components: { pathItems: { Pets: { get: {} } } },
  });
  expect(routeOf(spec, '/v2/pets')).toBe('/pets');
});

test('matches nothing in a document without paths', async () => {
  expect(routeOf(await readSpec({ openapi: '3.1.0' }), '/')).toBe('unmatched');
});

test('survives absurd paths', async () => {
  const spec = await specOf(PATHS);
  expect(routeOf(spec, '/'.repeat(100_000))).toBe('unmatched');
  expect(routeOf(spec, `/files/${"'-v.".repeat(50_000)}`)).toContain('/files/{name}.{type}');
  expect(routeOf(spec, `/pets/${'%41'.repeat(50_000)}`)).toContain('/pets/{id}');
});

const SEGMENTS = ['a', 'b', '{x}', 'a{x}', '{x}b', '{x}-{y}', "f('{x}')", 'a{x}b', ''];
const TEXTS = ['a', 'b', 'ab', 'aab', 'a-b', "f('b')", "f('')", '-', '', 'a%2Fb', '%61', '%2D'];

test('agrees with a matcher that tries every operation', async () => {
  const path = (segments: readonly string[]) =>
    fc
      .array(fc.constantFrom(...segments), { minLength: 1, maxLength: 4 })
      .map((parts) => `/${parts.join('/')}`);
  const documents = fc.record({
    paths: fc.uniqueArray(path(SEGMENTS), { minLength: 1, maxLength: 12 }),
    methods: fc.array(fc.constantFrom('get', 'post', 'get post'), { minLength: 12, maxLength: 12 }),
    base: fc.constantFrom('', '/a', '/a/b'),
  });
  const requests = fc.tuple(fc.constantFrom('GET', 'POST', 'PUT'), path(TEXTS));
  await fc.assert(
    fc.asyncProperty(documents, fc.array(requests, { maxLength: 20 }), async (document, asked) => {
      const declared = new Map(
        document.paths.map((name, at) => [name, document.methods[at] ?? '']),
      );
      const servers = [{ url: document.base || '/' }];
      const spec = await specOf(Object.fromEntries(declared), { servers });
      for (const [method, text] of asked) {
        const route = findRoute(spec, method, text);
        const found = route.kind === 'found' ? route.operation.path : routeOf(spec, text, method);
        expect(found).toBe(naiveRoute(declared, document.base, method, text));
      }
    }),
    { numRuns: 500 },
  );
});

type Declared = ReadonlyMap<string, string>;

/** The template found, `405 …` or `unmatched`, by trying everything and sorting what matches. */
function naiveRoute(declared: Declared, base: string, method: string, path: string): string {
  const whole = path.slice(1).split('/').map(decodeURIComponent);
  const other = whole.at(-1) === '' ? whole.slice(0, -1) : [...whole, ''];
  for (const segments of [whole, other]) {
    const start = base.split('/').slice(1);
    const isInside = start.length > 0 && start.every((text, at) => text === segments[at]);
    const rests = isInside ? [segments.slice(start.length), segments] : [segments];
    const matching = rests.flatMap((rest) => naiveMatches([...declared.keys()], rest));
    const methodsOf = (name: string) => (declared.get(name) ?? '').toUpperCase().split(' ');
    const found = matching.find((name) => methodsOf(name).includes(method));
    if (found !== undefined) return found;
    const allowed = [...new Set(matching.flatMap(methodsOf))];
    if (matching.length > 0) return `405 ${matching[0]} ${allowed.join(', ')}`;
  }
  return 'unmatched';
}

function naiveMatches(templates: readonly string[], segments: readonly string[]): string[] {
  const split = (template: string) => template.slice(1).split('/');
  const firstLike = (template: string, length: number) => {
    const start = split(template).slice(0, length).join('/');
    return templates.findIndex((name) => split(name).slice(0, length).join('/') === start);
  };
  const weight = (part = '') =>
    part.includes('{') ? part.replaceAll(/\{.\}/g, '').length : Number.POSITIVE_INFINITY;
  return templates
    .filter((template) => {
      const parts = split(template);
      return (
        parts.length === segments.length &&
        parts.every((part, at) => naivePattern(part).test(segments[at] ?? ''))
      );
    })
    .sort((one, other) => {
      const [parts, others] = [split(one), split(other)];
      const at = parts.findIndex((part, index) => part !== others[index]);
      const heavier = weight(others[at]) - weight(parts[at]);
      return heavier || firstLike(one, at + 1) - firstLike(other, at + 1);
    });
}

function naivePattern(part: string): RegExp {
  const escaped = part.replaceAll(/[()]/g, '\\$&');
  const source = escaped.replace("'{x}'", "'(?:[^']|'')*'").replaceAll(/\{.\}/g, '.+?');
  return new RegExp(`^${source}$`);
}
