import { toRequestMessage, toResponseMessage } from '../../src/check/exchange.ts';
import { judgeExchange } from '../../src/check/judge-exchange.ts';
import { loadSpec } from '../../src/check/shipped.ts';
import { startMock } from '../../src/mock.ts';
import { createCollector } from '../../src/report/collector.ts';
import type { Report } from '../../src/report/report.ts';

const sessions = '/dataClassification/exactMatchDataStores/patients/sessions';
const headers = {
  authorization: 'Bearer very-secret-token',
  'content-type': 'application/json',
  'client-request-id': '11111111-1111-4111-8111-111111111111',
};

/** What a proxy between client and mock makes of a response. */
type Change = (answer: { status: number; headers: Record<string, string>; body: unknown }) => void;

/**
 * A run against the real mock, of whose answers some are broken on the way: wrong types in a list, a
 * status that is not declared, a header that is missing, text that is no JSON, a request that is wrong.
 */
export async function brokenRun(): Promise<Report> {
  const spec = await loadSpec();
  await using mock = await startMock({ listen: false, now: '2024-05-14T08:00:00Z', frozen: true });
  const collector = createCollector({ spec, version: '0.0.0', command: 'check', targets: ['run'] });
  let entry = 0;
  const ask = async (method: string, url: string, sent?: unknown, change?: Change) => {
    const body = sent === undefined ? undefined : JSON.stringify(sent);
    const response = await mock.fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const answer = {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
    change?.(answer);
    const verdict = judgeExchange(spec, {
      request: await toRequestMessage({ method, url, headers, body }),
      response: (await toResponseMessage(answer)).message,
    });
    entry += 1;
    collector.add({
      subject: `${verdict.operation?.id ?? 'no operation'} ${answer.status}`,
      operation: verdict.operation?.id,
      origin: `run.har, entry ${entry}`,
      place: { file: 'captures/run.har', line: entry * 40, column: 5 },
      findings: [...verdict.requestFindings, ...verdict.responseFindings],
      exchange: verdict,
      reproduce: `curl -X ${method} 'https://example.org${url.replace(/\?.*/, '')}' -H "authorization: Bearer $TOKEN"`,
    });
    return response;
  };
  for (let count = 0; count < 5; count += 1) {
    await ask(
      'POST',
      sessions,
      { fileName: `患者-${count} 🩺.tsv`, fields: ['mrn'] },
      ({ body }) => {
        if (count > 1) Object.assign(body as object, { rowsPerBlock: 'many', dataStoreId: 5 });
      },
    );
  }
  await ask('GET', `${sessions}?$top=2`, undefined, ({ body }) => {
    const { value } = body as { value: object[] };
    for (const item of value) Object.assign(item, { state: 7, note: `<script>alert(1)</script>` });
  });
  await ask('GET', `${sessions}?$top=many`);
  await ask('POST', sessions, { rowsPerBlock: 2.5 });
  await ask('GET', `${sessions}/unknown`, undefined, (answer) => {
    answer.status = 418;
  });
  await ask('POST', sessions, { fileName: 'a.tsv' }, (answer) => {
    answer.body = `{"id": "s1",\n  "state": \u001b[31mCreated`;
  });
  await ask('DELETE', `${sessions}/unknown`, { reason: 'a body that nobody takes' });
  await ask('GET', '/nowhere?token=secret');
  collector.skip('their URLs are of other servers', 17);
  return collector.report();
}
