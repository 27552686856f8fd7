import type { ExchangeVerdict } from '../check/judge-exchange.ts';
import type { Content, HeaderValues } from '../check/message.ts';
import { REDACTED, redactHeaders, redactQuery, secretNamesOf } from '../check/redact.ts';
import type { Spec } from '../spec/spec.ts';

/** Shorter texts may be anything: they are not looked for. */
const SHORTEST = 6;

/** What travelled, without what shows who asks; also where an answer repeats it. */
export function hideSecrets(
  spec: Spec,
  exchange: ExchangeVerdict,
  secrets: readonly string[],
): ExchangeVerdict {
  const names = secretNamesOf(spec);
  const { request, response } = exchange;
  const hidden = secrets.filter(({ length }) => length >= SHORTEST);
  const hide = (headers: HeaderValues) =>
    redactHeaders(
      Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, value && withoutAny(value, hidden)]),
      ),
      names,
    );
  return {
    ...exchange,
    request: {
      ...request,
      query: redactQuery(request.query, names),
      headers: hide(request.headers),
    },
    response: response && {
      ...response,
      headers: hide(response.headers),
      content: contentWithout(response.content, hidden),
    },
  };
}

function withoutAny(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text);
}

function contentWithout(content: Content, secrets: readonly string[]): Content {
  if (content.kind !== 'bytes') return content;
  const bytes = Buffer.from(content.bytes);
  if (!secrets.some((secret) => bytes.includes(secret))) return content;
  return { kind: 'text', text: withoutAny(bytes.toString(), secrets) };
}
