/** AWS's DynamoDB Local, where it stands in for the embedded engine, answers programs of this machine alone. */
import { mkdtempSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { javaEngine } from '../../local/database/engine';
import { freePort } from '../../local/processes/ports';
import { startService, waitUntilReady, type Service } from '../../local/processes/processes';
import { ask } from '../support/http-server';

const headers = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': 'DynamoDB_20120810.ListTables',
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};
let port: number;
let service: Service;

beforeAll(async () => {
  port = await freePort();
  const engine = javaEngine(port);
  if (!engine) throw new Error('DynamoDB Local needs a JDK of Java 17 or newer.');
  const cwd = mkdtempSync(path.join(tmpdir(), 'catalog-java-'));
  service = startService({ ...engine, cwd, env: {}, logFile: path.join(cwd, 'log') });
  await waitUntilReady(service, `http://127.0.0.1:${port}`, 'DynamoDB Local did not start');
});
afterAll(() => service.stop());

const listTables = (others: object) => ask(port, { method: 'POST', headers: { ...headers, ...others }, body: '{}' });

it.each(['127.0.0.1', 'localhost', '[::1]'])('answers programs that call this machine %s', async (name) => {
  expect(await listTables({ host: `${name}:${port}` })).toMatchObject({ status: 200, body: '{"TableNames":[]}' });
});

it.each([
  [{ host: 'evil.example' }],
  [{ host: '127.0.0.1.evil.example:8000' }],
  [{ origin: 'https://evil.example' }],
  [{ origin: 'null' }],
  [{ origin: 'http://127.0.0.1:3000' }],
])('answers 403 to web pages: %j', async (others) => {
  expect(await listTables(others)).toMatchObject({ status: 403, body: '' });
});

it('listens for no other machine', async () => {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const others = addresses.filter(({ internal, family }) => !internal && family === 'IPv4');
  for (const { address } of others) {
    await expect(ask(port, { host: address })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  }
  expect(others).not.toEqual([]);
});
