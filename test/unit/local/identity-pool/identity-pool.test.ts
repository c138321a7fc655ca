/** What the local identity pool answers without asking the user pool; credentials.test.ts has the rest. */
import {
  CognitoIdentityClient,
  GetCredentialsForIdentityCommand,
  GetIdCommand,
} from '@aws-sdk/client-cognito-identity';
import { rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { startIdentityPool } from '../../../../local/identity-pool/identity-pool';
import { identityPoolId } from '../../../../local/identity-pool/settings';
import { freePort } from '../../../../local/processes/ports';
import { type Service } from '../../../../local/processes/processes';
import { identityPoolTemplate, writeTemplate } from '../../../support/identity-pool-template';
import { sign } from '../../../support/tokens';

const userPool = { userPoolId: 'local_catalog', clientId: 'localcatalogclient', consoleClientId: 'localconsoleclient' };
const provider = 'cognito-idp.eu-central-1.amazonaws.com/local_catalog';
const identityId = 'eu-central-1:00000000-0000-4000-8000-000000000001';
const isCurrent = () => true;

let service: Service;
let port: number;
let url: string;
let cognitoUrl: string;
let client: CognitoIdentityClient;
const templateFile = writeTemplate(identityPoolTemplate());

beforeAll(async () => {
  port = await freePort();
  url = `http://127.0.0.1:${port}`;
  // Nothing listens there.
  cognitoUrl = `http://127.0.0.1:${await freePort()}`;
  service = await startIdentityPool({
    ...userPool,
    port,
    origins: [],
    templateFile,
    cognitoUrl,
    sessionSecret: 'secret',
    isCurrent,
  });
  client = new CognitoIdentityClient({ endpoint: url, region: 'eu-central-1', maxAttempts: 1 });
});
afterAll(() => service.stop());

const post = async (target: string, body: string | Uint8Array, contentType = 'application/x-amz-json-1.1') => {
  const headers = { 'content-type': contentType, 'x-amz-target': `AWSCognitoIdentityService.${target}` };
  const response = await fetch(url, { method: 'POST', headers, body });
  return { status: response.status, body: await response.json() };
};

const getId = (Logins?: Record<string, string>, IdentityPoolId = identityPoolId) =>
  client.send(new GetIdCommand({ IdentityPoolId, Logins }));
const getCredentials = (Logins?: Record<string, string>) =>
  client.send(new GetCredentialsForIdentityCommand({ IdentityId: identityId, Logins }));
/** Good, as far as anybody can tell who does not ask the user pool. */
const goodToken = () => {
  const iat = Math.floor(Date.now() / 1000);
  const iss = `${cognitoUrl}/${userPool.userPoolId}`;
  return sign({
    iss,
    iat,
    exp: iat + 900,
    sub: 'user-1',
    origin_jti: 'sign-in',
    aud: userPool.clientId,
    token_use: 'id',
  });
};
const notAuthorized = (message: string) => ({ name: 'NotAuthorizedException', message });

describe('GetId', () => {
  it('answers ResourceNotFoundException for a pool that is not this one', async () => {
    const unknown = 'eu-central-1:00000000-0000-4000-8000-000000000000';
    await expect(getId({ [provider]: 'token' }, unknown)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `IdentityPool '${unknown}' not found.`,
    });
  });
});

describe.each([
  ['GetId', getId],
  ['GetCredentialsForIdentity', getCredentials],
])('%s', (_, call) => {
  it('answers NotAuthorizedException without a login', async () => {
    const refusal = notAuthorized('Unauthenticated access is not supported for this identity pool.');
    await expect(call()).rejects.toMatchObject(refusal);
    await expect(call({})).rejects.toMatchObject(refusal);
  });

  it('answers NotAuthorizedException for a login at another provider, alone or beside the right one', async () => {
    const token = goodToken();
    const refusal = notAuthorized('Token is not from a supported provider of this identity pool.');
    const wrong: Record<string, string>[] = [
      { [`${provider}2`]: token },
      { 'cognito-idp.eu-west-1.amazonaws.com/local_catalog': token },
      { 'accounts.google.com': token },
      { [provider]: token, 'accounts.google.com': token },
    ];
    for (const logins of wrong) await expect(call(logins)).rejects.toMatchObject(refusal);
  });
});

