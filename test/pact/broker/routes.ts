import type { JsonObject } from '../../../src/json.ts';
import type { Ledger, PublishedPact } from './ledger.ts';
import { type MatrixRow, matrixOf, missingIn, unknownIn } from './matrix.ts';
import { type Selected, type SelectionRequest, selectPacts } from './select.ts';

/** What is answered. */
export interface Answer {
  readonly status: number;
  readonly value?: unknown;
}

interface Given {
  readonly ledger: Ledger;
  readonly url: string;
  readonly query: string;
  readonly body: JsonObject;
  /** Parts of the path, decoded. */
  readonly part: Readonly<Record<string, string>>;
}

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (given: Given) => Answer;
}

/** All that the broker answers. */
export const routes: readonly Route[] = [
  on('GET', '/', ({ url }) => ({ status: 200, value: index(url) })),
  on('POST', '/contracts/publish', publishContracts),
  on('GET', '/pacticipants/:name', ({ url, part }) => ({
    status: 200,
    value: application(url, part['name'] ?? ''),
  })),
  on('PUT', '/pacticipants/:name/branches/:branch/versions/:version', ({ ledger, part }) => {
    ledger.versionOf(part['name'] ?? '', part['version'] ?? '').branch = part['branch'];
    return { status: 201, value: {} };
  }),
  on('PUT', '/pacticipants/:name/versions/:version/tags/:tag', ({ ledger, part }) => {
    ledger.versionOf(part['name'] ?? '', part['version'] ?? '').tags.add(part['tag'] ?? '');
    return { status: 201, value: {} };
  }),
  on('GET', '/pacts/provider/:provider/for-verification', ({ url, part }) => ({
    status: 200,
    value: { _links: { self: { href: `${url}${forVerification(part['provider'] ?? '')}` } } },
  })),
  on('POST', '/pacts/provider/:provider/for-verification', pactsForVerification),
  on('GET', '/pacts/provider/:provider/latest', latestPacts),
  on('GET', '/pacts/provider/:provider/consumer/:consumer/pact-version/:sha', onePact),
  on(
    'POST',
    '/pacts/provider/:provider/consumer/:consumer/pact-version/:sha/verification-results',
    verified,
  ),
  on('GET', '/matrix', matrix),
];

function on(method: string, path: string, answer: Route['answer']): Route {
  const pattern = path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)');
  return { method, path: new RegExp(`^${pattern}$`), answer };
}

function index(url: string): unknown {
  const links = {
    'pb:publish-contracts': '/contracts/publish',
    'pb:pacticipants': '/pacticipants',
    'pb:pacticipant': '/pacticipants/{pacticipant}',
    'pb:pacticipant-version-tag': '/pacticipants/{pacticipant}/versions/{version}/tags/{tag}',
    'pb:latest-provider-pacts': '/pacts/provider/{provider}/latest',
    'pb:provider-pacts-for-verification': '/pacts/provider/{provider}/for-verification',
  };
  return { _links: { self: { href: url }, ...linksOf(url, links) } };
}

function linksOf(url: string, links: Readonly<Record<string, string>>): Record<string, unknown> {
  const made = Object.entries(links).map(([name, path]) => [
    name,
    { href: url + path, templated: path.includes('{') },
  ]);
  return Object.fromEntries(made);
}

function application(url: string, name: string): unknown {
  const own = `/pacticipants/${encodeURIComponent(name)}`;
  const links = {
    self: own,
    'pb:version-tag': `${own}/versions/{version}/tags/{tag}`,
    'pb:branch-version': `${own}/branches/{branch}/versions/{version}`,
  };
  return { name, _links: linksOf(url, links) };
}

function publishContracts({ ledger, url, body }: Given): Answer {
  const { pacticipantName, pacticipantVersionNumber, branch, tags = [], contracts } = body;
  const [name, number] = [String(pacticipantName), String(pacticipantVersionNumber)];
  const notices: unknown[] = [];
  for (const contract of contracts as readonly { readonly content: string }[]) {
    const pact = JSON.parse(Buffer.from(contract.content, 'base64').toString()) as JsonObject;
    const known = ledger.pacts.find(
      ({ consumer, version, provider }) =>
        consumer === name &&
        version === number &&
        provider === (pact['provider'] as { readonly name: string }).name,
    );
    if (known && JSON.stringify(known.content) !== JSON.stringify(pact)) {
      const text = `Cannot change the content of the pact for ${name} version ${number} and provider ${known.provider}`;
      return {
        status: 409,
        value: { notices: [{ type: 'error', text }], errors: { contracts: [text] } },
      };
    }
    const { provider } = ledger.publish(pact, number);
    const text = `Pact successfully published for ${name} version ${number} and provider ${provider}.`;
    notices.push({ type: 'success', text });
  }
  const version = ledger.versionOf(name, number);
  if (typeof branch === 'string') version.branch = branch;
  for (const tag of tags as readonly string[]) version.tags.add(tag);
  const own = `${url}/pacticipants/${encodeURIComponent(name)}`;
  const self = `${own}/versions/${encodeURIComponent(number)}`;
  return {
    status: 200,
    value: {
      notices,
      logs: [],
      _embedded: {
        pacticipant: { name, _links: { self: { href: own } } },
        version: { number, _links: { self: { href: self, title: 'Version', name: number } } },
      },
      _links: {
        'pb:pacticipant': { href: own, title: 'Pacticipant', name },
        'pb:pacticipant-version': { href: self, title: 'Pacticipant version', name: number },
        'pb:pacticipant-version-tags': [],
        'pb:contracts': [],
      },
    },
  };
}

