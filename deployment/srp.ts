/**
 * SRP-6a as Cognito has it: the arithmetic of RFC 5054 in the group of 3072 bits, and the client's half of a sign-in. Nobody
 * publishes how Cognito fills in the rest; its own web library, amazon-cognito-identity-js, shows it, and is held against this.
 */
import {
  constants,
  createHash,
  createHmac,
  createPublicKey,
  getDiffieHellman,
  hkdfSync,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';

const toNumber = (bytes: Uint8Array | string) =>
  BigInt(`0x${typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('hex')}`);

/** The prime of RFC 3526, group 15, which RFC 5054 has as well; Cognito's generator is RFC 3526's. */
const primeBytes = getDiffieHellman('modp15').getPrime();
export const prime = toNumber(primeBytes);
const generator = 2n;

/** Whole bytes, the first with its highest bit unset: how Cognito hashes a number. */
function bytesOf(number: bigint): Buffer {
  const digits = number.toString(16);
  const even = digits.padStart(digits.length + (digits.length % 2), '0');
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
}

const hash = (...parts: (string | Uint8Array)[]) =>
  parts.reduce((sum: ReturnType<typeof createHash>, part) => sum.update(part), createHash('sha256')).digest();

const hashOf = (...numbers: bigint[]) => toNumber(hash(...numbers.map(bytesOf)));

export const multiplier = hashOf(prime, generator);

/** Never negative. */
export const modulo = (number: bigint) => ((number % prime) + prime) % prime;

/**
 * Of this group, for an exponent below the prime. By OpenSSL, in a millisecond where a loop that squares a BigInt takes ten: the public
 * half of RSA without padding is a power and nothing else, and OpenSSL takes any exponent where the modulus has no more than 3072 bits.
 * `createDiffieHellman` is no way to it: on Node 24 it looks for 1.5 seconds whether this prime is one.
 */
export function power(base: bigint, exponent: bigint): bigint {
  const exponentDigits = bytesOf(exponent).toString('base64url');
  const key = createPublicKey({
    key: { kty: 'RSA', n: primeBytes.toString('base64url'), e: exponentDigits },
    format: 'jwk',
  });
  const digits = modulo(base)
    .toString(16)
    .padStart(2 * primeBytes.length, '0');
  return toNumber(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.from(digits, 'hex')));
}

/** A secret exponent and what may be said of it. */
export function newKeyPair(): { secret: bigint; open: bigint } {
  const secret = toNumber(randomBytes(32));
  return { secret, open: power(generator, secret) };
}

/** What both sides mix into the key, from what each has sent. */
export const scramble = (clientOpen: bigint, serverOpen: bigint) => hashOf(clientOpen, serverOpen);

/** The user, as a sign-in by SRP names them. */
export interface SrpUser {
  /** The part of the pool's id behind the underscore. */
  poolName: string;
  userId: string;
}

/** What the password comes to, with this salt; both sides begin with it. */
const exponentOf = ({ poolName, userId }: SrpUser, password: string, salt: bigint): bigint =>
  toNumber(hash(bytesOf(salt), hash(`${poolName}${userId}:${password}`)));

/** What a pool keeps in place of a password. */
export const verifierOf = (user: SrpUser, password: string, salt: bigint) =>
  power(generator, exponentOf(user, password, salt));

/** The answer to a challenge, which only who knows the password or its verifier can make or check; in base64. */
export function signChallenge(
  { poolName, userId }: SrpUser,
  { shared, scrambled }: { shared: bigint; scrambled: bigint },
  { secretBlock, timestamp }: { secretBlock: string; timestamp: string },
): string {
  const key = hkdfSync('sha256', bytesOf(shared), bytesOf(scrambled), 'Caldera Derived Key', 16);
  return createHmac('sha256', Buffer.from(key))
    .update(poolName)
    .update(userId)
    .update(Buffer.from(secretBlock, 'base64'))
    .update(timestamp)
    .digest('base64');
}

/** What Cognito answers to the first step, under its own names. */
export interface SrpChallenge {
  SALT: string;
  SRP_B: string;
  SECRET_BLOCK: string;
  USER_ID_FOR_SRP: string;
}

/** The client's half: `SRP_A` goes with the first step, and `answer` makes the second one of what the first has brought. */
export function beginSrp(userPoolId: string, password: string) {
  const { secret, open } = newKeyPair();
  const poolName = userPoolId.split('_')[1] ?? '';
  return {
    SRP_A: open.toString(16),
    answer({ SALT, SRP_B, SECRET_BLOCK, USER_ID_FOR_SRP }: SrpChallenge, now = new Date()) {
      const user = { poolName, userId: USER_ID_FOR_SRP };
      const serverOpen = toNumber(SRP_B);
      if (modulo(serverOpen) === 0n) throw new Error('The user pool has sent a key that is none.');
      const scrambled = scramble(open, serverOpen);
      const exponent = exponentOf(user, password, toNumber(SALT));
      const shared = power(modulo(serverOpen - multiplier * power(generator, exponent)), secret + scrambled * exponent);
      const timestamp = timestampOf(now);
      return {
        USERNAME: USER_ID_FOR_SRP,
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        TIMESTAMP: timestamp,
        PASSWORD_CLAIM_SIGNATURE: signChallenge(user, { shared, scrambled }, { secretBlock: SECRET_BLOCK, timestamp }),
      };
    },
  };
}

/** As Cognito wants it: `Thu Nov 5 06:48:07 UTC 2026`, the day without a zero in front. */
function timestampOf(now: Date): string {
  const [weekday = '', day = '', month = '', year = '', time = ''] = now.toUTCString().split(/,? /);
  return `${weekday} ${month} ${Number(day)} ${time} UTC ${year}`;
}
