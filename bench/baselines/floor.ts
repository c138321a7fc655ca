/** The floor: the same write as the bare one without any SDK, signed by hand (SigV4) and sent with Node's own client. */
import { createHash, createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { HttpEvent } from '../../src/http/event';

const { TABLE_NAME, DYNAMODB_ENDPOINT = '', AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
const { host } = new URL(DYNAMODB_ENDPOINT);
const agent = new Agent({ keepAlive: true });
const target = 'DynamoDB_20120810.PutItem';

const sha256 = (value: string) => createHash('sha256').update(value).digest('hex');
const hmac = (key: string | Buffer, value: string) => createHmac('sha256', key).update(value).digest();

function signed(body: string): Record<string, string> {
  const time = new Date().toISOString().replace(/-|:|\.\d+/g, '');
  const scope = [time.slice(0, 8), String(AWS_REGION), 'dynamodb', 'aws4_request'];
  const canonical = ['POST', '/', '', `host:${host}`, `x-amz-date:${time}`, `x-amz-target:${target}`, ''];
  const names = 'host;x-amz-date;x-amz-target';
  const digest = sha256([...canonical, names, sha256(body)].join('\n'));
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${String(AWS_SECRET_ACCESS_KEY)}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope.join('/'), digest].join('\n')).toString('hex');
  const credential = `${String(AWS_ACCESS_KEY_ID)}/${scope.join('/')}`;
  return {
    'x-amz-date': time,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

export async function handler(event: HttpEvent) {
  const key = { S: `FLOOR#${event.requestContext.requestId}` };
  const item = { pk: key, sk: key, body: { S: event.body } };
  const body = JSON.stringify({ TableName: TABLE_NAME, Item: item });
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target, ...signed(body) };
  return new Promise((resolve, reject) => {
    const call = request(DYNAMODB_ENDPOINT, { method: 'POST', agent, headers }, (response) => {
      text(response).then((answer) => resolve({ statusCode: response.statusCode, body: answer }), reject);
    });
    call.on('error', reject).end(body);
  });
}
