import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadSpec } from '../../src/index.ts';
import { type ProbeResult, probe } from '../../src/live.ts';
import { startPrismServer } from '../differential/prism-server.ts';

/** What the service of the fixtures gives; it is plain JavaScript. */
interface Services {
  readonly createService: (options: { readonly slips: ReadonlySet<string> }) => {
    readonly listen: (port: number, host: string) => Server;
  };
}

const service = new URL('../fixtures/notes/service.mjs', import.meta.url).href;
const { createService } = (await import(service)) as Services;
const notes = await loadSpec(
  fileURLToPath(new URL('../fixtures/notes/openapi.yaml', import.meta.url)),
);

async function probeNotes(slips: readonly string[], allowWrites = true): Promise<ProbeResult> {
  const server = createService({ slips: new Set(slips) }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}`;
  const result = await probe(notes, { baseUrl, token: 'secret', allowWrites, maxCases: 160 });
  server.closeAllConnections();
  server.close();
  return result;
}

function codesOf({ findings }: ProbeResult): readonly string[] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  return [
    ...new Set(errors.map(({ code, at }) => `${code} ${at.replaceAll(/\d+/g, '*')}`.trim())),
  ].sort();
}

test.for([true, false])(
  'finds nothing at a service on Express, writing: %s',
  async (allowWrites) => {
    const result = await probeNotes([], allowWrites);
    expect(result.failures).toEqual([]);
    expect(result.leftovers).toEqual([]);
  },
);

test.for([
  ['any media type', ['provider.accepted content-type']],
  ['crash on a wrong id', ['provider.failed noteId']],
  ['anything besides', ['provider.accepted /exactmatchUnknown']],
  ['any priority', ['provider.accepted /priority']],
  ['endless pages', ['provider.list.paging']],
  ['no total', ['response.header.required x-total']],
  ['PUT that merges', ['provider.item.stale /text']],
  ['DELETE that hides', ['provider.item.deleted']],
  ['a text for a truth', ['response.body.type /*/pinned', 'response.body.type /pinned']],
] as const)('finds the slip of a service on Express: %s', async ([slip, found]) => {
  expect(codesOf(await probeNotes([slip]))).toEqual(found);
});

// Each of them is a known shortcoming of Prism, held against it in test/differential as well.
test('finds of stock Prism what is true of it', async () => {
  const pattern = '^[A-Z]{3}-\\d{4}$';
  const schema = {
    type: 'object',
    required: ['code'],
    properties: { code: { type: 'string', pattern } },
  };
  const content = { 'application/json': { schema, example: { code: 'ABC-1234' } } };
  const failure = { description: 'No', content: { 'application/json': { schema: {} } } };
  const theme = { name: 'theme', in: 'cookie', schema: { type: 'string', enum: ['dark'] } };
  const responses = { 200: { description: 'A thing', content }, default: failure };
  const document = {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: {
      '/thing': {
        get: { operationId: 'getThing', parameters: [theme], responses },
        put: { operationId: 'putThing', requestBody: { required: true, content }, responses },
      },
    },
  };
  const spec = await loadSpec(document);
  await using prism = await startPrismServer(document);
  const baseUrl = `http://127.0.0.1:${prism.port}`;
  const result = await probe(spec, { baseUrl, allowWrites: true, timeout: 1_000 });
  // It does not look at cookies, and never answers JSON that breaks off.
  expect(codesOf(result)).toEqual(['provider.accepted theme', 'provider.silent']);
});
