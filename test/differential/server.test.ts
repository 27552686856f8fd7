import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startMock } from '../../src/mock.ts';
import { errorsOf } from './difference.ts';
import { documentOf, RESPONSES } from './document.ts';
import { judgesOf } from './judge.ts';
import type { Keywords, Version } from './leaf.ts';
import { startPrismServer } from './prism-server.ts';
import { operations } from './request.ts';
import { type Answer, send } from './wire.ts';

/** Operations in one document, the same every time, and at most so many requests for each. */
const COUNT = 12;
const SEED = 7;
const EACH = 10;
const patience = { timeout: 60_000 };

function isRejection(answer: Answer): boolean {
  return typeof answer === 'number' && answer >= 400;
}

test.for<Version>(['3.0', '3.1'])(
  'the servers of Prism and of the mock do what their judges say, for OpenAPI %s',
  patience,
  async (version) => {
    const list = fc.tuple(
      ...Array.from({ length: COUNT }, (_, index) => operations(version, `/o${index}`)),
    );
    const [made = []] = fc.sample(list, { numRuns: 1, seed: SEED });
    const document = documentOf(version, made, {});
    const judge = await judgesOf(document);
    await using prism = await startPrismServer(document);
    await using mock = await startMock({ spec: document });
    const requests = made.flatMap(({ requests: own }) => spread(own, EACH));
    for (const { sent } of requests) {
      const verdicts = await judge(sent);
      const isRefused = errorsOf(verdicts.ours).length > 0;
      const mocked = isRejection(await send(mock.port, sent));
      expect({ sent, mocked }).toEqual({ sent, mocked: isRefused });
      // The one kills the server, and the other keeps it waiting.
      if (verdicts.prism.kind === 'crashed' || verdicts.prism.kind === 'silent') continue;
      const answered = await send(prism.port, sent);
      expect(answered, JSON.stringify(sent)).toBeTypeOf('number');
      const isRejected = verdicts.prism.kind === 'rejected';
      expect({ sent, rejected: isRejection(answered) }).toEqual({ sent, rejected: isRejected });
    }
  },
);

/** Some of a list, from its beginning to its end. */
function spread<T>(list: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, Math.ceil(list.length / most));
  return list.filter((_, index) => index % step === 0);
}

const path = '/a/{p}';
const parameter = { name: 'p', in: 'path', required: true, style: 'label', schema: {} };
const requestBody = { content: { 'application/json': { schema: { type: 'object' } } } };
const DOCUMENT: Keywords = {
  openapi: '3.1.0',
  info: { title: 'Fatal', version: '1' },
  paths: { [path]: { post: { parameters: [parameter], requestBody, responses: RESPONSES } } },
};
const sent = { method: 'POST', url: '/a/.1', headers: { 'content-type': 'application/json' } };

test(
  'the server of Prism never answers malformed JSON, and dies of a wrong style',
  patience,
  async () => {
    await using prism = await startPrismServer(DOCUMENT);
    await using mock = await startMock({ spec: DOCUMENT });
    const malformed = { ...sent, body: '{"a":' };
    expect(await send(prism.port, malformed, 1_500)).toBe('silence');
    expect(await send(mock.port, malformed)).toBe(400);
    expect(await send(prism.port, sent)).toBe(204);
    const styleless = { ...sent, url: '/a/1' };
    expect(await send(prism.port, styleless)).toBe('closed');
    await prism.ended;
    expect(await send(mock.port, styleless)).toBe(400);
  },
);
