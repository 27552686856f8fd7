import { bodySchema } from '../../check/declared.ts';
import { type Operation, responseFor, successOf } from '../../spec/operation.ts';
import type { Node } from '../../spec/source.ts';
import { remembered, type Spec } from '../../spec/spec.ts';
import type { Answer } from '../held-answer.ts';
import type { ReplyHeaders } from '../reply.ts';
import { missingHeaders } from '../reply-headers.ts';
import { propertiesOf } from './item-properties.ts';

/** The form of what an operation answers with a status. */
export interface Form {
  readonly status: number;
  /** The headers that the response requires. */
  readonly headers: ReplyHeaders;
  /** The form of its JSON; `undefined` where it has none. */
  readonly body: FormBody | undefined;
}

export interface FormBody {
  readonly contentType: string;
  readonly schema: Node;
  /** The annotations that the service writes and that the schema names. */
  readonly hasContext: boolean;
  readonly hasEtag: boolean;
}

const forms = remembered(() => new WeakMap<Operation, Map<number, Form>>());

/** The form of what an operation answers, when it succeeds or with another status; worked out once. */
export function formOf(spec: Spec, operation: Operation, status?: number): Form {
  const cache = forms(spec);
  let known = cache.get(operation);
  if (!known) {
    known = new Map();
    cache.set(operation, known);
  }
  const code = status ?? successOf(operation);
  let form = known.get(code);
  if (!form) {
    form = work(spec, operation, code);
    known.set(code, form);
  }
  return form;
}

function work(spec: Spec, operation: Operation, status: number): Form {
  const response = responseFor(spec, operation, status);
  const declared = bodySchema(spec, operation, status);
  return {
    status,
    headers: response ? missingHeaders(spec, response, {}) : {},
    body: declared && { ...declared, ...notesIn(spec, declared.schema) },
  };
}

/** The annotations of the service that a schema names. */
export function notesIn(spec: Spec, schema: Node): Pick<FormBody, 'hasContext' | 'hasEtag'> {
  const { names } = propertiesOf(spec, schema);
  return { hasContext: names.has('@odata.context'), hasEtag: names.has('@odata.etag') };
}

/** An answer in a form, with headers of its own, and JSON where it has a body. */
export function answerIn(
  { status, headers, body }: Form,
  own: ReplyHeaders,
  text?: string,
): Answer {
  const all: Record<string, string> = { ...headers, ...own };
  if (text === undefined || !body) return { kind: 'answer', status, headers: all, body: '' };
  all['content-type'] = body.contentType;
  return { kind: 'answer', status, headers: all, body: text };
}
