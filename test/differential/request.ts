import fc from 'fast-check';
import { bodyPart } from './body.ts';
import type { MadeOperation, MadeRequest } from './document.ts';
import { edits } from './edit.ts';
import type { Sent } from './exchange.ts';
import { formPart } from './form.ts';
import type { Keywords, Version } from './leaf.ts';
import { parameterPart, usualParameterPart } from './parameter.ts';
import type { OperationObject, Part, Piece } from './part.ts';
import { join, securityPart } from './security.ts';

/**
 * An operation of a few parameters, a body and a security requirement, and requests for it; its path
 * begins with the prefix.
 */
export function operations(version: Version, prefix = '/o'): fc.Arbitrary<MadeOperation> {
  const parameter = (number: number) =>
    fc.oneof(
      { weight: 3, arbitrary: usualParameterPart(number) },
      { weight: 2, arbitrary: parameterPart(version, number) },
    );
  const parameters = [[], [1], [1, 2], [1, 2, 3]].map((list) => fc.tuple(...list.map(parameter)));
  const body = fc.oneof(
    { weight: 5, arbitrary: bodyPart(version) },
    { weight: 2, arbitrary: formPart(version) },
  );
  return fc
    .record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
      list: fc.oneof(...parameters),
      body: fc.option(body),
      security: fc.option(securityPart()),
      changes: fc.array(edits, { maxLength: 4 }),
      kept: fc.constantFrom<MadeOperation['kept']>('in place', 'in the path item', 'in components'),
      rest: rests(version),
    })
    .map(({ method, list, body: taken, security, changes, ...others }) => {
      const parts = [...list, ...[taken, security].filter((part) => part !== null)];
      const requests = requestsOf(parts, { method, prefix });
      const edited = requests
        .slice(0, 1)
        .flatMap(({ sent }) => changes.map((change) => odd(change(sent))));
      return {
        path: [prefix, ...parts.flatMap(({ template }) => template ?? [])].join('/'),
        method,
        operation: joined(parts.map(({ operation }) => operation)),
        requests: [...requests, ...edited],
        ...others,
      };
    });
}

function odd(sent: Sent): MadeRequest {
  return { kind: 'odd', sent };
}

function joined(own: readonly OperationObject[]): OperationObject {
  const parameters = own.flatMap((one) => one.parameters ?? []);
  return Object.assign({}, ...own, { parameters });
}

/** What most documents have not, and some have. */
function rests(version: Version): fc.Arbitrary<Keywords> {
  const servers = [{ url: 'https://example.com/base' }];
  const dialects = [
    { jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema' },
    { jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base' },
  ];
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant({}) },
    { weight: 3, arbitrary: fc.constant({ servers }) },
    { weight: 1, arbitrary: fc.constantFrom(...(version === '3.0' ? [{}] : dialects)) },
  );
}

interface Target {
  readonly method: string;
  readonly prefix: string;
}

/** Requests without mistake, and those in which one part has one. */
function requestsOf(parts: readonly Part[], target: Target): readonly MadeRequest[] {
  const pick = (round: number) => parts.map(({ valid }) => valid[round % valid.length] ?? {});
  const most = Math.max(1, ...parts.map(({ valid }) => valid.length));
  const requests: MadeRequest[] = [];
  for (let round = 0; round < most; round += 1) {
    requests.push({ kind: 'valid', sent: toSent(pick(round), target) });
  }
  for (const [index, { mistakes, odd: strange }] of parts.entries()) {
    for (const [round, piece] of mistakes.entries()) {
      requests.push({ kind: 'mistake', sent: toSent(pick(round).with(index, piece), target) });
    }
    for (const [round, piece] of strange.entries()) {
      requests.push(odd(toSent(pick(round).with(index, piece), target)));
    }
  }
  return requests;
}

function toSent(pieces: readonly Piece[], { method, prefix }: Target): Sent {
  const path = [prefix, ...pieces.flatMap(({ segment }) => segment ?? [])].join('/');
  const { query, cookie, headers = {}, body } = pieces.reduce(join, {});
  return {
    method,
    url: query === undefined ? path : `${path}?${query}`,
    headers: { ...headers, ...(cookie === undefined ? {} : { cookie }) },
    ...(body === undefined || body === '' ? {} : { body }),
  };
}
