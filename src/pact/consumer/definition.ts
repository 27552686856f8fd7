import type { FindingCode } from '../../finding.ts';
import type { CheckedPath, Part } from './field-types.ts';
import type {
  RequestParts,
  ResponseBody,
  ResponseHeaderName,
  StatusOf,
} from './operation-types.ts';
import type { GivenState } from './plain-definition.ts';

/** What is wrong with a request on purpose. */
export type RequestMistake = Extract<FindingCode, `request.${string}`>;

/** One request of a consumer, and what it reads of the response. */
export type InteractionDefinition<
  Operation,
  Id,
  Status extends number,
  Uses extends readonly string[],
> = RequestParts<Operation> & {
  /** The `operationId`, or `METHOD /path`. */
  readonly operation: Id;
  /** What is asked; tells interactions of one state apart. Default: the operation and the status. */
  readonly description?: string | undefined;
  /** The state that the provider must be in: its name, with parameters, or several. */
  readonly given?: GivenState | readonly GivenState[] | undefined;
  readonly status: Status & StatusOf<Operation>;
  /**
   * The fields of the body that the consumer reads: `id`, `error.code`, `value[].id`, `point[0]`. What
   * is named alone, though it has members, is asked for with whatever it has; `''` is the whole body.
   */
  readonly uses?:
    | { readonly [Index in keyof Uses]: CheckedPath<ResponseBody<Operation, Status>, Uses[Index]> }
    | undefined;
  /** The headers that it reads: their names, or with example values. */
  readonly usesHeaders?:
    | readonly ResponseHeaderName<Operation, Status>[]
    | { readonly [Name in ResponseHeaderName<Operation, Status>]?: string | number | undefined }
    | undefined;
  /** Fields that it reads, and that must have exactly these values. */
  readonly equals?: Part<ResponseBody<Operation, Status>> | undefined;
  /** Fields that it reads, with example values; the document says what others they may have. */
  readonly like?: Part<ResponseBody<Operation, Status>> | undefined;
  /** What is wrong with the request on purpose, where the status is of an error. */
  readonly mistakes?: readonly RequestMistake[] | undefined;
};

/** What the consumer talks to. */
export interface ServedInteraction<Operation, Status extends number> {
  /** Where it is served, without a slash at the end; in place of the server that the document names. */
  readonly url: string;
  /** What is answered. */
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Part<ResponseBody<Operation, Status>>;
  };
}
