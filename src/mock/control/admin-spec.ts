import { toSpec } from '../../spec/load.ts';
import type { Spec } from '../../spec/spec.ts';

/** Nobody reads it: it is compiled in. */
const uri = 'file:///mock-admin.openapi.yaml';
let loading: Promise<Spec> | undefined;

/** The document of the admin API; loaded when somebody first asks for something. */
export function adminSpec(): Promise<Spec> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Spec> {
  const { adminDocument: root } = await import('./admin-document.ts');
  const text = JSON.stringify(root, null, 1);
  return toSpec({ uri, file: '(admin API)', root, syntax: 'json', text: () => text });
}
