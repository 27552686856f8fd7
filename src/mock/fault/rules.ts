import { ExactMatchError } from '../../errors.ts';
import { DURATION_FORM, readDuration } from '../duration.ts';

/** Which faults are asked for, each as its text: `50..200`, `5%:503`, `100/10s`, `1%`, `5%:1000`. */
export interface FaultTexts {
  /** Milliseconds before the answer, or a range of them: `100`, `50..200`. */
  readonly latency?: string | undefined;
  /** Which share fails, and with which statuses: `5%:503`, `10%:500,503`. */
  readonly fail?: string | undefined;
  /** How many requests in which time; more get 429 with `Retry-After`: `100/10s`. */
  readonly throttle?: string | undefined;
  /** Which share finds its connection reset: `1%`. */
  readonly reset?: string | undefined;
  /** Which share gets its body slowly, in bytes a second: `5%:1000`, `1000`. */
  readonly slow?: string | undefined;
}

export type FaultName = keyof FaultTexts;

export const FAULT_NAMES: readonly FaultName[] = ['latency', 'fail', 'throttle', 'reset', 'slow'];

/** Faults, read. */
export interface FaultRules {
  readonly latency?: { readonly least: number; readonly most: number };
  readonly fail?: { readonly share: number; readonly statuses: readonly number[] };
  readonly throttle?: { readonly limit: number; readonly window: number };
  readonly reset?: { readonly share: number };
  readonly slow?: { readonly share: number; readonly rate: number };
}

/** The longest latency, in milliseconds. */
const LONGEST = 600_000;

const FORMS: Readonly<Record<FaultName, string>> = {
  latency: `milliseconds or a range of them, at most ${LONGEST}, such as 100 or 50..200`,
  fail: 'a share and statuses, such as 5%:503 or 10%:500,503',
  throttle: `requests and a time (${DURATION_FORM}), such as 100/10s`,
  reset: 'a share, such as 1%',
  slow: 'bytes a second, for all or a share, such as 1000 or 5%:1000',
};

/** What is wrong with the text of a fault, as the rest of a sentence; `undefined` when nothing is. */
export function faultMistake(name: FaultName, text: string): string | undefined {
  return READERS[name](text) === undefined ? `must be ${FORMS[name]}, got "${text}"` : undefined;
}

const read = new Map<string, FaultRules>();

/**
 * Reads faults.
 *
 * @throws {ExactMatchError} `OPTION_INVALID`, naming the fault and how it is written.
 */
export function readFaults(texts: FaultTexts): FaultRules {
  const key = FAULT_NAMES.map((name) => texts[name] ?? '').join('\n');
  let rules = read.get(key);
  if (!rules) {
    if (read.size > 1_000) read.clear();
    rules = readAll(texts);
    read.set(key, rules);
  }
  return rules;
}

function readAll(texts: FaultTexts): FaultRules {
  const rules: Record<string, unknown> = {};
  for (const name of FAULT_NAMES) {
    const text = texts[name];
    if (text === undefined) continue;
    const mistake = faultMistake(name, text);
    if (mistake !== undefined) {
      throw new ExactMatchError('OPTION_INVALID', `The fault ${name} ${mistake}.`);
    }
    rules[name] = READERS[name](text);
  }
  return rules as FaultRules;
}

type Reader = (text: string) => object | undefined;

const READERS: Readonly<Record<FaultName, Reader>> = {
  latency: (text) => {
    const [, first, , last] = /^(\d+)(ms)?(?:\.\.(\d+)(?:ms)?)?$/.exec(text) ?? [];
    if (first === undefined) return undefined;
    const least = Number(first);
    const most = last === undefined ? least : Number(last);
    return least <= most && most <= LONGEST ? { least, most } : undefined;
  },
  fail: (text) => {
    const [, percent, list] = /^([\d.]+%)(?::(\d{3}(?:,\d{3})*))?$/.exec(text) ?? [];
    const share = shareOf(percent);
    const statuses = (list ?? '503').split(',').map(Number);
    const areErrors = statuses.every((status) => status >= 400 && status <= 599);
    return share !== undefined && areErrors ? { share, statuses } : undefined;
  },
  throttle: (text) => {
    const [, count, time] = /^(\d+)\/(.+)$/.exec(text) ?? [];
    const window = time === undefined ? undefined : readDuration(time);
    const limit = Number(count);
    // Where nothing is ever let through, no Retry-After would be true.
    return window !== undefined && window > 0 && limit > 0 ? { limit, window } : undefined;
  },
  reset: (text) => {
    const share = shareOf(text);
    return share === undefined ? undefined : { share };
  },
  slow: (text) => {
    const [, percent, bytes] = /^(?:([\d.]+%):)?(\d+)$/.exec(text) ?? [];
    const share = percent === undefined ? 1 : shareOf(percent);
    const rate = Number(bytes ?? 0);
    return share === undefined || rate < 1 ? undefined : { share, rate };
  },
};

function shareOf(text: string | undefined): number | undefined {
  const [, number] = /^(\d+(?:\.\d+)?)%$/.exec(text ?? '') ?? [];
  const share = Number(number) / 100;
  return share >= 0 && share <= 1 ? share : undefined;
}
