import { type Option, specOption } from './command.ts';

/** Where the mock listens when it is told nothing. */
export const DEFAULT_PORT = 4010;
/** Variables of the environment, for what should not stand in the list of processes. */
export const ADMIN_TOKEN_VARIABLE = 'EXACTMATCH_ADMIN_TOKEN';
export const STORE_VARIABLE = 'EXACTMATCH_STORE';

/** The options of `exactmatch mock`. */
export const mockOptions: Readonly<Record<string, Option>> = {
  port: text('NUMBER', `Default: ${DEFAULT_PORT}; 0 takes a free one`, 'p'),
  host: text('ADDRESS', 'Default: 127.0.0.1; 0.0.0.0 for calls from other machines'),
  spec: specOption,
  watch: flag('Follow all files of the document, and go on with what they say'),
  dynamic: flag('Answer with made data instead of examples'),
  seed: text('NUMBER', 'What ids, faults and made data start from; default: 1'),
  strict: flag('Refuse properties and parameters that the document does not name'),
  'no-validate': flag('Log what is wrong with requests, and answer them anyway'),
  'body-limit': text('BYTES', 'Largest request body; default: 4194304'),
  cors: flag('Let web pages of any origin call it'),
  stateless: flag('Remember nothing'),
  'seed-data': text('FILE', 'JSON with lists of items by the path of their collection'),
  store: text('URL', `redis://HOST:PORT, to share memory; or by ${STORE_VARIABLE}`),
  workers: text('NUMBER', 'Processes that share the port and, by --store, the memory'),
  now: text('TIME', 'Where the clock stands at first: 2024-05-14T08:20:31Z'),
  frozen: flag('Let the clock stand still'),
  latency: text('TIME', 'Wait before each answer, in milliseconds: 100, 50..200'),
  fail: text('SHARE', 'Answer some requests with errors: 5%:503, 10%:500,503'),
  throttle: text('RATE', 'Answer more requests than that with 429: 100/10s'),
  reset: text('SHARE', 'Break the connections of some requests: 1%'),
  slow: text('RATE', 'Send bodies slowly, in bytes a second: 1000, 5%:1000'),
  https: flag('Speak HTTPS, by a certificate made for this run unless one is given'),
  cert: text('FILE', 'Certificate in PEM, for --https'),
  key: text('FILE', 'Its key in PEM'),
  'admin-token': text(
    'TOKEN',
    `Open the admin API to other machines; better by ${ADMIN_TOKEN_VARIABLE}`,
  ),
  pact: text('CONSUMER', 'At the end, write a pact of what this consumer sent'),
  provider: text('NAME', "For --pact: who answers; default: the document's title"),
  'pact-dir': text('DIR', 'For --pact: the folder of the pact file; default: pacts'),
  log: text('FORMAT', 'pretty, json or none; default: pretty'),
};

function text(value: string, description: string, short?: string): Option {
  return { type: 'string', value, description, ...(short === undefined ? {} : { short }) };
}

function flag(description: string): Option {
  return { type: 'boolean', description };
}
