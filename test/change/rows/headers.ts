import { json, type Part, type Row, row } from '../row.ts';

const parameter = (name: string, rest: Part = {}): Part => ({
  name,
  in: 'query',
  schema: { type: 'string' },
  ...rest,
});

/** Headers of responses. */
export const headers: readonly Row[] = [
  row(
    'res: remove optional header',
    'dangerous',
    ({ get }) => delete get.responses[200].headers['X-Hint'],
  ),
  row('res: header required -> optional', 'breaking', ({ get }) => {
    get.responses[200].headers['X-Total'].required = false;
  }),
  row('res: header optional -> required', 'safe', ({ get }) => {
    get.responses[200].headers['X-Hint'].required = true;
  }),
  row('res: add header', 'safe', ({ get }) => {
    get.responses[200].headers['X-New'] = { schema: { type: 'string' } };
  }),
  row('res: header type', 'breaking', ({ get }) => {
    get.responses[200].headers['X-Total'].schema.type = 'string';
  }),
  row('res: header in other case', 'safe', ({ get }) => {
    const { headers: all } = get.responses[200];
    all['x-total'] = all['X-Total'];
    delete all['X-Total'];
  }),
  row(
    'req: header parameter in other case',
    'safe',
    ({ get }) => {
      get.parameters.at(-1).name = 'x-trace';
    },
    ({ get }) => get.parameters.push({ name: 'X-Trace', in: 'header', schema: { type: 'string' } }),
  ),
];

/** Parameters. */
export const parameters: readonly Row[] = [
  row('param: cookie added, required', 'breaking', ({ get }) => {
    get.parameters.push(parameter('token', { in: 'cookie', required: true }));
  }),
  row(
    'param: cookie removed',
    'dangerous',
    ({ get }) => get.parameters.pop(),
    ({ get }) => get.parameters.push(parameter('token', { in: 'cookie' })),
  ),
  row(
    'param: moves from query to header',
    'dangerous',
    ({ get }) => {
      get.parameters.at(-1).in = 'header';
    },
    ({ get }) => get.parameters.push(parameter('trace')),
  ),
  row('param: schema to content', 'breaking', ({ get }) => {
    get.parameters[0] = { name: 'limit', in: 'query', content: { [json]: { schema: {} } } };
  }),
  row('param: explode of a list', 'breaking', ({ get }) => {
    get.parameters[2].explode = false;
  }),
  row('param: explode of a text', 'safe', ({ get }) => {
    get.parameters[0].explode = false;
  }),
  row(
    'param: default changed',
    'dangerous',
    ({ get }) => {
      get.parameters[0].schema.default = '20';
    },
    ({ get }) => {
      get.parameters[0].schema.default = '10';
    },
  ),
  row('param: default added', 'safe', ({ get }) => {
    get.parameters[0].schema.default = '20';
  }),
  row('param: own one replaces that of the path item', 'breaking', ({ get }) => {
    get.parameters.push({ name: 'id', in: 'path', required: true, schema: { type: 'integer' } });
  }),
  row('param: path variable type', 'breaking', ({ item }) => {
    item.parameters[0].schema.type = 'integer';
  }),
  row('param: reference instead of itself', 'safe', ({ get, schemas, ref }) => {
    schemas.Limit = get.parameters[0].schema;
    get.parameters[0].schema = ref('Limit');
  }),
];
