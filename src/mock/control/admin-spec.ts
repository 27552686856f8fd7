import type { Json } from '../../json.ts';
import { toSpec } from '../../spec/load.ts';
import type { Spec } from '../../spec/spec.ts';

const uri = new URL('../../../spec/mock-admin.openapi.yaml', import.meta.url).href;
let loading: Promise<Spec> | undefined;

/** The document of the admin API; loaded when somebody first asks for something. */
export function adminSpec(): Promise<Spec> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Spec> {
  const { default: root } = await import('../../generated/admin.json', { with: { type: 'json' } });
  const text = JSON.stringify(root, null, 1);
  return toSpec({ uri, file: '(admin API)', root: root as Json, syntax: 'json', text: () => text });
}
