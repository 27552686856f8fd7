/** Takes the encoding off a text; `undefined` when it is broken. */
export type Decode = (text: string) => string | undefined;

/** A text without its percent-encoding; `undefined` when that is broken or no UTF-8. */
export function percentDecoded(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** A text from a query or a form, where `+` is a space. */
export function formDecoded(text: string): string | undefined {
  return percentDecoded(text.includes('+') ? text.replaceAll('+', ' ') : text);
}

/** A text without its percent-encoding, or as it is when that is broken: cookies may hold any `%`. */
export function looselyDecoded(text: string): string {
  return percentDecoded(text) ?? text;
}

/** The text of a header's item: spaces and tabs around it are not part of it (RFC 9110, 5.6.1). */
export function trimmed(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, '');
}

/** What is wrong with the percent-encoding of a text, behind a subject. */
export function brokenEncoding(text: string): string {
  const broken = /%(?![\da-f]{2}).{0,2}/is.exec(text)?.[0];
  return broken === undefined
    ? `is not percent-encoded UTF-8: "${cut(text)}"`
    : `has "${broken}", which is no percent-encoding`;
}

/** A text, cut to a length that fits in a sentence. */
export function cut(text: string, length = 80): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
