import { judgeRequest } from '../../check/request.ts';
import { ContractError, ExactMatchError } from '../../errors.ts';
import type { Finding } from '../../finding.ts';
import { ownString } from '../../json.ts';
import { locate } from '../../spec/locate.ts';
import { type Operation, operationById } from '../../spec/operation.ts';
import type { Spec } from '../../spec/spec.ts';
import type { GivenState, PlainDefinition } from './plain-definition.ts';
import { type BuiltRequest, buildRequest } from './request.ts';
import { buildResponse } from './response.ts';
import type { WrittenComments, WrittenInteraction, WrittenState } from './written.ts';

/** An interaction that the document allows. */
export interface BuiltInteraction {
  readonly written: WrittenInteraction;
  /** The text of the request's body; `undefined` when there is none. */
  readonly text: string | undefined;
}

/**
 * Makes an interaction of its definition: the request is judged, and the response is one that the
 * document can give.
 *
 * @throws {ContractError} when the document forbids the request, or cannot give the response.
 * @throws {ExactMatchError} `OPERATION_UNKNOWN`, `OPTION_INVALID`, or `SPEC_*` when the document is
 * broken where this interaction needs it.
 */
export function buildInteraction(
  spec: Spec,
  definition: PlainDefinition,
  options: { readonly strict: boolean },
): BuiltInteraction {
  const operation = operationById(spec, definition.operation);
  const { status } = definition;
  if (!Number.isInteger(status) || status < 100 || status > 599) {
    throw invalid(
      operation,
      `its status is ${String(status)}`,
      'Give a whole number from 100 to 599.',
    );
  }
  const description = definition.description ?? `${operation.id}, answered with ${status}`;
  if (description === '')
    throw invalid(operation, 'its description is empty', 'Say what is asked.');
  const request = buildRequest(spec, operation, definition);
  const findings = requestFindings(spec, operation, request, definition, options.strict);
  const response = buildResponse(spec, operation, definition);
  if (findings.length > 0 || response.kind === 'refused') {
    const refused = response.kind === 'refused' ? response.findings : [];
    throw new ContractError(`The interaction "${description}"`, [...findings, ...refused]);
  }
  const states = statesOf(definition.given);
  return {
    written: {
      type: 'Synchronous/HTTP',
      description,
      pending: false,
      ...(states.length > 0 ? { providerStates: states } : {}),
      comments: commentsOf(operation),
      request: request.written,
      response: response.written,
    },
    text: request.text,
  };
}

function invalid(operation: Operation, reason: string, advice: string): ExactMatchError {
  return new ExactMatchError(
    'OPTION_INVALID',
    `Failed to define an interaction of ${operation.id}: ${reason}. ${advice}`,
  );
}

function requestFindings(
  spec: Spec,
  operation: Operation,
  { message }: BuiltRequest,
  { mistakes = [], status }: PlainDefinition,
  strict: boolean,
): readonly Finding[] {
  const verdict = judgeRequest(spec, message, { strict });
  if (verdict.operation && verdict.operation !== operation) {
    return [otherOperation(operation, verdict.operation, message.path)];
  }
  const errors = verdict.findings.filter(({ severity }) => severity === 'error');
  const found = errors.map(({ code }) => code);
  const absent = mistakes.find((code) => !found.includes(code));
  if (absent !== undefined) {
    const reason = `its request has not the mistake ${absent}`;
    throw invalid(operation, reason, `It has ${found.join(', ') || 'none'}.`);
  }
  if (mistakes.length > 0 && (status < 400 || status > 499)) {
    const reason = `its request has mistakes, and its status is ${status}`;
    throw invalid(operation, reason, 'What is wrong with a request is answered with 400 to 499.');
  }
  return errors.filter(({ code }) => !mistakes.includes(code));
}

function otherOperation(meant: Operation, found: Operation, path: string): Finding {
  return {
    code: 'request.path.unmatched',
    severity: 'error',
    message: `${meant.method} ${path} is ${found.id}, not ${meant.id}.`,
    at: '',
    spec: locate(found.node),
    expected: meant.path,
    actual: path,
  };
}

function statesOf(given: PlainDefinition['given']): readonly WrittenState[] {
  const list = given === undefined ? [] : isList(given) ? given : [given];
  return list.map((state) => {
    if (typeof state === 'string') return { name: state };
    const { name, params } = state;
    return params && Object.keys(params).length > 0 ? { name, params } : { name };
  });
}

function isList(given: GivenState | readonly GivenState[]): given is readonly GivenState[] {
  return Array.isArray(given);
}

/** Pact's own place for what an interaction refers to. */
function commentsOf({ node, method, path }: Operation): WrittenComments {
  const operationId = ownString(node.value, 'operationId');
  return {
    references: {
      openapi: { ...(operationId === undefined ? {} : { operationId }), method, path },
    },
  };
}
