import type { FindingCode } from '../../finding.ts';
import type { Json } from '../../json.ts';

/** What the provider must know before it is asked: its name, or with parameters. */
export type GivenState =
  | string
  | { readonly name: string; readonly params?: Readonly<Record<string, Json>> | undefined };

type Values = Readonly<Record<string, unknown>>;

/** An interaction as the compiler does not see it. */
export interface PlainDefinition {
  readonly operation: string;
  readonly description?: string | undefined;
  readonly given?: GivenState | readonly GivenState[] | undefined;
  readonly path?: Values | undefined;
  readonly query?: Values | undefined;
  readonly headers?: Values | undefined;
  readonly cookies?: Values | undefined;
  readonly body?: unknown;
  readonly status: number;
  readonly uses?: readonly string[] | undefined;
  readonly usesHeaders?:
    | readonly string[]
    | Readonly<Record<string, string | number | undefined>>
    | undefined;
  readonly equals?: unknown;
  readonly like?: unknown;
  readonly mistakes?: readonly FindingCode[] | undefined;
}
