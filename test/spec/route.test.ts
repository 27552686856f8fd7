import { expect, test } from 'vitest';
import { readSpec } from '../../src/spec/load.ts';
import { findRoute } from '../../src/spec/route.ts';
import { routeOf, specOf } from './routes.ts';

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

test('matches nothing in a document without paths', async () => {
  expect(routeOf(await readSpec({ openapi: '3.1.0' }), '/')).toBe('unmatched');
});

test('survives absurd paths', async () => {
  const spec = await specOf(PATHS);
  expect(routeOf(spec, '/'.repeat(100_000))).toBe('unmatched');
  expect(routeOf(spec, `/files/${"'-v.".repeat(50_000)}`)).toContain('/files/{name}.{type}');
  expect(routeOf(spec, `/pets/${'%41'.repeat(50_000)}`)).toContain('/pets/{id}');
});
