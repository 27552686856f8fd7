import { checkRequest, type Finding, loadSpec } from '../../src/index.ts';

/** Where a parameter travels. */
export type Place = 'path' | 'query' | 'header' | 'cookie';

/** Settings of a check that most tests leave as they are. */
export interface Asked {
  readonly openapi?: string;
  readonly strict?: boolean;
  readonly schemas?: object;
}

/**
 * The findings of a request for one operation that takes the given parameters.
 *
 * The texts are put where they travel as they are: behind `/p/` and `?`, into `Cookie`, and into
 * `X-H`, the one header that these tests use.
 */
export async function findingsOf(
  parameters: readonly object[],
  sent: Readonly<Partial<Record<Place, string>>>,
  { openapi = '3.1.1', strict = false, schemas = {} }: Asked = {},
): Promise<readonly Finding[]> {
  const names = parameters.flatMap((given) => ('in' in given && given.in === 'path' ? given : []));
  const template = names.map((given) => ('name' in given ? `{${given.name}}` : '')).join('');
  const spec = await loadSpec({
    openapi,
    info: { title: 'Parameters', version: '1' },
    paths: { [`/p/${template}`]: { get: { parameters, responses: {} } } },
    components: { schemas },
  });
  const { path = '', query, header, cookie } = sent;
  const headers = {
    ...(header === undefined ? {} : { 'X-H': header }),
    ...(cookie === undefined ? {} : { Cookie: cookie }),
  };
  const url = `/p/${path}${query === undefined ? '' : `?${query}`}`;
  return checkRequest(spec, { method: 'GET', url, headers }, { strict });
}

/** Findings without their places in the document, for tables. */
export function brief(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ code, at, message }) => `${code} at ${at}: ${message}`);
}
