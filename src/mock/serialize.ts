import type { Content } from '../check/message.ts';
import { isArray, isObject, type Json } from '../json.ts';
import { isForm, isJson, isText, parseMediaType } from '../spec/media-type.ts';

/** A body as it travels, and its media type. */
export interface Serialized {
  readonly contentType: string;
  readonly content: Content;
}

/** What is sent where only bytes can be. */
const BYTES = 'mock';

/** What stands for a range of media types: a message has one that is written out. */
const CONCRETE: Readonly<Record<string, string>> = {
  '*/*': 'application/json',
  'application/*': 'application/json',
  'text/*': 'text/plain',
  'image/*': 'image/png',
  'audio/*': 'audio/mpeg',
  'video/*': 'video/mp4',
};

/** Writes a value in a media type of a document: JSON, a form, XML, text, bytes. */
export function serialize(declared: string, value: Json, root = 'root'): Serialized {
  const essence = parseMediaType(declared)?.essence ?? declared;
  const isRange = essence.includes('*');
  const isPlain = typeof value === 'string' && essence === '*/*';
  const contentType = isPlain
    ? 'text/plain'
    : isRange
      ? (CONCRETE[essence] ?? 'application/json')
      : declared;
  const written = parseMediaType(contentType)?.essence ?? contentType;
  if (isJson(written)) return { contentType, content: { kind: 'value', value } };
  const text = textOf(written, value, root);
  return { contentType, content: text === '' ? { kind: 'none' } : { kind: 'text', text } };
}

function textOf(essence: string, value: Json, root: string): string {
  if (typeof value === 'string') return value;
  if (isForm(essence)) return formOf(value);
  if (/[/+]xml$/.test(essence))
    return `<?xml version="1.0" encoding="UTF-8"?>${elements(root, value)}`;
  if (isText(essence) || essence.startsWith('multipart/')) return JSON.stringify(value);
  // No value stands for an image; a body there must be.
  return BYTES;
}

function formOf(value: Json): string {
  const form = new URLSearchParams();
  for (const [name, member] of Object.entries(isObject(value) ? value : {})) {
    for (const item of isArray(member) ? member : [member]) {
      form.append(name, typeof item === 'object' ? JSON.stringify(item) : String(item));
    }
  }
  return form.toString();
}

function elements(name: string, value: Json): string {
  if (isArray(value)) return value.map((item) => elements(name, item)).join('');
  const tag = /^[A-Za-z_][\w.-]*$/.test(name) ? name : 'item';
  if (!isObject(value)) return `<${tag}>${value === null ? '' : escaped(String(value))}</${tag}>`;
  const inner = Object.entries(value).map(([key, member]) => elements(key, member));
  return `<${tag}>${inner.join('')}</${tag}>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

function escaped(text: string): string {
  return text.replaceAll(/[<>&]/g, (character) => ENTITIES[character] ?? '');
}
