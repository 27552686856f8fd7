import { checkBodyText } from '../check/check.ts';
import type { CheckTarget } from './check.ts';
import { integerOf, textOf } from './command.ts';

/** Judges a file, or standard input, as the body of one message. */
export const checkBodyTarget: CheckTarget = async (target, { spec, args, io, ...context }) => {
  const operation = textOf(args, 'operation') ?? '';
  const status = integerOf(args, 'status', { min: 100, max: 599 });
  const text = await io.read(target);
  const findings = checkBodyText(spec, text, {
    operation,
    strict: context.isStrict,
    ...(status === undefined ? {} : { status }),
  });
  context.collector.add({
    subject: `${operation} ${status ?? 'request'}`,
    operation,
    origin: target === '-' ? 'standard input' : target,
    findings,
    body: { text, status },
  });
};
