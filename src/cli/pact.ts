import { loadSpec } from '../check/shipped.ts';
import { ExactMatchError } from '../errors.ts';
import { type Command, specOption, textOf, textsOf } from './command.ts';
import { tellPact } from './traffic-notice.ts';

/** `exactmatch pact`. */
export const pactCommand: Command = {
  name: 'pact',
  summary: 'Write a pact of what a consumer sent, from a capture',
  positionals: [
    { name: 'from-har', isRequired: true },
    { name: 'FILE', isRequired: true },
  ],
  options: {
    consumer: { type: 'string', value: 'NAME', description: 'Who sent the requests' },
    provider: {
      type: 'string',
      value: 'NAME',
      description: "Who answered them; default: the document's title",
    },
    'pact-dir': {
      type: 'string',
      value: 'DIR',
      description: 'The folder of the pact file; default: pacts',
    },
    server: {
      type: 'string',
      value: 'URL',
      isRepeated: true,
      description: "Base URL of the provider in the capture; default: the document's servers",
    },
    spec: specOption,
  },
  examples: ['exactmatch pact from-har session.har --consumer web-shop'],
  run: async (args, io) => {
    const [action, file = ''] = args.positionals;
    const consumer = textOf(args, 'consumer');
    if (action !== 'from-har') {
      throw misuse(`There is no "pact ${action}". There is: exactmatch pact from-har FILE.`);
    }
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
  },
};

function misuse(message: string): ExactMatchError {
  return new ExactMatchError('OPTION_INVALID', message);
}
