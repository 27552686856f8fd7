import { createInstance, getHttpOperationsFromSpec } from '@stoplight/prism-http';
import type { PrismVerdict, PrismViolation, Sent } from './exchange.ts';

/** Stock Prism without its server: the same code judges, at a tenth of the cost. */
export interface Prism {
  readonly judge: (sent: Sent) => Promise<PrismVerdict>;
}

type Input = Parameters<ReturnType<typeof createInstance>['request']>[0];

/** What `prism mock` sets; `--errors` is about answers, which are not looked at here. */
const CONFIG = {
  isProxy: false,
  checkSecurity: true,
  validateRequest: true,
  validateResponse: true,
  errors: true,
  upstreamProxy: undefined,
  mock: { dynamic: false },
} as const;

/** Has Prism read a document, of which it gets a copy: it changes what it is given. */
export async function startPrism(document: object): Promise<Prism> {
  const operations = await getHttpOperationsFromSpec(structuredClone(document));
  const instance = createInstance(CONFIG, { logger: SILENT as never });
  return {
    judge: async (sent) => {
      const input = toInput(sent);
      if (!input) return { kind: 'silent' };
      try {
        const result = await instance.request(input, operations)();
        if (result._tag === 'Left') {
          // A path or a method that Prism does not find: the error says it all.
          const { message, status = 500 }: Error & { status?: number } = result.left;
          return rejected(status, [{ path: [], code: String(status), message }]);
        }
        const { output, validations } = result.right;
        const violations = validations.input
          .filter(({ severity }) => severity === 0)
          .map(({ path = [], code, message }) => ({
            path: path.map((token) => String(token).replaceAll('~1', '/').replaceAll('~0', '~')),
            code: String(code),
            message,
          }));
        return violations.length === 0
          ? { kind: 'accepted' }
          : rejected(output.statusCode, violations);
      } catch (cause) {
        return { kind: 'crashed', reason: String(cause) };
      }
    },
  };
}

function rejected(status: number, violations: readonly PrismViolation[]): PrismVerdict {
  return { kind: 'rejected', status, violations };
}

/** What Prism's server makes of a request; `undefined` where it never answers. */
function toInput({ method, url, headers, body }: Sent): Input | undefined {
  const { searchParams, pathname } = new URL(url, 'http://example.com');
  const query: Record<string, string | string[]> = {};
  for (const name of searchParams.keys()) {
    const values = searchParams.getAll(name);
    query[name] = values.length === 1 ? (values[0] as string) : values;
  }
  const parsed = readBody(headers['content-type'], body);
  if (!parsed) return undefined;
  const received = Object.entries(headers).map(([name, value]) => [name, value.trim()]);
  return {
    method: method.toLowerCase() as 'get',
    url: { path: pathname, query },
    headers: {
      ...Object.fromEntries(received),
      'content-length': String(Buffer.byteLength(body ?? '')),
    },
    body: parsed.value,
  };
}

function readBody(
  contentType: string | undefined,
  body: string | undefined,
): { readonly value: unknown } | undefined {
  if (body === undefined || body === '') return { value: null };
  const charset = /;\s*charset="?([\w-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  const text = new TextDecoder(charset, { ignoreBOM: true }).decode(Buffer.from(body));
  if (!/^application\/(?:[^;]*\+)?json\s*(?:;|$)/i.test(contentType ?? '')) return { value: text };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

const SILENT = {
  ...Object.fromEntries(
    ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'success', 'silent'].map((name) => [
      name,
      () => {},
    ]),
  ),
  child: () => SILENT,
};
