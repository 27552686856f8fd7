/** A pattern of one digit, from one to another. */
export function digits(first: string, last: string): string {
  if (first === last) return first;
  return first === '0' && last === '9' ? '\\d' : `[${first}-${last}]`;
}

/** One pattern of several alternatives. */
export function group(parts: readonly string[]): string {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : `(?:${parts.join('|')})`;
}
