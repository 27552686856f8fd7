import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parseAllDocuments, parse as parseYaml } from 'yaml';
import { processIo } from '../../src/cli/io.ts';
import { parse } from '../../src/cli/main.ts';
import { mockCommand } from '../../src/cli/mock.ts';
import { readMockSettings } from '../../src/cli/mock-settings.ts';
import { startMock } from '../../src/mock.ts';

const text = (name: string) => readFile(new URL(`../../${name}`, import.meta.url), 'utf8');

/** What a command line of the image sets, with nothing in the environment. */
async function settingsOf([command, ...argv]: readonly string[]) {
  expect(command).toBe('mock');
  const io = { ...processIo(process), env: () => undefined };
  return readMockSettings(parse(mockCommand, argv), io);
}

/** As much of the files as is looked at. */
interface Compose {
  readonly services: Record<
    string,
    {
      readonly image?: string;
      readonly build?: { readonly dockerfile: string };
      readonly command?: readonly string[];
      readonly deploy?: { readonly replicas: number };
      readonly ports?: readonly string[];
      readonly configs?: readonly { readonly source: string }[];
      readonly depends_on?: Record<string, { readonly condition: string }>;
      readonly healthcheck?: object;
    }
  >;
  readonly configs: Record<string, { readonly content: string }>;
}

interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: string };
}

interface Container {
  readonly args: readonly string[];
  readonly env?: readonly {
    readonly name: string;
    readonly valueFrom: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
  }[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly startupProbe?: Probe;
  readonly readinessProbe: Probe;
  readonly livenessProbe: Probe;
  readonly securityContext: object;
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly replicas: number;
    readonly selector: Record<string, unknown>;
    readonly ports: readonly { readonly port: number; readonly targetPort: string }[];
    readonly template: {
      readonly metadata: { readonly labels: Record<string, string> };
      readonly spec: {
        readonly securityContext: object;
        readonly containers: readonly Container[];
      };
    };
  };
}

async function manifests(): Promise<readonly Manifest[]> {
  const documents = parseAllDocuments(await text('deploy/kubernetes.yaml'));
  return documents.map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as Manifest;
  });
}

async function named(kind: string, name: string): Promise<Manifest> {
  const found = (await manifests()).find(
    (manifest) => manifest.kind === kind && manifest.metadata.name === name,
  );
  if (!found) throw new Error(`There is no ${kind} ${name}`);
  return found;
}

