import type { createInstance, getHttpOperationsFromSpec } from '@stoplight/prism-http';
import type { JsonObject } from '../json.ts';

/** What Prism is asked. */
export interface PrismQuestion {
  readonly method: string;
  readonly accept: string | undefined;
  readonly code: number | undefined;
  readonly example: string | undefined;
  readonly isDynamic: boolean;
  readonly seed: string | undefined;
}

/** What Prism answers: a response, or why there is none. */
export type PrismAnswer =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: unknown;
    }
  | { readonly kind: 'refusal'; readonly status: number; readonly reason: string };

/** One operation, ready to be answered by Prism. */
export type PrismOperation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>;

type Library = {
  readonly createInstance: typeof createInstance;
  readonly getHttpOperationsFromSpec: typeof getHttpOperationsFromSpec;
};

let loading: Promise<Library> | undefined;

/** Prism is a second of loading: it is loaded when the first answer needs it. */
function library(): Promise<Library> {
  loading ??= import('@stoplight/prism-http');
  return loading;
}

const silent = {
  level: 'silent',
  ...Object.fromEntries(
    ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'success', 'silent'].map((name) => [
      name,
      ignore,
    ]),
  ),
  child: () => silent,
};

function ignore(): void {}

/** Has Prism read a document of one operation. */
export async function readOperation(document: JsonObject): Promise<PrismOperation> {
  const { getHttpOperationsFromSpec: read } = await library();
  // Prism changes what it is given.
  return read(structuredClone(document) as object);
}

/** Has Prism choose a response, and make its body and headers. */
export async function ask(
  operation: PrismOperation,
  question: PrismQuestion,
): Promise<PrismAnswer> {
  const { createInstance: create } = await library();
  const { accept, code, example, isDynamic, seed } = question;
  const config = {
    isProxy: false,
    checkSecurity: false,
    validateRequest: false,
    validateResponse: false,
    errors: false,
    upstreamProxy: undefined,
    mock: {
      dynamic: isDynamic,
      ...(code === undefined ? {} : { code }),
      ...(example === undefined ? {} : { exampleKey: example }),
      ...(seed === undefined ? {} : { seed }),
    },
  } as const;
  const prism = create(config, { logger: silent as never });
  const request = {
    method: question.method.toLowerCase() as 'get',
    url: { path: '/' },
    headers: accept === undefined ? {} : { accept },
  };
  const result = await prism.request(request, operation, config)();
  if (result._tag === 'Right') {
    const { statusCode, headers, body } = result.right.output;
    return { kind: 'response', status: statusCode, headers: headers ?? {}, body };
  }
  const error: Error & { status?: number; detail?: string } = result.left;
  return { kind: 'refusal', status: error.status ?? 500, reason: error.detail ?? error.message };
}
