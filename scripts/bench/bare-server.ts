// The ceiling: node:http, JSON.parse, one compiled validator, JSON.stringify. Run by `npm run bench`.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { parse } from 'yaml';
import { sessionBody } from './subjects.ts';

const file = new URL('../../spec/exact-match-sessions.openapi.yaml', import.meta.url);
const document = parse(readFileSync(file, 'utf8'), { merge: true });
const ajv = new Ajv2020({ strict: false, validateFormats: true });
formats.default(ajv);
ajv.addSchema({ $id: 'document', components: document.components });
const { entity } = document.components.schemas;
entity.required = [];
const validate = ajv.compile({ $ref: 'document#/components/schemas/exactMatchSession' });
const answer = { ...sessionBody, id: 'ab8cf3ab-36b0-b07a-e010-dfbc942fe48b' };

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const isPost = request.method === 'POST';
    const valid = !isPost || validate(JSON.parse(Buffer.concat(chunks).toString()));
    const body = JSON.stringify(answer);
    response.writeHead(valid ? (isPost ? 201 : 200) : 400, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(isPost ? { location: `${request.url}/${answer.id}` } : {}),
    });
    response.end(body);
  });
});
server.listen(Number(process.argv[2]), '127.0.0.1');
