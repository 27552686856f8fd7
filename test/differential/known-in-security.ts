import type { Judged, KnownDifference, Reason } from './difference.ts';
import type { Keywords } from './leaf.ts';
import { schemaOf } from './schema-walk.ts';
import { SCHEMES } from './security.ts';

/** The names and objects of the schemes that an operation names, and whether it can do without. */
function schemesOf({ document, operation }: Judged): readonly Keywords[] {
  const known = schemaOf(schemaOf(document['components'])['securitySchemes']);
  return alternativesOf(operation).flatMap((one) =>
    Object.keys(one).map((name) => schemaOf(known[name])),
  );
}

function alternativesOf(operation: Keywords): readonly Keywords[] {
  return (operation['security'] ?? []) as readonly Keywords[];
}

function isRefused(reason: Reason): boolean {
  return reason.kind === 'violation' && reason.violation.code === '401';
}

function isMissing(reason: Reason): boolean {
  return reason.kind === 'finding' && reason.finding.code === 'request.security.missing';
}

function isHttp(scheme: Keywords, ...names: readonly string[]): boolean {
  return scheme['type'] === 'http' && names.includes(String(scheme['scheme']).toLowerCase());
}

function authorizationOf({ sent }: Judged): string {
  return sent.headers['authorization'] ?? '';
}

function example(
  names: readonly (readonly string[])[],
  headers: Readonly<Record<string, string>>,
  prism: 'accepted' | 'rejected',
) {
  return {
    operation: {
      security: names.map((list) => Object.fromEntries(list.map((name) => [name, []]))),
    },
    document: { components: { securitySchemes: { ...SCHEMES, tls: { type: 'mutualTLS' } } } },
    sent: { headers },
    prism,
    ours: prism === 'accepted' ? ['request.security.missing'] : [],
  };
}

/** How stock Prism takes credentials otherwise. */
export const KNOWN_IN_SECURITY: readonly KnownDifference[] = [
  {
    id: 'schemes in any case',
    reason:
      'The name of an authentication scheme is case-insensitive (RFC 9110, 11.1); Prism knows `Bearer` in this writing only.',
    explains: (reason, judged) =>
      isRefused(reason) &&
      /^bearer /i.test(authorizationOf(judged)) &&
      !authorizationOf(judged).startsWith('Bearer '),
    examples: [example([['bearer']], { authorization: 'bearer abc' }, 'rejected')],
  },
  {
    id: 'what credentials say',
    reason:
      'We ask for credentials of the scheme and leave it to the service what they are worth; Prism reads them, wrongly: a password may have a colon (RFC 7617, 2), and the values of Digest other characters than small letters and digits (RFC 7616, 3.4).',
    explains: (reason, judged) => {
      const authorization = authorizationOf(judged);
      const [, token = ''] = authorization.split(' ');
      const isBasic = Buffer.from(token, 'base64').toString().split(':').length === 2;
      return (
        isRefused(reason) &&
        schemesOf(judged).some((scheme) => isHttp(scheme, 'basic', 'digest')) &&
        (/^digest ./i.test(authorization) || (/^basic ./i.test(authorization) && !isBasic))
      );
    },
    examples: [
      example([['basic']], { authorization: 'Basic YTpiOmM=' }, 'rejected'),
      example(
        [['digest']],
        { authorization: 'Digest username="A", realm="b", nonce="c", uri="/", response="d"' },
        'rejected',
      ),
    ],
  },
  {
    id: 'no credentials needed',
    reason:
      'An empty requirement makes security optional (OpenAPI 3.1.1, Security Requirement Object): credentials may be there or not; Prism wants them not to be.',
    explains: (reason, judged) =>
      isRefused(reason) &&
      alternativesOf(judged.operation).some((one) => Object.keys(one).length === 0) &&
      authorizationOf(judged) !== '',
    examples: [example([['header'], []], { authorization: 'Basic YTpi' }, 'rejected')],
  },
  {
    id: 'schemes that Prism does not have',
    reason:
      'A requirement holds for every registered scheme (OpenAPI 3.1.1, Security Scheme Object: `http` has any scheme of the registry), and all of one are needed (Security Requirement Object); Prism lets everything pass where its first one is unknown to it, and nothing of mutual TLS behind another.',
    explains: (reason, judged) =>
      (isMissing(reason) || isRefused(reason)) &&
      schemesOf(judged).some(
        (scheme) =>
          scheme['type'] === 'mutualTLS' ||
          (scheme['type'] === 'http' && !isHttp(scheme, 'basic', 'bearer', 'digest')),
      ),
    examples: [
      example([['hoba']], {}, 'accepted'),
      example([['tls', 'bearer']], {}, 'accepted'),
      example([['bearer'], ['tls']], {}, 'rejected'),
    ],
  },
  {
    id: 'keys in cookies',
    reason:
      'A cookie has a name of its own and a value that may be quoted (RFC 6265, 4.1.1); Prism looks for the name and a "=" anywhere in the header, such as at the end of another name.',
    explains: (reason, judged) =>
      isMissing(reason) &&
      schemesOf(judged).some(
        ({ in: place, name }) =>
          place === 'cookie' && (judged.sent.headers['cookie'] ?? '').includes(`${name}=`),
      ),
    examples: [
      example([['cookie']], { cookie: 'xsid=abc' }, 'accepted'),
      example([['cookie']], { cookie: 'sid=""' }, 'accepted'),
    ],
  },
];
