import { declares, isSameSchema } from '../../check/declared.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { isValid } from '../../schema/judge.ts';
import type { Node } from '../../spec/source.ts';
import type { Answer } from '../held-answer.ts';
import type { ReplyHeaders } from '../reply.ts';
import { chain, type Maybe } from '../store/store.ts';
import { type Context, contextUrl, MINIMAL, prefers } from './context.ts';
import { answerIn, type Form, type FormBody, formOf } from './form.ts';

const RESPONSE = { direction: 'response', strict: false } as const;

/** What is answered with an item. */
export interface Shown {
  /** The item as JSON. */
  readonly text: string;
  readonly etag: string | undefined;
  /** The schema that the item is known to satisfy. */
  readonly schema: Node;
  /** The path template of what it is an entity of. */
  readonly template: string;
  /** Where it is, when it has just been made. */
  readonly location?: string;
  /** Where it is not the lowest status of success that the operation declares. */
  readonly status?: number | undefined;
}

/**
 * The answer of success with an item, in the form that the operation declares; without body where it
 * declares none, or where the client prefers a minimal one.
 */
export function answerWith(context: Context, shown: Shown): Maybe<Answer> {
  const { spec, operation } = context;
  const { etag, location } = shown;
  const tags: Record<string, string> = {};
  if (location !== undefined) tags['location'] = location;
  if (etag !== undefined) tags['etag'] = etag;
  const isMinimal =
    operation.method !== 'GET' &&
    prefers(context, MINIMAL) !== undefined &&
    declares(operation, '204');
  if (isMinimal) {
    const applied = { ...tags, 'preference-applied': 'return=minimal' };
    return answerIn(formOf(spec, operation, 204), applied);
  }
  const form = formOf(spec, operation, shown.status);
  if (!form.body) return answerIn(form, tags);
  const text = annotated(notesOf(context, form.body, shown), shown.text);
  return isSameSchema(form.body.schema, shown.schema)
    ? answerIn(form, tags, text)
    : otherWith(context, form, form.body.schema, { tags, text });
}

/** An answer of another shape: what it has in common with the item is the item's. */
function otherWith(
  context: Context,
  form: Form,
  schema: Node,
  { tags, text }: { readonly tags: ReplyHeaders; readonly text: string },
): Maybe<Answer> {
  const { spec } = context;
  const item = JSON.parse(text) as JsonObject;
  if (isValid(spec, schema, item, RESPONSE)) return answerIn(form, tags, text);
  return chain(context.respond(), (answer) => {
    const example = answer.kind === 'answer' ? parsed(answer.body) : undefined;
    if (!isObject(example)) return answer;
    const common = Object.entries(item).filter(([name]) => Object.hasOwn(example, name));
    const mixed = { ...example, ...Object.fromEntries(common) };
    if (!isValid(spec, schema, mixed, RESPONSE)) return answer;
    return answerIn(form, tags, JSON.stringify(mixed));
  });
}

type Noted = { readonly template?: string; readonly etag?: string | undefined };
type Notes = Readonly<Record<string, string>>;

/** The annotations that an item gets, of those that its schema names. */
export function notesOf(
  context: Context,
  { hasContext, hasEtag }: Pick<FormBody, 'hasContext' | 'hasEtag'>,
  { template, etag }: Noted,
): Notes {
  const notes: Record<string, string> = {};
  if (hasContext && template !== undefined)
    notes['@odata.context'] = contextUrl(context, template, true);
  if (hasEtag && etag !== undefined) notes['@odata.etag'] = etag;
  return notes;
}

/** An item with annotations: first, as OData services write them, and in place of those that it has. */
export function annotate(notes: Notes, value: JsonObject): JsonObject {
  return { ...notes, ...value, ...notes };
}

/** The JSON of an item with annotations. */
export function annotated(notes: Notes, text: string): string {
  let noted = '';
  for (const name in notes) {
    // Seed data may have those of another item.
    if (text.includes(`"${name}"`))
      return JSON.stringify(annotate(notes, JSON.parse(text) as JsonObject));
    noted += `"${name}":${JSON.stringify(notes[name])},`;
  }
  if (noted === '') return text;
  return text === '{}' ? `{${noted.slice(0, -1)}}` : `{${noted}${text.slice(1)}`;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
