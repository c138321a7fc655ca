/** AWS's own test vectors for Signature Version 4, against the one function with which the client signs and the gateway checks. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signHeaders } from '../../../../src/sign-headers';
import { verifySignature } from '../../../../local/iam/signature';

const folder = join(__dirname, '../../../fixtures/aws-signing-test-suite/v4');
const vectors = readdirSync(folder);

/** Signed with the path as it is, which S3 alone wants: dots and empty segments would name another object there. */
const forS3Alone = [
  'get-relative-relative-unnormalized',
  'get-relative-unnormalized',
  'get-slash-dot-slash-unnormalized',
  'get-slash-pointless-dot-unnormalized',
  'get-slash-unnormalized',
  'get-slashes-unnormalized',
];
const ours = vectors.filter((vector) => !forS3Alone.includes(vector));

const read = (vector: string, file: string) => readFileSync(join(folder, vector, file), 'utf8');

/** As a gateway has it. Lines that begin with white space go on with the header before them. */
function readRequest(vector: string, file: string) {
  const [head = '', body = ''] = read(vector, file).split('\n\n');
  const [requestLine = '', ...lines] = head.trimEnd().split(/\n(?!\s)/);
  const [, method = '', target = ''] = /^(\S+) (.+) HTTP\/1\.1$/.exec(requestLine) ?? [];
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:]+):(.*)$/s.exec(line) ?? [];
    const before = headers.get(name.toLowerCase());
    headers.set(name.toLowerCase(), before === undefined ? value : `${before},${value}`);
  }
  return { method, target, headers, body: Buffer.from(body) };
}

function readContext(vector: string) {
  const context = JSON.parse(read(vector, 'context.json'));
  const { access_key_id: accessKeyId, secret_access_key: secretAccessKey, token } = context.credentials;
  return {
    keys: { accessKeyId, secretAccessKey },
    sessionToken: token as string | undefined,
    addsTokenUnsigned: context.omit_session_token === true,
    signsBodyHash: context.sign_body === true,
    scope: { region: context.region, service: context.service },
    date: new Date(context.timestamp),
  };
}

function sign(vector: string, sessionToken?: string) {
  const { headers, ...request } = readRequest(vector, 'request.txt');
  const { keys, signsBodyHash, scope, date } = readContext(vector);
  const bodyHash = createHash('sha256').update(request.body).digest('hex');
  const toSign = { ...Object.fromEntries(headers), ...(signsBodyHash && { 'x-amz-content-sha256': bodyHash }) };
  return signHeaders({ ...request, headers: toSign }, { ...keys, sessionToken }, scope, date);
}

const signAsGiven = (vector: string) => {
  const { sessionToken, addsTokenUnsigned } = readContext(vector);
  return sign(vector, addsTokenUnsigned ? undefined : sessionToken);
};

const authorizationOf = (vector: string) =>
  readRequest(vector, 'header-signed-request.txt').headers.get('authorization');

function verify(vector: string, request: ReturnType<typeof readRequest>, sessionToken: string) {
  const { keys, scope, date } = readContext(vector);
  const credentials = { ...keys, sessionToken, expiresAt: new Date(date.getTime() + 1) };
  return verifySignature(request, () => credentials, scope, date);
}

describe('the test vectors of AWS', () => {
  it('are all there', () => {
    expect(vectors).toHaveLength(38);
    expect([...ours, ...forS3Alone].sort()).toEqual([...vectors].sort());
  });

  it.each(ours)('%s is signed as AWS signs it', async (vector) => {
    expect(authorizationOf(vector)).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/);
    expect((await signAsGiven(vector))?.['authorization']).toBe(authorizationOf(vector));
  });

  it.each(forS3Alone)('%s is signed otherwise, as its path is not to be normalized', async (vector) => {
    expect(JSON.parse(read(vector, 'context.json')).normalize).toBe(false);
    expect((await signAsGiven(vector))?.['authorization']).not.toBe(authorizationOf(vector));
  });

  it('are accepted where the session token is signed, and else refused', async () => {
    const accepted: string[] = [];
    for (const vector of ours) {
      const sessionToken = readContext(vector).sessionToken ?? '';
      const received = readRequest(vector, 'header-signed-request.txt');
      if (await verify(vector, received, sessionToken)) accepted.push(vector);
    }
    expect(accepted).toEqual(['get-vanilla-with-session-token', 'post-sts-header-before']);
  });

  it.each(ours)(
    '%s is accepted once a session token is signed as well, and refused for another host',
    async (vector) => {
      const headers = new Map(Object.entries((await sign(vector, 'token')) ?? {}));
      const received = { ...readRequest(vector, 'request.txt'), headers };
      expect(await verify(vector, received, 'token')).toMatchObject({ accessKeyId: 'AKIDEXAMPLE' });
      received.headers.set('host', 'other.amazonaws.com');
      expect(await verify(vector, received, 'token')).toBeUndefined();
    },
  );
});
