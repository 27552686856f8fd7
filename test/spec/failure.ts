import { ExactMatchError, loadSpec } from '../../src/index.ts';

/** The error with which loading a document fails. */
export async function failureOf(
  target: string | URL | object,
  options: Parameters<typeof loadSpec>[1] = {},
): Promise<ExactMatchError> {
  const failure = await loadSpec(target, options).catch((cause: unknown) => cause);
  if (failure instanceof ExactMatchError) return failure;
  throw new Error('It has been loaded, or failed in another way', { cause: failure });
}