function pactsForVerification({ ledger, url, body, part }: Given): Answer {
  const { provider = '' } = part;
  const selected = selectPacts(ledger, provider, body as SelectionRequest);
  const isAsked = body['includePendingStatus'] === true;
  const pacts = selected.map(({ pact, isPending, isWip }: Selected) => {
    const text = `This pact is to be verified: ${pact.consumer} ${pact.version}`;
    return {
      shortDescription: isWip ? 'latest (WIP)' : 'latest',
      verificationProperties: {
        ...(isAsked ? { pending: isPending } : {}),
        ...(isWip ? { wip: true } : {}),
        notices: [{ when: 'before_verification', text }],
      },
      _links: { self: { href: `${url}${pathOf(pact)}`, name: nameOf(pact) } },
    };
  });
  return {
    status: 200,
    value: {
      _embedded: { pacts },
      _links: { self: { href: `${url}${forVerification(provider)}` } },
    },
  };
}

function latestPacts({ ledger, url, part }: Given): Answer {
  const { provider = '' } = part;
  const pacts = selectPacts(ledger, provider, {});
  const links = pacts.map(({ pact }) => ({ href: `${url}${pathOf(pact)}`, name: pact.consumer }));
  return { status: 200, value: { _links: { 'pb:pacts': links, pacts: links } } };
}

function onePact({ ledger, url, part }: Given): Answer {
  const pact = ledger.pacts.findLast(
    ({ consumer, provider, sha }) =>
      consumer === part['consumer'] && provider === part['provider'] && sha === part['sha'],
  );
  if (!pact) return { status: 404, value: {} };
  const links = {
    self: pathOf(pact),
    'pb:consumer': `/pacticipants/${encodeURIComponent(pact.consumer)}`,
    'pb:provider': `/pacticipants/${encodeURIComponent(pact.provider)}`,
    'pb:publish-verification-results': `${pathOf(pact)}/verification-results`,
  };
  return {
    status: 200,
    value: { ...pact.content, createdAt: pact.createdAt, _links: linksOf(url, links) },
  };
}

function verified({ ledger, body, part }: Given): Answer {
  const { provider = '', sha = '' } = part;
  const version = String(body['providerApplicationVersion']);
  ledger.versionOf(provider, version);
  ledger.results.push({ sha, provider, version, isSuccess: body['success'] === true, body });
  return { status: 201, value: { ...body, _links: {} } };
}

function matrix({ ledger, query }: Given): Answer {
  const unknown = unknownIn(ledger, query);
  if (unknown !== undefined) {
    return { status: 400, value: { errors: [`Pacticipant ${unknown} not found`] } };
  }
  const rows = matrixOf(ledger, query);
  const count = (wanted: boolean | undefined) =>
    rows.filter(({ isSuccess }) => isSuccess === wanted).length;
  const missing = missingIn(ledger, query);
  const isKnown = count(undefined) === 0 && missing === undefined;
  const deployable = count(false) > 0 ? false : isKnown || null;
  const reason = deployable
    ? 'All required verification results are published and successful'
    : (missing ??
      rows
        .filter(({ isSuccess }) => isSuccess !== true)
        .map(reasonOf)
        .join('\n'));
  return {
    status: 200,
    value: {
      summary: {
        deployable,
        reason,
        success: count(true),
        failed: count(false),
        unknown: count(undefined),
      },
      notices: [{ type: deployable ? 'success' : 'error', text: reason }],
      matrix: rows.map((row) => ({
        consumer: { name: row.consumer, version: { number: row.consumerVersion } },
        provider: {
          name: row.provider,
          version: row.providerVersion === undefined ? null : { number: row.providerVersion },
        },
        verificationResult: row.isSuccess === undefined ? null : { success: row.isSuccess },
      })),
    },
  };
}

function reasonOf({ consumer, consumerVersion, provider, isSuccess }: MatrixRow): string {
  const pact = `the pact between ${consumer} ${consumerVersion} and ${provider}`;
  return isSuccess === false
    ? `The verification for ${pact} failed`
    : `There is no verified pact: ${pact} has no result`;
}

function forVerification(provider: string): string {
  return `/pacts/provider/${encodeURIComponent(provider)}/for-verification`;
}

function pathOf({ provider, consumer, sha }: PublishedPact): string {
  return `/pacts/provider/${encodeURIComponent(provider)}/consumer/${encodeURIComponent(consumer)}/pact-version/${sha}`;
}

function nameOf({ consumer, provider, version }: PublishedPact): string {
  return `Pact between ${consumer} (${version}) and ${provider}`;
}
