import type { Readable, Writable } from '../../generated/types.ts';

/** Stands for the operations of a document whose types nobody has generated: any name, any value. */
export interface UntypedOperations {
  readonly [id: string]: Untyped;
}

/** An operation of which the compiler knows nothing. */
interface Untyped {
  readonly $untyped: true;
}

type Known<T> = { [Name in keyof T as string extends Name ? never : Name]: T[Name] };

/** The parameters of one place; `never` where the operation has none. */
type ParametersIn<Operation, Place extends string> = [Operation] extends [
  { parameters: infer Places },
]
  ? Place extends keyof Places
    ? NonNullable<Places[Place]>
    : never
  : never;

/** A member for the parameters of one place; optional where none is required. */
type Parameters<Operation, Name extends string, Place extends string> = [Operation] extends [
  Untyped,
]
  ? { readonly [Key in Name]?: { readonly [name: string]: unknown } | undefined }
  : [ParametersIn<Operation, Place>] extends [never]
    ? { readonly [Key in Name]?: { readonly [name: string]: never } | undefined }
    : Member<Name, ParametersIn<Operation, Place>>;

/** Optional where every member is. */
type Member<Name extends string, Value> =
  Partial<Value> extends Value
    ? { readonly [Key in Name]?: Value | undefined }
    : { readonly [Key in Name]: Value };

/** Headers that OpenAPI describes elsewhere, and those of API keys; `null` sends none. */
type OtherHeaders = {
  readonly [Name in
    | 'Accept'
    | 'Authorization'
    | 'Content-Type'
    | Lowercase<'Accept' | 'Authorization' | 'Content-Type'>
    | `${'X' | 'x'}-${string}`]?: string | null | undefined;
};

type Headers<Operation> = [Operation] extends [Untyped]
  ? { readonly headers?: { readonly [name: string]: unknown } | undefined }
  : [ParametersIn<Operation, 'header'>] extends [never]
    ? { readonly headers?: OtherHeaders | undefined }
    : Member<'headers', ParametersIn<Operation, 'header'> & OtherHeaders>;

/** The JSON among media types; without any, the text of the others. */
type ContentOf<Content> =
  Extract<keyof Content, `${string}json${string}`> extends never
    ? keyof Content extends never
      ? never
      : string
    : Content[Extract<keyof Content, `${string}json${string}`>];

type BodyPart<Operation> = [Operation] extends [Untyped]
  ? { readonly body?: unknown }
  : [Operation] extends [{ requestBody: { content: infer Content } }]
    ? { readonly body: RequestBody<Content> }
    : [Operation] extends [{ requestBody?: { content: infer Content } }]
      ? { readonly body?: RequestBody<Content> | undefined }
      : { readonly body?: never };

type RequestBody<Content> =
  Extract<keyof Content, `${string}form${string}`> extends never
    ? Writable<ContentOf<Content>>
    :
        | Writable<ContentOf<Content>>
        | Writable<Content[Extract<keyof Content, `${string}form${string}`>]>;

/** What a request of an operation consists of. */
export type RequestParts<Operation> = Parameters<Operation, 'path', 'path'> &
  Parameters<Operation, 'query', 'query'> &
  Parameters<Operation, 'cookies', 'cookie'> &
  Headers<Operation> &
  BodyPart<Operation>;

type ResponsesOf<Operation> = [Operation] extends [{ responses: infer Responses }]
  ? Responses
  : never;

/** The statuses of an operation: those that are named, or any where it has ranges or a default. */
export type StatusOf<Operation> = [Operation] extends [Untyped]
  ? number
  : Exclude<keyof ResponsesOf<Operation>, number> extends never
    ? Extract<keyof ResponsesOf<Operation>, number>
    : number;

type ResponseAt<Responses, Status extends number> = Status extends keyof Responses
  ? Responses[Status]
  : `${Status}` extends `${infer First extends 1 | 2 | 3 | 4 | 5}${string}`
    ? `${First}XX` extends keyof Responses
      ? Responses[`${First}XX`]
      : 'default' extends keyof Responses
        ? Responses['default']
        : never
    : never;

/** The body of a response, as its reader has it. */
export type ResponseBody<Operation, Status extends number> = [Operation] extends [Untyped]
  ? unknown
  : [ResponseAt<ResponsesOf<Operation>, Status>] extends [{ content: infer Content }]
    ? Readable<ContentOf<Content>>
    : never;

/** The names of the headers that a response declares. */
export type ResponseHeaderName<Operation, Status extends number> = [Operation] extends [Untyped]
  ? string
  : [ResponseAt<ResponsesOf<Operation>, Status>] extends [{ headers: infer Headers }]
    ? keyof Known<Headers> & string
    : never;
