const known = new Map<string, RegExp>();

/**
 * The regular expression of a `pattern`: in Unicode mode, or in the older mode where only that reads it.
 *
 * @throws {SyntaxError} when neither mode reads it.
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-6.4
 */
export function regularExpression(pattern: string): RegExp {
  let expression = known.get(pattern);
  if (!expression) {
    expression = compile(pattern);
    known.set(pattern, expression);
  }
  return expression;
}

function compile(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return new RegExp(pattern);
  }
}
