// The ceiling, as one would write it by hand: node:http, JSON.parse, one compiled validator, a Map that
// remembers, JSON.stringify. Run by `npm run bench`.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { parse } from 'yaml';

const file = new URL('../../spec/exact-match-sessions.openapi.yaml', import.meta.url);
const document = parse(readFileSync(file, 'utf8'), { merge: true });
const ajv = new Ajv2020({ strict: false, validateFormats: true });
formats.default(ajv);
ajv.addSchema({ $id: 'document', components: document.components });
document.components.schemas.entity.required = [];
const validate = ajv.compile({ $ref: 'document#/components/schemas/exactMatchSession' });
const items = new Map<string, object>();

const server = createServer((request, response) => {
  const { method, url = '', headers } = request;
  if (headers.authorization === undefined) return send(response, 401, {});
  if (method === 'GET') {
    const item = items.get(url.slice(url.lastIndexOf('/') + 1));
    return send(response, item ? 200 : 404, item ?? {});
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body: object = JSON.parse(Buffer.concat(chunks).toString());
    if (headers['content-type'] !== 'application/json' || !validate(body)) {
      return send(response, 400, {});
    }
    const id = randomUUID();
    const item = { ...body, id };
    items.set(id, item);
    return send(response, 201, item, { location: `${url}/${id}` });
  });
});
server.listen(Number(process.argv[2]), '127.0.0.1');

function send(response: ServerResponse, status: number, value: object, more: object = {}): void {
  const body = JSON.stringify(value);
  const length = Buffer.byteLength(body);
  const headers = { 'content-type': 'application/json', 'content-length': length, ...more };
  response.writeHead(status, headers);
  response.end(body);
}
