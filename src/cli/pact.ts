import { loadSpec } from '../check/shipped.ts';
import { ExactMatchError } from '../errors.ts';
import { type Args, type Command, type ExitCode, specOption, textOf, textsOf } from './command.ts';
import type { Io } from './io.ts';
import { tellPact } from './traffic-notice.ts';

/** `exactmatch pact`. */
export const pactCommand: Command = {
  name: 'pact',
  summary: 'Write a pact of what a consumer sent, from a capture; merge pacts of a build',
  positionals: [
    { name: 'from-har|merge', isRequired: true },
    { name: 'FILE', isRequired: true, isRepeated: true },
  ],
  options: {
    consumer: { type: 'string', value: 'NAME', description: 'from-har: who sent the requests' },
    provider: {
      type: 'string',
      value: 'NAME',
      description: "from-har: who answered them; default: the document's title",
    },
    'pact-dir': {
      type: 'string',
      value: 'DIR',
      description: 'from-har: the folder of the pact file; default: pacts',
    },
    server: {
      type: 'string',
      value: 'URL',
      isRepeated: true,
      description:
        "from-har: base URL of the provider in the capture; default: the document's servers",
    },
    output: {
      type: 'string',
      short: 'o',
      value: 'DIR',
      description: 'merge: the folder of the merged pacts',
    },
    base: {
      type: 'string',
      value: 'PATH',
      isRepeated: true,
      description: 'merge: the pacts that the parts of the build began from',
    },
    spec: specOption,
  },
  examples: [
    'exactmatch pact from-har session.har --consumer web-shop',
    'exactmatch pact merge shards/*/pacts -o contracts/pacts --base contracts/pacts',
  ],
  run: async (args, io) => {
    const [action = '', ...paths] = args.positionals;
    const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
    if (!run) {
      throw misuse(
        `There is no "pact ${action}". There is: exactmatch pact from-har FILE, exactmatch pact merge PATH….`,
      );
    }
    const odd = run.refuses.find((name) => args.values[name] !== undefined);
    if (odd !== undefined) throw misuse(`pact ${action} has no --${odd}.`);
    return run.run(paths, args, io);
  },
};

interface Action {
  /** The options of the others. */
  readonly refuses: readonly string[];
  readonly run: (paths: readonly string[], args: Args, io: Io) => Promise<ExitCode>;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  'from-har': { refuses: ['output', 'base'], run: fromCapture },
  merge: {
    refuses: ['consumer', 'provider', 'pact-dir', 'server', 'spec'],
    run: async (paths, args, io) => {
      const { mergePactFiles } = await import('./pact-merge.ts');
      return mergePactFiles(paths, args, io);
    },
  },
};

async function fromCapture(paths: readonly string[], args: Args, io: Io): Promise<ExitCode> {
  const [file = '', ...others] = paths;
  if (others.length > 0) {
    throw misuse(`pact from-har takes one capture, got ${paths.length}: ${paths.join(', ')}.`);
  }
  const consumer = textOf(args, 'consumer');
  if (consumer === undefined) throw misuse('pact from-har needs --consumer NAME.');
  const spec = await loadSpec(textOf(args, 'spec'));
  // Loaded here: the other commands start without them.
  const { fromHar } = await import('../capture/from-har.ts');
  const { writeTrafficPact } = await import('../pact/traffic-file.ts');
  const servers = textsOf(args, 'server');
  const [provider, dir] = [textOf(args, 'provider'), textOf(args, 'pact-dir')];
  const skipped = new Map<string, number>();
  const exchanges = fromHar(file, {
    spec,
    ...(servers.length > 0 ? { servers } : {}),
    onSkipped: (reason) => skipped.set(reason, (skipped.get(reason) ?? 0) + 1),
  });
  const written = await writeTrafficPact(spec, exchanges, {
    consumer,
    ...(provider === undefined ? {} : { provider }),
    ...(dir === undefined ? {} : { dir }),
  });
  const outside = [...skipped].map(([reason, count]) => ({ reason, count }));
  tellPact({ ...written, left: [...outside, ...written.left] }, io);
  return written.interactions.length > 0 ? 0 : 1;
}

function misuse(message: string): ExactMatchError {
  return new ExactMatchError('OPTION_INVALID', message);
}