test('the image runs a command that there is, as a user without rights, and asks its health', async () => {
  const lines = (await text('deploy/Dockerfile')).replaceAll('\\\n', ' ').split('\n');
  const instruction = (name: string) =>
    lines.findLast((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? '';
  expect(JSON.parse(instruction('ENTRYPOINT'))).toEqual(['node', '/app/dist/cli.js']);
  const { options } = await settingsOf(JSON.parse(instruction('CMD')));
  expect(options).toMatchObject({ host: '0.0.0.0', port: Number(instruction('EXPOSE')) });
  expect(instruction('USER')).toBe('node');
  expect(instruction('HEALTHCHECK')).toContain(`127.0.0.1:${options.port}/__mock/health`);
  const { engines } = JSON.parse(await text('package.json')) as { engines: { node: string } };
  const [major] = /\d+/.exec(engines.node) ?? [];
  expect(
    lines.filter((line) => line.startsWith('FROM ')).map((line) => line.split(' ')[1]),
  ).toEqual(Array(3).fill(`node:${major}-slim`));
});

test('the image is built from files that it is given', async () => {
  const given = (await text('.dockerignore'))
    .split('\n')
    .flatMap((line) => line.match(/^!(.*)/)?.[1] ?? []);
  const script = await text('scripts/build.ts');
  // The one script that it runs needs no other.
  expect(script.match(/from '\.[^']*'/g)).toBeNull();
  for (const name of [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'LICENSE',
    'scripts/build.ts',
  ]) {
    expect(given).toContain(name);
    await text(name);
  }
});

test('the health check of the image tells a mock that is well from one that is not there', async () => {
  const { execFile } = await import('node:child_process');
  const line = (await text('deploy/Dockerfile')).match(/CMD (\["node", "-e".*\])/)?.[1] ?? '[]';
  const [, , code = ''] = JSON.parse(line) as string[];
  const exitCode = (port: number) =>
    new Promise((resolve) => {
      const asked = execFile(process.execPath, ['-e', code.replace('4010', String(port))]);
      asked.on('exit', resolve);
    });
  await using mock = await startMock();
  expect(await exitCode(mock.port)).toBe(0);
  await mock.close();
  expect(await exitCode(mock.port)).toBe(1);
});

test('compose runs two mocks on one Redis, behind one port', async () => {
  const { services, configs } = parseYaml(await text('deploy/compose.yaml')) as Compose;
  const { mock, redis, balancer } = services;
  const { options } = await settingsOf(mock?.command ?? []);
  expect(options).toMatchObject({ host: '0.0.0.0', port: 4010, store: 'redis://redis:6379' });
  expect(mock?.deploy?.replicas).toBe(2);
  expect(mock?.build?.dockerfile).toBe('deploy/Dockerfile');
  expect(mock?.depends_on).toEqual({ redis: { condition: 'service_healthy' } });
  expect(redis?.healthcheck).toBeDefined();
  expect(balancer?.ports).toEqual(['127.0.0.1:4010:4010']);
  const config = configs[balancer?.configs?.[0]?.source ?? '']?.content ?? '';
  expect(config).toContain('server mock:4010 resolve;');
  // One dollar would be a variable of Compose.
  expect(config).not.toMatch(/(?<!\$)\$(?!\$)/);
});

test('Kubernetes runs two mocks that share a Redis, without rights', async () => {
  const { spec } = await named('Deployment', 'exactmatch');
  expect(spec.replicas).toBe(2);
  const { securityContext, containers } = spec.template.spec;
  expect(securityContext).toMatchObject({ runAsNonRoot: true });
  const [container] = containers;
  expect(container?.securityContext).toMatchObject({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  const { options, log } = await settingsOf(container?.args ?? []);
  const [port] = container?.ports ?? [];
  expect(log).toBe('json');
  expect(options).toMatchObject({ host: '0.0.0.0', port: port?.containerPort });
  const get = (path: string) => ({ path, port: port?.name });
  expect(container?.startupProbe?.httpGet).toEqual(get('/__mock/live'));
  expect(container?.livenessProbe?.httpGet).toEqual(get('/__mock/live'));
  // A mock without its Redis lives: it gets no requests, and is not restarted.
  expect(container?.readinessProbe?.httpGet).toEqual(get('/__mock/health'));
  expect(container?.env).toEqual([
    {
      name: 'EXACTMATCH_ADMIN_TOKEN',
      valueFrom: { secretKeyRef: { name: 'exactmatch-admin', key: 'token' } },
    },
  ]);
  const redis = new URL(options.store ?? '');
  const service = await named('Service', redis.hostname);
  expect(service.spec.ports[0]?.port).toBe(Number(redis.port));
});

test('each Service of Kubernetes leads to a port of what it selects', async () => {
  const all = await manifests();
  expect(all.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'Deployment exactmatch',
    'Service exactmatch',
    'Deployment exactmatch-redis',
    'Service exactmatch-redis',
  ]);
  for (const { metadata, spec } of all.filter(({ kind }) => kind === 'Service')) {
    const target = await named('Deployment', metadata.name);
    expect(target.spec.template.metadata.labels).toEqual(spec.selector);
    expect(target.spec.selector['matchLabels']).toEqual(spec.selector);
    const names = target.spec.template.spec.containers[0]?.ports.map(({ name }) => name);
    expect(names).toContain(spec.ports[0]?.targetPort);
  }
});
