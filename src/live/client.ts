import type { RequestMessage } from '../check/message.ts';
import { createPace, readRetryAfter } from './pace.ts';
import type { Settings } from './settings.ts';
import { createTransport, type Outcome } from './transport.ts';

/** What became of a request, after all tries. */
export interface Sent {
  readonly outcome: Outcome;
  /** A `Retry-After` that is neither seconds nor a date, when one came. */
  readonly wrongRetryAfter: string | undefined;
}

/** Sends requests in their turn, again where the provider asks for it. */
export interface Client {
  readonly send: (message: RequestMessage) => Promise<Sent>;
  /** Puts a path before the paths of the document from now on. */
  readonly useBase: (basePath: string) => void;
  readonly close: () => void;
}

/** A request that is put off is sent so many times at most. */
const TRIES = 4;
/** Nobody is waited for longer than this, in milliseconds. */
const LONGEST_WAIT = 60_000;
/** Where 429 says nothing of when, this long, and twice as long each time. */
const USUAL_WAIT = 1_000;

/** Makes a client of a provider. */
export async function createClient(settings: Settings): Promise<Client> {
  const { baseUrl: url, concurrency, timeout, rate, signal } = settings;
  const transport = await createTransport({ url, concurrency, timeout });
  const pace = createPace(rate, signal);
  let basePath = '';
  return {
    send: async (message) => {
      let wrongRetryAfter: string | undefined;
      for (let attempt = 1; ; attempt += 1) {
        await pace.turn();
        const outcome = await transport.send(message, basePath);
        const asked = askedToWait(outcome, attempt);
        wrongRetryAfter ??= asked.wrong;
        const { wait } = asked;
        if (wait === undefined || wait > LONGEST_WAIT || attempt === TRIES)
          return { outcome, wrongRetryAfter };
        pace.pause(wait);
      }
    },
    useBase: (path) => {
      basePath = path;
    },
    close: transport.close,
  };
}

interface Asked {
  /** Milliseconds; `undefined` when the request is not to be sent again. */
  readonly wait?: number;
  readonly wrong?: string;
}

/** @see https://www.rfc-editor.org/rfc/rfc6585#section-4 */
function askedToWait(outcome: Outcome, attempt: number): Asked {
  if (outcome.kind !== 'answer') return {};
  const { status, headers } = outcome.response;
  if (status !== 429 && status !== 503) return {};
  const text = headers['retry-after'];
  const usual = status === 429 ? { wait: USUAL_WAIT * 2 ** (attempt - 1) } : {};
  if (text === undefined) return usual;
  const wait = readRetryAfter(text);
  return wait === undefined ? { ...usual, wrong: text } : { wait };
}
