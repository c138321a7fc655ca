import { sessionCredentials } from '../../../../local/iam/session-credentials';

const secret = 'a secret of this start';
const sessions = sessionCredentials(secret);
const session = { roleName: 'catalog-admin', sub: 'user-1', identityId: 'eu-central-1:1' };

describe('sessionCredentials', () => {
  it('look like those of AWS, are good for an hour, and are others each time', () => {
    const [first, second] = [sessions.issue(session), sessions.issue(session)];
    expect(first.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(first.secretAccessKey).toMatch(/^[A-Za-z0-9/+]{40}$/);
    expect((first.expiresAt.getTime() - Date.now()) / 1000).toBeCloseTo(3600, -1);
    expect(first.accessKeyId).not.toBe(second.accessKeyId);
    expect(first.secretAccessKey).not.toBe(second.secretAccessKey);
    expect(first.sessionToken).not.toBe(second.sessionToken);
  });

  it('are read by whoever has the secret', () => {
    const issued = sessions.issue(session);
    expect(sessionCredentials(secret).read(issued.accessKeyId, issued.sessionToken)).toEqual(issued);
  });

  it('are read when they have expired, with the time', () => {
    const issued = sessions.issue(session, -1);
    expect(sessions.read(issued.accessKeyId, issued.sessionToken)?.expiresAt.getTime()).toBeLessThan(Date.now());
  });

  it('are not read with another secret', () => {
    const issued = sessions.issue(session);
    expect(sessionCredentials('another secret').read(issued.accessKeyId, issued.sessionToken)).toBeUndefined();
  });

  it('are not read with the access key id of others', () => {
    const [one, other] = [sessions.issue(session), sessions.issue(session)];
    expect(sessions.read(other.accessKeyId, one.sessionToken)).toBeUndefined();
    expect(sessions.read(one.accessKeyId.toLowerCase(), one.sessionToken)).toBeUndefined();
  });

  it('are not read with a token that was changed anywhere, or is none', () => {
    const { accessKeyId, sessionToken } = sessions.issue(session);
    for (let position = 0; position < sessionToken.length; position += 1) {
      const character = sessionToken[position] === 'A' ? 'B' : 'A';
      const changed = sessionToken.slice(0, position) + character + sessionToken.slice(position + 1);
      expect(sessions.read(accessKeyId, changed)).toBeUndefined();
    }
    const [text = '', mac = ''] = sessionToken.split('.');
    const forged = Buffer.from(JSON.stringify({ accessKeyId, session, expiresAt: Date.now() * 2 })).toString(
      'base64url',
    );
    for (const token of [
      '',
      '.',
      text,
      `${text}.`,
      `.${mac}`,
      `${sessionToken}=`,
      `${sessionToken}.`,
      `${forged}.${mac}`,
    ]) {
      expect(sessions.read(accessKeyId, token)).toBeUndefined();
    }
  });

  it('do not carry the secret, nor the secret access key', () => {
    const { secretAccessKey, sessionToken } = sessions.issue(session);
    const [text = ''] = sessionToken.split('.');
    const content = Buffer.from(text, 'base64url').toString();
    expect(content).toContain(session.roleName);
    expect(content).not.toContain(secret);
    expect(content).not.toContain(secretAccessKey);
  });
});
