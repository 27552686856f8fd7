import { sessionBody, sessionsPath } from './subjects.ts';

/** Asks a server for something; the answer is read to its end. */
export type Send = (
  method: string,
  path: string,
  more?: { readonly body?: unknown; readonly scope?: string; readonly prefer?: string },
) => Promise<{ readonly status: number; readonly text: string }>;

/** Makes the requests of a client that keeps its connections. */
export function createSend(url: string): Send {
  return async (method, path, { body, scope, prefer } = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization: 'Bearer token',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(scope === undefined ? {} : { 'x-mock-scope': scope }),
        ...(prefer === undefined ? {} : { prefer }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  };
}

const large = { ...sessionBody, salt: 'x'.repeat(200_000) };

/**
 * One turn of everything that could leave something behind, and leaves nothing that is meant to stay:
 * what is made is deleted, and scopes are reset.
 */
export async function soakTurn(send: Send, number: number): Promise<void> {
  const scope = `soak-${number}`;
  const isApart = number % 5 === 0;
  const own = isApart ? { scope } : {};
  const made = await send('POST', sessionsPath, {
    ...own,
    body: number % 20 === 0 ? large : { ...sessionBody, fileName: `file ${number}` },
  });
  if (made.status !== 201) throw new Error(`A creation got ${made.status}: ${made.text}`);
  const path = `${sessionsPath}/${JSON.parse(made.text).id}`;
  await send('GET', path, own);
  await send('PATCH', path, { ...own, body: { fileName: `other ${number}` } });
  await send('GET', `${sessionsPath}?$filter=fileName eq 'other ${number}'&$top=5`, own);
  await send('POST', `${path}/commit`, own);
  await send('POST', `${path}/uploadAgent`, { ...own, body: { description: `agent ${number}` } });
  // Wrong in ways that are never the same.
  await send('GET', `${sessionsPath}/unknown-${number}?nothing=${number}`, own);
  await send('POST', sessionsPath, { ...own, body: { rowsPerBlock: `${number}` } });
  await send('GET', sessionsPath, { ...own, prefer: `code=${400 + (number % 5)}, latency=0` });
  await send('GET', `${sessionsPath}?$filter=property${number} eq 1`, own);
  await send('GET', `/nowhere/${number}`, own);
  await send('DELETE', path, own);
  if (isApart) await send('POST', '/__mock/reset', own);
}

/** Turns of several clients at once for a time in milliseconds; gives how many there were. */
export async function soakFor(send: Send, time: number, first: number): Promise<number> {
  const end = performance.now() + time;
  let number = first;
  const client = async () => {
    while (performance.now() < end) {
      number += 1;
      await soakTurn(send, number);
    }
  };
  await Promise.all(Array.from({ length: 8 }, client));
  return number - first;
}