describe('the identity pool', () => {
  it('answers 404 to a GET, or under another path', async () => {
    for (const request of [fetch(url), fetch(`${url}/health`), fetch(`${url}/pool`, { method: 'POST', body: '{}' })]) {
      const response = await request;
      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.1');
      expect(await response.json()).toHaveProperty('__type', 'UnknownOperationException');
    }
  });

  it.each(['GetOpenIdToken', 'getId', 'toString', '', 'GetId.'])(
    'answers 400 to the operation "%s"',
    async (target) => {
      expect(await post(target, '{}')).toEqual({
        status: 400,
        body: { __type: 'UnknownOperationException', message: 'There is no such operation.' },
      });
    },
  );

  it('answers 400 to an operation of another service, or of none', async () => {
    for (const target of ['AWSCognitoIdentityProviderService.GetId', '']) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/x-amz-json-1.1', ...(target && { 'x-amz-target': target }) },
        body: '{}',
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toHaveProperty('__type', 'UnknownOperationException');
    }
  });

  it('answers 400 to another content type', async () => {
    expect(await post('GetId', '{}', 'application/json')).toMatchObject({
      status: 400,
      body: { __type: 'UnknownOperationException' },
    });
  });

  it.each<[string, string | Uint8Array]>([
    ['nothing', ''],
    ['half of JSON', '{"IdentityPoolId":'],
    ['text', 'IdentityPoolId=x'],
    ['bytes that are not UTF-8', Buffer.from('{"IdentityPoolId":"\xff"}', 'latin1')],
  ])('answers 400 SerializationException to %s', async (_, body) => {
    expect(await post('GetId', body)).toEqual({
      status: 400,
      body: { __type: 'SerializationException', message: 'The request is not JSON.' },
    });
  });

  it.each([
    ['null', null],
    ['a list', []],
    ['no member', {}],
    ['a number for a text', { IdentityPoolId: 1, IdentityId: 1 }],
    ['an id that is none', { IdentityPoolId: '<b>', IdentityId: `eu-central-1:${'0'.repeat(37)}` }],
    ['a list of logins', { IdentityPoolId: identityPoolId, IdentityId: identityId, Logins: ['token'] }],
    ['a login that is no text', { IdentityPoolId: identityPoolId, IdentityId: identityId, Logins: { [provider]: {} } }],
  ])('answers 400 InvalidParameterException to %s', async (_, body) => {
    for (const operation of ['GetId', 'GetCredentialsForIdentity']) {
      const answer = await post(operation, JSON.stringify(body));
      expect(answer).toMatchObject({ status: 400, body: { __type: 'InvalidParameterException' } });
    }
  });

  it('answers 400 InvalidParameterException to a CustomRoleArn that is no text', async () => {
    expect(
      await post('GetCredentialsForIdentity', JSON.stringify({ IdentityId: identityId, CustomRoleArn: ['role'] })),
    ).toMatchObject({ status: 400, body: { __type: 'InvalidParameterException' } });
  });

  it('answers 413 to a request of more than 64 KiB', async () => {
    const Logins = { [provider]: 'x'.repeat(64 * 1024) };
    const answer = await post('GetId', JSON.stringify({ IdentityPoolId: identityPoolId, Logins }));
    expect(answer).toMatchObject({ status: 413, body: { __type: 'RequestEntityTooLargeException' } });
  });

  describe('when a part of the stack fails', () => {
    let logged: jest.SpyInstance;
    beforeEach(() => (logged = jest.spyOn(console, 'error').mockImplementation()));
    afterEach(() => logged.mockRestore());

    const internalError = {
      status: 500,
      body: { __type: 'InternalErrorException', message: 'The log of the local stack says why.' },
    };

    it('answers 500 where the user pool does not answer, and logs why, without the token', async () => {
      const token = goodToken();
      const input = { IdentityPoolId: identityPoolId, Logins: { [provider]: token } };
      expect(await post('GetId', JSON.stringify(input))).toEqual(internalError);
      expect(logged).toHaveBeenCalledTimes(1);
      const [message] = logged.mock.calls[0] as [string];
      expect(message).toContain('fetch failed');
      expect(message).not.toContain(token.split('.')[2]);
    });

    it('answers 500 while there is no template, and works without a new start once there is', async () => {
      const file = writeTemplate({});
      rmSync(file);
      const options = {
        ...userPool,
        port: await freePort(),
        origins: [],
        templateFile: file,
        cognitoUrl,
        sessionSecret: 'secret',
        isCurrent,
      };
      const early = await startIdentityPool(options);
      try {
        const call = async () => {
          const response = await fetch(`http://127.0.0.1:${options.port}`, {
            method: 'POST',
            headers: {
              'content-type': 'application/x-amz-json-1.1',
              'x-amz-target': 'AWSCognitoIdentityService.GetId',
            },
            body: JSON.stringify({ IdentityPoolId: identityPoolId }),
          });
          return { status: response.status, body: await response.json() };
        };
        expect(await call()).toEqual(internalError);
        expect(logged.mock.calls).toEqual([[expect.stringContaining(file)]]);
        writeFileSync(file, JSON.stringify(identityPoolTemplate()));
        expect(await call()).toMatchObject({ status: 400, body: { __type: 'NotAuthorizedException' } });
      } finally {
        await early.stop();
      }
    });
  });

  it('rejects where its port is taken', async () => {
    const options = { ...userPool, port, origins: [], templateFile, cognitoUrl, sessionSecret: 'secret', isCurrent };
    await expect(startIdentityPool(options)).rejects.toThrow('EADDRINUSE');
  });

  it('ends when it is stopped, though a client is still sending', async () => {
    const options = {
      ...userPool,
      port: await freePort(),
      origins: [],
      templateFile,
      cognitoUrl,
      sessionSecret: 'secret',
      isCurrent,
    };
    const other = await startIdentityPool(options);
    const logged = jest.spyOn(console, 'error').mockImplementation();
    let ended = false;
    void other.ended.then(() => (ended = true));
    const socket = connect(options.port, '127.0.0.1');
    await new Promise((sent) => socket.write('POST / HTTP/1.1\r\nHost: pool\r\nContent-Length: 9\r\n\r\n{', sent));
    await fetch(`http://127.0.0.1:${options.port}`);
    expect(ended).toBe(false);
    await other.stop();
    expect(ended).toBe(true);
    await expect(fetch(`http://127.0.0.1:${options.port}`)).rejects.toThrow('fetch failed');
    socket.destroy();
    expect(logged).not.toHaveBeenCalled();
    logged.mockRestore();
  });
});
