/** What a web page that a browser on this machine has open gets from the services of the local stack, unless it is one of theirs. */
import type { OutgoingHttpHeaders } from 'node:http';
import { ask } from '../support/http-server';
import { cognito, runningStack, signUp } from '../support/stack';

const stack = runningStack('iam');
const { apiUrl, cognitoUrl, dynamodbUrl, identityUrl = '', userPoolId } = stack;
const portOf = (url: string) => Number(new URL(url).port);

/** A request to each service that it answers with 200, by its port. */
const requests = {
  'the user pool': {
    port: portOf(cognitoUrl),
    target: 'AWSCognitoIdentityProviderService.ListUsers',
    body: JSON.stringify({ UserPoolId: userPoolId }),
    version: '1.1',
  },
  'the identity pool': {
    port: portOf(identityUrl),
    target: 'AWSCognitoIdentityService.GetId',
    body: JSON.stringify({ IdentityPoolId: 'none' }),
    version: '1.1',
  },
  'the database': {
    port: portOf(dynamodbUrl),
    target: 'DynamoDB_20120810.ListTables',
    body: '{}',
    version: '1.0',
  },
};
const authorization =
  'AWS4-HMAC-SHA256 Credential=local/20260101/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';

const post = ({ port, target, body, version }: (typeof requests)['the user pool'], headers: OutgoingHttpHeaders) =>
  ask(port, {
    method: 'POST',
    headers: {
      'x-amz-date': '20260101T000000Z',
      'content-type': `application/x-amz-json-${version}`,
      'x-amz-target': target,
      authorization,
      ...headers,
    },
    body,
  });

describe.each(Object.entries(requests))('%s', (name, request) => {
  it('answers programs, by either name of this machine', async () => {
    for (const host of ['127.0.0.1', 'localhost']) {
      const { status, body } = await post(request, { host: `${host}:${request.port}` });
      expect(status).not.toBe(403);
      expect(body).toMatch(/Users|TableNames|InvalidParameterException/);
    }
  });

  it('answers 403 to a page that has led a name of its own here', async () => {
    const host = `evil.example:${request.port}`;
    expect(await post(request, { host })).toMatchObject({ status: 403 });
    expect(await post(request, { host, origin: `http://${host}` })).toMatchObject({ status: 403 });
  });

  it('answers 403 to a page of another origin, and to its preflight', async () => {
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1']) {
      expect(await post(request, { origin })).toMatchObject({ status: 403 });
      const headers = {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-amz-target',
      };
      const preflight = await ask(request.port, { method: 'OPTIONS', headers });
      expect(preflight.status).toBe(403);
      expect(Object.keys(preflight.headers).filter((header) => header.startsWith('access-control'))).toEqual([]);
    }
  });

  it('lets pages of the API and of the origins in CORS_ORIGINS in, but to the database', async () => {
    const allowed = name !== 'the database';
    for (const origin of [apiUrl, `http://localhost:${portOf(apiUrl)}`, 'https://shop.example.com']) {
      const { status, headers } = await post(request, { origin });
      expect(status !== 403).toBe(allowed);
      expect(headers['access-control-allow-origin']).toBe(allowed ? origin : undefined);
    }
  });
});

it('a page can put nobody into admin at the user pool', async () => {
  const email = 'page@example.com';
  await signUp(stack, email);
  const body = JSON.stringify({ UserPoolId: userPoolId, Username: email, GroupName: 'admin' });
  const target = 'AWSCognitoIdentityProviderService.AdminAddUserToGroup';
  // As a form or fetch can send it without asking first.
  await post(
    { ...requests['the user pool'], target, body },
    { origin: 'https://evil.example', 'content-type': 'text/plain' },
  );
  const { body: groups } = await cognito(stack, 'AdminListGroupsForUser', { UserPoolId: userPoolId, Username: email });
  expect(JSON.stringify(groups)).not.toContain('admin');
});
