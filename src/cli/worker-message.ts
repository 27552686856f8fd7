import type { ErrorCode } from '../errors.ts';
import type { Source } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import type { MockSettings } from './mock-settings.ts';

/** The variable of the environment by which a process knows that it is a worker. */
export const WORKER_VARIABLE = 'EXACTMATCH_WORKER';

/** What a worker is told. */
export type Order =
  | {
      readonly kind: 'start';
      readonly options: MockSettings['options'];
      readonly log: MockSettings['log'];
      readonly document: Parcel | undefined;
    }
  | { readonly kind: 'reload'; readonly document: Parcel };

/** What a worker tells. */
export type Report =
  | { readonly kind: 'idle' }
  | { readonly kind: 'listening'; readonly url: string; readonly baseUrl: string }
  | {
      readonly kind: 'failed';
      /** `undefined` for a fault of our own. */
      readonly code: ErrorCode | undefined;
      readonly reason: string;
    };

/** A document on its way to another process: with its texts, for these have the line numbers. */
export interface Parcel {
  readonly uri: string;
  readonly formats: Spec['formats'];
  readonly sources: readonly (Omit<Source, 'text'> & { readonly text: string })[];
}

/** Makes data of a document. */
export function toParcel({ root, formats, sources }: Spec): Parcel {
  return {
    uri: root.source.uri,
    formats,
    sources: [...sources.values()].map((source) => ({ ...source, text: source.text() })),
  };
}
