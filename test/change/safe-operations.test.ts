import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffSpecs } from '../../src/change/diff.ts';
import type { Difference } from '../../src/change/difference.ts';
import type { RequestMessage, ResponseMessage } from '../../src/check/message.ts';
import { judgeRequest } from '../../src/check/request.ts';
import { judgeResponse } from '../../src/check/response.ts';
import type { Finding } from '../../src/finding.ts';
import { loadSpec, type Spec } from '../../src/index.ts';
import { operationById, responseFor } from '../../src/spec/operation.ts';
import { operationEdits } from './operations.ts';
import type { Part } from './row.ts';

/** EXACTMATCH_RUNS makes a long search of it: so many operations are edited. */
const RUNS = Number(process.env['EXACTMATCH_RUNS'] ?? 60);
const BATCH = 200;
const SEED = Number(process.env['EXACTMATCH_SEED'] ?? 1);

const requests: fc.Arbitrary<Omit<RequestMessage, 'path'>> = fc
  .record({
    query: fc.subarray(
      [
        'q=a',
        'q=1',
        'q=abc',
        'n=1',
        'n=x',
        'n=',
        'list=a&list=b',
        'list=1,2',
        'list=1|2',
        'q[a]=x',
      ],
      { maxLength: 3 },
    ),
    headers: fc.subarray([
      ['q', 'a'],
      ['n', '1'],
      ['list', 'a,b'],
      ['cookie', 'q=a; n=1'],
      ['authorization', 'Bearer x'],
      ['x-key', 'k'],
    ] as [string, string][]),
    type: fc.constantFrom(
      undefined,
      'application/json',
      'text/csv',
      'text/plain',
      'application/xml',
    ),
    body: fc.constantFrom('', '{}', '{"a":"b"}', '{"a":1}', 'abc', 'abcd'),
  })
  .map(({ query, headers, type, body }) => ({
    method: 'POST',
    query: query.join('&'),
    headers: { ...Object.fromEntries(headers), ...(type ? { 'content-type': type } : {}) },
    content: body === '' ? { kind: 'none' } : { kind: 'text', text: body },
  }));

const responses: fc.Arbitrary<ResponseMessage> = fc
  .record({
    status: fc.constantFrom(200, 201, 202, 404, 409, 500),
    total: fc.constantFrom(undefined, '1', 'x'),
    hint: fc.constantFrom(undefined, 'h'),
    type: fc.constantFrom(
      undefined,
      'application/json',
      'text/csv',
      'text/plain',
      'application/xml',
    ),
    body: fc.constantFrom('', '{}', '{"a":"b"}', '{"a":1}', 'abc', 'abcd'),
  })
  .map(({ status, total, hint, type, body }) => ({
    status,
    headers: {
      ...(total ? { 'x-total': total } : {}),
      ...(hint ? { 'x-hint': hint } : {}),
      ...(type ? { 'content-type': type } : {}),
    },
    content: body === '' ? { kind: 'none' } : { kind: 'text', text: body },
  }));

test('calls no edit of an operation safe that makes a valid message invalid', async () => {
  for (let done = 0; done < RUNS; done += BATCH) {
    const seed = SEED + done;
    const list = fc.sample(operationEdits, { numRuns: Math.min(BATCH, RUNS - done), seed });
    const [old, next] = await Promise.all([
      documentOf(list.map((edit) => edit.old)),
      documentOf(list.map((edit) => edit.next)),
    ]);
    const differences = await diffSpecs(old, next);
    const sent = fc.sample(requests, { numRuns: 250, seed });
    const came = fc.sample(responses, { numRuns: 250, seed });
    for (const [index, edit] of list.entries()) {
      const own = differences.filter(({ operations }) => operations.includes(`op${index}`));
      const broken =
        brokenRequest(old, next, index, own, sent) ?? brokenResponse(old, next, index, own, came);
      expect({ seed, index, broken, edit: broken && edit }).toEqual({ seed, index });
    }
  }
}, 3_600_000);

function documentOf(list: readonly Part[]): Promise<Spec> {
  return loadSpec({
    openapi: '3.1.0',
    info: { title: 'Edits', version: '1' },
    paths: Object.fromEntries(
      list.map((operation, index) => [
        `/o${index}`,
        { post: { operationId: `op${index}`, ...operation } },
      ]),
    ),
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        key: { type: 'apiKey', in: 'header', name: 'x-key' },
      },
    },
  });
}

function isSafe(own: readonly Difference[], travel: string): boolean {
  const ways = own.filter((one) => one.travel === travel || one.travel === undefined);
  return ways.every((difference) => difference.class === 'safe');
}

function keeps(findings: readonly Finding[]): boolean {
  return findings.every(({ severity }) => severity !== 'error');
}

/** A request that was taken and is refused now. */
function brokenRequest(
  old: Spec,
  next: Spec,
  index: number,
  own: readonly Difference[],
  sent: readonly Omit<RequestMessage, 'path'>[],
): unknown {
  if (!isSafe(own, 'request')) return undefined;
  return sent
    .map((message): RequestMessage => ({ ...message, path: `/o${index}` }))
    .find(
      (message) =>
        keeps(judgeRequest(old, message, { strict: true }).findings) &&
        !keeps(judgeRequest(next, message).findings),
    );
}

/** A response that may come now, and could not before; new errors are none that anybody may rule out. */
function brokenResponse(
  old: Spec,
  next: Spec,
  index: number,
  own: readonly Difference[],
  came: readonly ResponseMessage[],
): unknown {
  if (!isSafe(own, 'response')) return undefined;
  const [before, after] = [old, next].map((spec) => operationById(spec, `op${index}`));
  if (!before || !after) return undefined;
  return came.find(
    (message) =>
      (message.status < 400 || responseFor(old, before, message.status) !== undefined) &&
      keeps(judgeResponse(next, after, message, { strict: true })) &&
      keeps(judgeResponse(next, after, message)) &&
      !keeps(judgeResponse(old, before, message)),
  );
}
