import { checkRequest, loadSpec } from '../../src/index.ts';
import type { Judged } from './difference.ts';
import type { Sent } from './exchange.ts';
import type { Keywords } from './leaf.ts';
import { startPrism } from './prism.ts';

/** Has stock Prism and our checker judge requests by one document. */
export async function judgesOf(
  document: Keywords,
): Promise<(sent: Sent) => Promise<Pick<Judged, 'prism' | 'ours'>>> {
  const prism = await startPrism(document);
  const spec = await loadSpec(document);
  return async (sent) => ({
    prism: await prism.judge(sent),
    ours: await checkRequest(spec, withBytes(sent)),
  });
}

/** Bodies travel as bytes, so that a charset counts. */
function withBytes({ body, ...sent }: Sent): Parameters<typeof checkRequest>[1] {
  return body === undefined ? sent : { ...sent, body: Buffer.from(body) };
}
