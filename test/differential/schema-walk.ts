import type { Keywords } from './leaf.ts';

type Document = Keywords;

const LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const SINGLE = ['not', 'if', 'then', 'else', 'items', 'contains', 'additionalProperties'];
const MORE = ['unevaluatedProperties', 'propertyNames'];
const MAPS = ['properties', 'patternProperties'];
const IN_PLACE = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'];

/** A schema, or one without keywords in place of a boolean or of nothing. */
export function schemaOf(value: unknown): Keywords {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Keywords)
    : {};
}

/** What a pointer leads to, and all that it leads through. */
export function along(document: Document, pointer: string): readonly unknown[] {
  const found: unknown[] = [document];
  for (const token of tokensOf(pointer)) {
    found.push((found.at(-1) as Keywords | undefined)?.[token]);
  }
  return found;
}

/** The names and indexes of a JSON Pointer. */
export function tokensOf(pointer: string): readonly string[] {
  const tokens = pointer.split('/').slice(1);
  return tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A schema, and all that it applies to the same value. */
function inPlace(document: Document, schema: unknown, seen = new Set<unknown>()): Keywords[] {
  const keywords = schemaOf(schema);
  if (seen.has(keywords)) return [];
  seen.add(keywords);
  const parts = IN_PLACE.flatMap((keyword) => keywords[keyword] ?? []);
  const applied = [...parts, target(document, keywords)].filter((part) => part !== undefined);
  return [keywords, ...applied.flatMap((part) => inPlace(document, part, seen))];
}

function target(document: Document, { $ref: reference }: Keywords): unknown {
  return typeof reference === 'string' ? along(document, reference.slice(1)).at(-1) : undefined;
}

/** All schemas that judge what lies at a path inside a value. */
export function schemasAt(
  document: Document,
  schema: unknown,
  path: readonly string[],
): readonly Keywords[] {
  const here = inPlace(document, schema);
  const [name, ...rest] = path;
  if (name === undefined) return here;
  const next = here.flatMap((keywords) => {
    const own = schemaOf(keywords['properties']);
    const prefix = keywords['prefixItems'];
    return [
      ...(Object.hasOwn(own, name) ? [own[name]] : [keywords['additionalProperties']]),
      ...Object.values(schemaOf(keywords['patternProperties'])),
      ...(Array.isArray(prefix) ? [prefix[Number(name)]] : []),
      ...[keywords['items'], keywords['contains']],
    ];
  });
  return next.flatMap((part) => (part === undefined ? [] : schemasAt(document, part, rest)));
}

/** A schema and all schemas in it, those that it refers to among them. */
export function within(document: Document, schema: unknown, seen = new Set<unknown>()): Keywords[] {
  const keywords = schemaOf(schema);
  if (seen.has(keywords)) return [];
  seen.add(keywords);
  const parts = [
    ...LISTS.flatMap((keyword) => keywords[keyword] ?? []),
    ...[...SINGLE, ...MORE].map((keyword) => keywords[keyword]),
    ...MAPS.flatMap((keyword) => Object.values(schemaOf(keywords[keyword]))),
    target(document, keywords),
  ];
  return [
    keywords,
    ...parts.flatMap((part) => (part === undefined ? [] : within(document, part, seen))),
  ];
}

/** The types that a schema names for the value itself. */
export function typesIn(document: Document, schema: unknown): readonly unknown[] {
  return inPlace(document, schema).flatMap(({ type }) => type ?? []);
}
