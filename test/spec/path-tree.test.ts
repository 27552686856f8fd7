import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findRoute } from '../../src/spec/route.ts';
import { routeOf, specOf } from './routes.ts';

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
  const isEmptyAtEnd = whole.at(-1) === '' && whole.at(-2) === '';
  for (const segments of isEmptyAtEnd ? [whole] : [whole, other]) {
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
