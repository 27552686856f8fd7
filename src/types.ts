import type { components, operations, paths, Readable, Writable } from './generated/types.ts';

export type { components, operations, paths, Readable, Writable };

type Schemas = components['schemas'];

/** The JSON that an operation takes as its body. */
type BodyOf<Id extends keyof operations> = operations[Id] extends {
  requestBody?: { content: { 'application/json': infer Body } };
}
  ? Writable<Body>
  : never;

/** The id of an operation of the document. */
export type OperationId = keyof operations;

/** A session, as a response has it. */
export type ExactMatchSession = Readable<Schemas['exactMatchSession']>;
/** A page of sessions. */
export type ExactMatchSessionCollection = Readable<Schemas['exactMatchSessionCollectionResponse']>;
/** An agent that uploads, as a response has it. */
export type ExactMatchUploadAgent = Readable<Schemas['exactMatchUploadAgent']>;

/** What a session is created from: every property may be left out. */
export type CreateExactMatchSessionRequest = BodyOf<'createExactMatchSession'>;
/** What of a session is to be changed. */
export type UpdateExactMatchSessionRequest = BodyOf<'updateExactMatchSession'>;
/** What an upload agent is registered with. */
export type CreateUploadAgentRequest = BodyOf<'createUploadAgent'>;
/** What of an upload agent is to be changed. */
export type UpdateUploadAgentRequest = BodyOf<'updateUploadAgent'>;

/** What every failure answers with. */
export type ODataError = Readable<Schemas['ODataError']>;
/** One of several reasons of a failure. */
export type ODataErrorDetails = Readable<Schemas['ODataErrorDetails']>;
/** Why a job failed. */
export type ClassificationError = Readable<Schemas['classificationError']>;
/** What the service's own people need to find the failure of a job. */
export type ClassificationInnerError = Readable<Schemas['classificationInnerError']>;
