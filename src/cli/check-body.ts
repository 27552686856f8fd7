import { checkBodyText } from '../check/check.ts';
import type { CheckContext, CheckTarget } from './check.ts';
import { integerOf, textOf } from './command.ts';

/** Which body a file holds. */
interface BodyOf {
  readonly operation: string;
  /** Of the response that it is the body of; without it, it is that of a request. */
  readonly status: number | undefined;
}

/** Judges a file, or standard input, as the body of one message. */
export const checkBodyTarget: CheckTarget = (target, context) => {
  const operation = textOf(context.args, 'operation') ?? '';
  const status = integerOf(context.args, 'status', { min: 100, max: 599 });
  return checkBodyFile(target, { operation, status }, context);
};

/** Judges a file as a body of an operation. */
export async function checkBodyFile(
  target: string,
  { operation, status }: BodyOf,
  { spec, io, isStrict, collector }: CheckContext,
): Promise<void> {
  const text = await io.read(target);
  const findings = checkBodyText(spec, text, {
    operation,
    strict: isStrict,
    ...(status === undefined ? {} : { status }),
  });
  collector.add({
    subject: `${operation} ${status ?? 'request'}`,
    operation,
    origin: target === '-' ? 'standard input' : target,
    findings,
    body: { text, status },
  });
}
