import { expect, test } from 'vitest';
import { readSpec } from '../../src/spec/load.ts';
import { routeOf, specOf } from './routes.ts';

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
  expect(routeOf(spec, '/v2/pets', 'POST')).toBe('405 /pets GET');
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
