import { bodyOf, type Sent } from './request-body.ts';

export const MULTIPART = 'multipart/form-data';

/** A part of a multipart body: its header lines and its content. */
export type Part = readonly [headers: readonly string[], content: string | Uint8Array];

/** A multipart body as it travels, boundary `b`. */
export function sent(parts: readonly Part[], type: string = `${MULTIPART}; boundary=b`): Sent {
  const chunks = parts.flatMap(([headers, content]) => [
    `--b\r\n${headers.join('\r\n')}\r\n\r\n`,
    content,
    '\r\n',
  ]);
  return { body: Buffer.concat([...chunks, '--b--\r\n'].map((chunk) => Buffer.from(chunk))), type };
}

/** A part of that name. */
export function field(name: string, content: string | Uint8Array, type?: string): Part {
  const disposition = `Content-Disposition: form-data; name="${name}"`;
  return [[disposition, ...(type === undefined ? [] : [`Content-Type: ${type}`])], content];
}

/** A part of that name that is a file. */
export function file(name: string, content: string | Uint8Array, type?: string): Part {
  const [[disposition = '', ...rest]] = field(name, content, type);
  return [[`${disposition}; filename="f.bin"`, ...rest], content];
}

/** A multipart request body whose value must be exactly this. */
export function multipart(properties: object, value: unknown, encoding: object = {}): object {
  return bodyOf(MULTIPART, { type: 'object', properties, const: value }, { encoding });
}
