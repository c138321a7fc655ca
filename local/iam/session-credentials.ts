/** Temporary credentials of a role, which any process that knows the secret of this start can check without asking another. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';

const session = z.object({ roleName: z.string(), sub: z.string(), identityId: z.string() });

/** Who has been given which role. */
export type Session = z.infer<typeof session>;

export interface SessionCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiresAt: Date;
  session: Session;
}

/** An identity pool's credentials are good for an hour. */
const oneHour = 3600;

const content = z.object({ accessKeyId: z.string(), expiresAt: z.number(), session });

/** Issues and reads credentials with a secret, which is never part of them. */
export function sessionCredentials(secret: string) {
  const keyed = (purpose: 'token' | 'key', text: string) =>
    createHmac('sha256', secret).update(`${purpose} ${text}`).digest();

  const credentials = ({ accessKeyId, expiresAt, session }: z.infer<typeof content>, sessionToken: string) => ({
    accessKeyId,
    // 40 characters, as AWS has them.
    secretAccessKey: keyed('key', accessKeyId).subarray(0, 30).toString('base64'),
    sessionToken,
    expiresAt: new Date(expiresAt),
    session,
  });

  return {
    /** New credentials, for so many seconds. */
    issue: (session: Session, lifetime = oneHour): SessionCredentials => {
      const issued = { accessKeyId: newAccessKeyId(), expiresAt: Date.now() + lifetime * 1000, session };
      const text = Buffer.from(JSON.stringify(issued)).toString('base64url');
      return credentials(issued, `${text}.${keyed('token', text).toString('base64url')}`);
    },

    /** What was issued, expired or not; undefined for a token that was not issued here, or with another access key id. */
    read: (accessKeyId: string, sessionToken: string): SessionCredentials | undefined => {
      const [text = '', mac = '', ...rest] = sessionToken.split('.');
      if (rest.length > 0 || !equal(mac, keyed('token', text).toString('base64url'))) return undefined;
      const issued = content.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
      return issued.accessKeyId === accessKeyId ? credentials(issued, `${text}.${mac}`) : undefined;
    },
  };
}

function equal(one: string, other: string): boolean {
  const [bytes, otherBytes] = [Buffer.from(one), Buffer.from(other)];
  return bytes.length === otherBytes.length && timingSafeEqual(bytes, otherBytes);
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** `ASIA` begins the ids of temporary keys. */
const newAccessKeyId = () => `ASIA${Array.from(randomBytes(16), (byte) => base32[byte % 32]).join('')}`;
