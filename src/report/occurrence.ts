import { secretNamesOf } from '../check/redact.ts';
import type { Finding } from '../finding.ts';
import type { Spec } from '../spec/spec.ts';
import { toExchangeText, type WholeExchange, wholeExchange } from './exchange-text.ts';
import { messageFrame } from './message-frame.ts';
import { bodyText, type MessageText } from './message-text.ts';
import type { CheckResult, ExchangeText, Occurrence } from './report.ts';

/** Makes a function that writes down what travelled when a finding was seen; the text is made once. */
export function occurrencesOf(
  result: CheckResult,
  spec: Spec,
): (finding: Finding, index: number) => Occurrence {
  const { origin, kept, reproduce } = result;
  let texts: Texts | undefined;
  return (finding, index) => {
    const known = kept?.occurrences[index];
    if (known) return known;
    texts ??= textsOf(result, spec);
    const isRequest = /^(?:pact\.)?request\./.test(finding.code);
    const message = isRequest ? texts.request : texts.response;
    const place = finding.place ?? result.place;
    const frame = message && messageFrame(message, finding);
    return {
      origin,
      ...(place ? { place } : {}),
      at: finding.at,
      ...(frame ? { frame } : {}),
      ...(texts.exchange ? { exchange: texts.exchange } : {}),
      ...(reproduce === undefined ? {} : { reproduce }),
    };
  };
}

interface Texts extends Partial<WholeExchange> {
  readonly request?: MessageText;
  readonly response?: MessageText | undefined;
  readonly exchange?: ExchangeText;
}

function textsOf({ exchange, body }: CheckResult, spec: Spec): Texts {
  if (exchange) {
    const whole = wholeExchange(exchange, secretNamesOf(spec));
    return { ...whole, exchange: toExchangeText(exchange, whole) };
  }
  if (!body) return {};
  const text = bodyText(body.text);
  return { request: text, response: text };
}
