/** A text of which parts are variables of a shell. */
export type ShellText = readonly (string | { readonly variable: string })[];

/**
 * A text as one word of a POSIX shell, its variables in double quotes, so that their values stay as
 * they are.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 */
export function quoteWord(text: ShellText): string {
  const pieces = text.filter((piece) => piece !== '');
  if (pieces.every((piece) => typeof piece === 'string')) return quoteText(pieces.join(''));
  // A text without what means something in double quotes is one word with its variables.
  const isPlain = pieces.every((piece) => typeof piece !== 'string' || !/["\\$`!]/.test(piece));
  if (!isPlain) {
    return pieces
      .map((piece) => (typeof piece === 'string' ? quoteText(piece) : `"$${piece.variable}"`))
      .join('');
  }
  const words = pieces.map((piece, index) => {
    if (typeof piece === 'string') return piece;
    const next = pieces[index + 1];
    const isLonger = typeof next === 'string' && /^\w/.test(next);
    return isLonger ? `\${${piece.variable}}` : `$${piece.variable}`;
  });
  return `"${words.join('')}"`;
}

function quoteText(text: string): string {
  return /^[\w./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
