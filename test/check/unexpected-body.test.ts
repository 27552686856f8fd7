import { expect, test } from 'vitest';
import { assertRequest, loadSpec } from '../../src/index.ts';
import { findingsOfBody } from './request-body.ts';

test('warns of a body where the operation takes none, and refuses it under strict', async () => {
  const sent = { body: { a: 1 } };
  const finding = {
    code: 'request.body.unexpected',
    at: '',
    message: 'POST / takes no body, and the request has one.',
    spec: { pointer: '/paths/~1/post' },
  };
  expect(await findingsOfBody(undefined, sent)).toMatchObject([
    { ...finding, severity: 'warning' },
  ]);
  expect(await findingsOfBody(undefined, sent, { strict: true })).toMatchObject([
    { ...finding, severity: 'error' },
  ]);
  expect(await findingsOfBody(undefined, {}, { strict: true })).toEqual([]);
  expect(await findingsOfBody(undefined, { body: '' }, { strict: true })).toEqual([]);
});

test('asserts in spite of a warning', async () => {
  const spec = await loadSpec({ openapi: '3.1.1', paths: { '/': { post: {} } } });
  const request = { method: 'POST', url: '/', body: 'a' };
  await expect(assertRequest(spec, request)).resolves.toBeUndefined();
  await expect(assertRequest(spec, request, { strict: true })).rejects.toMatchObject({
    code: 'CONTRACT_BROKEN',
    message: expect.stringMatching(/^The request breaks the contract:\n {2}× POST \/ takes no/),
    findings: [{ code: 'request.body.unexpected' }],
  });
});
