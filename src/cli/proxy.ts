import { loadSpec } from '../check/shipped.ts';
import type { ProxiedExchange } from '../proxy/exchange.ts';
import { packageVersion } from '../report/version.ts';
import { type Args, type Command, integerOf, specOption, textOf, wordOf } from './command.ts';
import type { Io } from './io.ts';
import {
  coverageOptions,
  exitCodeOf,
  failOptions,
  printReport,
  readReportOptions,
  reportOptions,
} from './report-options.ts';

const DEFAULT_PORT = 4011;
const BODY_LIMIT = 4 * 1024 * 1024;
const TIMEOUT = 30_000;

/** `exactmatch proxy`. */
export const proxyCommand: Command = {
  name: 'proxy',
  summary: 'Forward to a provider, and judge what passes in both directions',
  positionals: [{ name: 'URL', isRequired: true }],
  options: {
    port: {
      type: 'string',
      short: 'p',
      value: 'NUMBER',
      description: `Default: ${DEFAULT_PORT}; 0 takes a free one`,
    },
    host: { type: 'string', value: 'ADDRESS', description: 'Default: 127.0.0.1' },
    enforce: {
      type: 'boolean',
      description: 'Refuse what breaks the document: 400 for requests, 502 for answers',
    },
    record: {
      type: 'string',
      value: 'FILE',
      description: 'Write what passes as HAR, without secrets',
    },
    strict: {
      type: 'boolean',
      description: 'Refuse properties and parameters that the document does not name',
    },
    'body-limit': {
      type: 'string',
      value: 'BYTES',
      description: `Largest body that is judged; default: ${BODY_LIMIT}`,
    },
    timeout: {
      type: 'string',
      value: 'MS',
      description: `How long the provider may be silent; default: ${TIMEOUT}`,
    },
    log: {
      type: 'string',
      value: 'FORMAT',
      description: 'Of each exchange: pretty, json or none; default: pretty',
    },
    ...reportOptions,
    ...failOptions,
    ...coverageOptions,
    spec: specOption,
  },
  examples: [
    'exactmatch proxy https://graph.microsoft.com/beta',
    'exactmatch proxy http://127.0.0.1:8080 --spec openapi.yaml --record traffic.har --format junit -o proxy.xml',
  ],
  run: async (args, io) => {
    const output = readReportOptions(args);
    const stopped = io.untilStopped();
    const spec = await loadSpec(textOf(args, 'spec'));
    const running = await start(args, io, spec);
    io.stderr(`Proxy to ${running.upstream} on ${running.url}. Ctrl-C ends it, and reports.\n`);
    await stopped;
    const report = await running.end();
    await printReport(report, output, io);
    // After the report: a record that could not be written is no reason to lose it.
    await running.endRecord();
    return running.hasFailed() ? 2 : exitCodeOf(report, output);
  },
};

async function start(args: Args, io: Io, spec: Awaited<ReturnType<typeof loadSpec>>) {
  // Loaded here: the other commands start without it.
  const { startProxy } = await import('../proxy/proxy.ts');
  const { createCollector } = await import('../report/collector.ts');
  const { record } = await import('./proxy-record.ts');
  const upstream = args.positionals[0] ?? '';
  const version = packageVersion();
  const collector = createCollector({ spec, version, command: 'proxy', targets: [upstream] });
  const har = await record(textOf(args, 'record'), spec, version);
  const log = await logOf(args, io, spec);
  let hasFailed = false;
  const proxy = await startProxy({
    spec,
    upstream,
    port: integerOf(args, 'port', { min: 0, max: 65_535 }) ?? DEFAULT_PORT,
    host: textOf(args, 'host') ?? '127.0.0.1',
    isStrict: args.values['strict'] === true,
    isEnforcing: args.values['enforce'] === true,
    bodyLimit: integerOf(args, 'body-limit', { min: 1, max: 2 ** 30 }) ?? BODY_LIMIT,
    timeout: integerOf(args, 'timeout', { min: 1, max: 2 ** 31 - 1 }) ?? TIMEOUT,
    onExchange: (exchange) => {
      collector.add(toResult(exchange));
      if (exchange.unjudged !== undefined) collector.skip(exchange.unjudged);
      har?.add(exchange);
      log(exchange);
    },
    onSkip: (reason) => collector.skip(reason),
    onFailure: ({ message }) => {
      hasFailed = true;
      io.stderr(`exactmatch: ${message}\n`);
    },
  });
  const end = async () => {
    await proxy.close();
    return collector.report();
  };
  const endRecord = async () => har?.close();
  return { url: proxy.url, upstream, end, endRecord, hasFailed: () => hasFailed };
}

function toResult({ verdict, start: time }: ProxiedExchange) {
  const { operation, request, response, requestFindings, responseFindings } = verdict;
  const what = operation?.id ?? `${request.method} ${request.path}`;
  return {
    subject: `${what} ${response?.status ?? 'refused'}`,
    operation: operation?.id,
    origin: `${request.method} ${request.path}, ${new Date(time).toISOString()}`,
    findings: [...requestFindings, ...responseFindings],
    exchange: verdict,
  };
}

/** What tells of each exchange on standard error. */
async function logOf(args: Args, io: Io, spec: Awaited<ReturnType<typeof loadSpec>>) {
  const format = wordOf(args, 'log', ['pretty', 'json', 'none']);
  if (format === 'none') return () => {};
  const { formatLogEntry, toLogEntry } = await import('../check/log.ts');
  const { secretNamesOf } = await import('../check/redact.ts');
  return ({ verdict, milliseconds }: ProxiedExchange) => {
    const { operation, request, response, requestFindings, responseFindings } = verdict;
    const findings = [...requestFindings, ...responseFindings];
    const answered = { operation, status: response?.status ?? 400, findings };
    const entry = toLogEntry(request, answered, milliseconds, secretNamesOf(spec));
    io.stderr(`${formatLogEntry(entry, format)}\n`);
  };
}
