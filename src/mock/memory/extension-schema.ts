import type { JsonObject } from '../../json.ts';

const states = {
  anyOf: [
    { type: 'string', minLength: 1 },
    { type: 'array', items: { type: 'string', minLength: 1 } },
  ],
} satisfies JsonObject;

const values = { type: 'object' } satisfies JsonObject;

/** The form of `x-mock` in the path item of a collection. */
export const collectionSchema: JsonObject = {
  type: 'object',
  properties: {
    key: { type: 'string', minLength: 1 },
    create: values,
    default: values,
    update: values,
    state: { type: 'string', minLength: 1 },
    after: {
      type: 'array',
      items: {
        type: 'object',
        required: ['from', 'time', 'to'],
        properties: {
          from: states,
          time: { type: 'string' },
          to: { type: 'string', minLength: 1 },
          set: values,
        },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
};

/** The form of `x-mock` in an operation. */
export const operationSchema: JsonObject = {
  type: 'object',
  properties: {
    from: states,
    to: { type: 'string', minLength: 1 },
    set: values,
    faults: {
      type: 'object',
      properties: {
        latency: { type: 'string' },
        fail: { type: 'string' },
        throttle: { type: 'string' },
        reset: { type: 'string' },
        slow: { type: 'string' },
      },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};

/** The form of `x-mock` beside `paths`: the states that contracts ask for, by name. */
export const documentSchema: JsonObject = {
  type: 'object',
  required: ['states'],
  properties: {
    states: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        properties: {
          memory: { type: 'object', additionalProperties: { type: 'array' } },
          faults: values,
          clock: values,
          prefer: { type: 'string', minLength: 1 },
        },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
};
