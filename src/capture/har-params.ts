import { isObject, type Json, type JsonObject } from '../json.ts';
import { isForm, isMultipart, parseMediaType } from '../spec/media-type.ts';
import { EntryError, optionalText } from './reading.ts';
import { kindOf } from './shape.ts';

/** A form as it travels. */
export interface WrittenParams {
  readonly text: string;
  /** Where it is another one than was given: with the boundary that the text has. */
  readonly contentType?: string;
}

/** Nothing that somebody has typed has it. */
const BOUNDARY = 'exactmatch-9f2c1e7b5d04';

/**
 * Writes a form whose names and values a HAR has one by one, as it travelled; `undefined` where it
 * leaves out what a file held, and where it is no form.
 */
export function writeParams(
  params: readonly Json[],
  contentType: string,
): WrittenParams | undefined {
  const given = params.map(readParam);
  const mediaType = parseMediaType(contentType);
  if (mediaType && isMultipart(mediaType.essence)) {
    if (given.some(({ value }) => value === undefined)) return undefined;
    const boundary = mediaType.parameters.get('boundary') ?? BOUNDARY;
    const parts = given.map((param) => `--${boundary}\r\n${writePart(param)}\r\n`);
    const text = `${parts.join('')}--${boundary}--\r\n`;
    const isNamed = mediaType.parameters.has('boundary');
    return isNamed ? { text } : { text, contentType: `${contentType}; boundary=${boundary}` };
  }
  if (mediaType && !isForm(mediaType.essence)) return undefined;
  return { text: given.map(({ name, value = '' }) => `${coded(name)}=${coded(value)}`).join('&') };
}

interface Param {
  readonly name: string;
  readonly value: string | undefined;
  readonly fileName: string | undefined;
  readonly contentType: string | undefined;
}

function readParam(param: Json): Param {
  if (!isObject(param)) {
    throw new EntryError(`\`request.postData.params\` has ${kindOf(param)} in it`);
  }
  const text = (name: string) => optionalText(param, name, `request.postData.params[].${name}`);
  return {
    name: text('name') ?? '',
    value: text('value') ?? (isFile(param) ? undefined : ''),
    fileName: text('fileName'),
    contentType: text('contentType'),
  };
}

function isFile(param: JsonObject): boolean {
  return typeof param['fileName'] === 'string';
}

function writePart({ name, value = '', fileName, contentType }: Param): string {
  const file = fileName === undefined ? '' : `; filename="${quoted(fileName)}"`;
  const type = contentType ? `Content-Type: ${contentType}\r\n` : '';
  return `Content-Disposition: form-data; name="${quoted(name)}"${file}\r\n${type}\r\n${value}`;
}

/** As browsers write it (HTML, multipart/form-data encoding algorithm). */
function quoted(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function coded(text: string): string {
  return encodeURIComponent(isCoded(text) ? decodeURIComponent(text) : text);
}

/** Some tools keep what travelled, others what was meant. */
function isCoded(text: string): boolean {
  return /%[\da-f]{2}/i.test(text) && !/%(?![\da-f]{2})/i.test(text) && isDecodable(text);
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
