import { loadSpec } from '../check/shipped.ts';
import { ownString } from '../json.ts';
import { objectChild } from '../spec/node.ts';
import { operationsOf } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import { type Command, documentOf, integerOf, specOption, textOf, wordOf } from './command.ts';
import { curlOf } from './curl.ts';

const PORT = 4010;

/** `exactmatch mock`. */
export const mockCommand: Command = {
  name: 'mock',
  summary: 'Run a local mock of the API: it judges requests and answers by the document',
  positionals: [{ name: 'DOCUMENT', isRequired: false }],
  options: {
    port: {
      type: 'string',
      short: 'p',
      value: 'NUMBER',
      description: `Default: ${PORT}; 0 takes a free one`,
    },
    host: { type: 'string', value: 'ADDRESS', description: 'Default: 127.0.0.1' },
    spec: specOption,
    cors: { type: 'boolean', description: 'Let web pages of any origin call it' },
    dynamic: { type: 'boolean', description: 'Answer with made data instead of examples' },
    seed: {
      type: 'string',
      value: 'NUMBER',
      description: 'What made data starts from; default: 1',
    },
    log: { type: 'string', value: 'FORMAT', description: 'pretty, json or none; default: pretty' },
  },
  examples: [
    'exactmatch mock',
    'exactmatch mock openapi.yaml --port 8080 --cors',
    'exactmatch mock --dynamic --seed 42 --log json 2> requests.jsonl',
  ],
  run: async (args, io) => {
    const port = integerOf(args, 'port', { min: 0, max: 65_535 }) ?? PORT;
    const seed = integerOf(args, 'seed', { min: 0, max: 2 ** 31 - 1 });
    const log = wordOf(args, 'log', ['pretty', 'json', 'none']);
    const host = textOf(args, 'host');
    const spec = await loadSpec(documentOf(args));
    const { startMock } = await import('../mock.ts');
    const stopped = io.untilStopped();
    const mock = await startMock({
      spec,
      port,
      cors: args.values['cors'] === true,
      dynamic: args.values['dynamic'] === true,
      ...(host === undefined ? {} : { host }),
      ...(seed === undefined ? {} : { seed }),
      ...(log === 'none' ? {} : { log, onLog: (line: string) => io.stderr(`${line}\n`) }),
    });
    io.stdout(banner(spec, mock.url, mock.baseUrl));
    await stopped;
    await mock.close();
    return 0;
  },
};

function banner(spec: Spec, url: string, baseUrl: string): string {
  const title = ownString(objectChild(spec.root, 'info')?.value ?? {}, 'title') ?? 'an API';
  const count = operationsOf(spec).length;
  const curl = curlOf(spec, baseUrl);
  const operations = count === 1 ? '1 operation' : `${count} operations`;
  const lines = [`Mock of ${title} (${operations}) on ${url}`];
  if (curl !== undefined) lines.push('', 'Try it:', `  ${curl}`);
  return `${lines.join('\n')}\n`;
}
