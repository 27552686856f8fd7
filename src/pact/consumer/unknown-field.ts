import type { Finding } from '../../finding.ts';
import { locate } from '../../spec/locate.ts';
import type { Operation } from '../../spec/operation.ts';
import type { Node } from '../../spec/source.ts';
import type { UnknownField } from './field-use.ts';

/** The body that a field was looked for in. */
export interface FieldOwner {
  readonly operation: Operation;
  readonly status: number;
  /** Its schema, or what has none. */
  readonly place: Node;
}

/** The finding for a field that a consumer reads and a response does not have. */
export function unknownFieldFinding(
  { operation, status, place }: FieldOwner,
  { path, reached, isBarred, known }: UnknownField,
): Finding {
  const owner = reached === '' ? `the response ${status} of ${operation.id}` : `\`${reached}\``;
  const reason = isBarred
    ? `it is writeOnly, and ${owner} is read`
    : `${owner} has ${known.slice(0, 30).join(', ') || 'no fields'}`;
  return {
    code: isBarred ? 'response.body.writeOnly' : 'response.body.unknown',
    severity: 'error',
    message: `The field \`${path}\` is not in the document: ${reason}.`,
    at: toPointer(path),
    spec: locate(place),
    expected: known,
    actual: path,
  };
}

/** The finding for fields that a consumer reads of a response without a body. */
export function bodilessFinding(operation: Operation, response: Node, status: number): Finding {
  return {
    code: 'response.body.unknown',
    severity: 'error',
    message: `The response ${status} of ${operation.id} declares no body that is JSON or text: no field of it can be read.`,
    at: '',
    spec: locate(response),
  };
}

/** Every item is shown by the first. */
function toPointer(path: string): string {
  const steps = path.replaceAll(/\[(\d*)\]/g, (_, index: string) => `.${index || '0'}`).split('.');
  return steps
    .filter((step) => step !== '')
    .map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
