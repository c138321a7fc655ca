/** The pool's half of a sign-in by SRP, which never sees the password; deployment/srp.ts has the client's half. */
import { createHmac, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { modulo, multiplier, newKeyPair, power, prime, scramble, signChallenge } from '../../deployment/srp';
import { readInput, ServiceError } from '../aws-json/service-error';
import { poolName } from './password';
import { findUser, requireUser, type Pool } from './pool';
import type { User } from './store';

const hex = z.string().check(z.regex(/^[\da-f]{1,1024}$/i));

/** For users who do not exist: what they are asked for is made with this key, so that it is the same at each try. */
const decoyKey = randomBytes(32);
function decoyOf(name: string) {
  const digits = createHmac('sha256', decoyKey).update(name.toLowerCase()).digest('hex');
  const userId = digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5');
  return { sub: undefined, userId, salt: digits.slice(32), verifier: BigInt(`0x${digits}`) };
}

/** The first step of a sign-in by SRP: what a client needs to prove that it knows the password. Throws `ServiceError`. */
export function askForProof(pool: Pool, parameters: unknown): object {
  const { USERNAME: name, SRP_A: clientKey } = readInput(z.object({ USERNAME: z.string(), SRP_A: hex }), parameters);
  const clientOpen = BigInt(`0x${clientKey}`);
  // With such a key, everybody would know what the two sides share.
  if (clientOpen % prime === 0n) throw new ServiceError('InvalidParameterException', 'SRP_A is invalid.');
  const user = findUser(pool, name);
  const known = user && {
    ...user.password,
    sub: user.sub,
    userId: user.sub,
    verifier: BigInt(`0x${user.password.verifier}`),
  };
  const { sub, userId, salt, verifier } = known ?? decoyOf(name);
  const { secret: serverSecret, open } = newKeyPair();
  const serverOpen = modulo(multiplier * verifier + open);
  const proof = { sub, userId, clientOpen, serverSecret, serverOpen, verifier };
  return {
    USERNAME: userId,
    USER_ID_FOR_SRP: userId,
    SALT: salt,
    SRP_B: serverOpen.toString(16),
    SECRET_BLOCK: pool.challenges.passwordProofs.keep(proof),
  };
}

const srpAnswer = z.object({
  USERNAME: z.string(),
  PASSWORD_CLAIM_SECRET_BLOCK: z.string(),
  PASSWORD_CLAIM_SIGNATURE: z.string(),
  TIMESTAMP: z.string().check(z.regex(/^[A-Z][a-z]{2} [A-Z][a-z]{2} \d{1,2} \d\d:\d\d:\d\d UTC \d{4}$/)),
});

const timestampTolerance = 5 * 60_000;

/** The user whose password the second step proves; undefined where it proves none. Throws `ServiceError`. */
export function userOfProof(pool: Pool, responses: unknown): User | undefined {
  const answer = readInput(srpAnswer, responses);
  const { PASSWORD_CLAIM_SECRET_BLOCK: secretBlock, TIMESTAMP: timestamp } = answer;
  const proof = pool.challenges.passwordProofs.take(secretBlock);
  if (!proof || Math.abs(Date.parse(timestamp) - Date.now()) > timestampTolerance) return undefined;
  const { sub, userId, clientOpen, serverSecret, serverOpen, verifier } = proof;
  const scrambled = scramble(clientOpen, serverOpen);
  const shared = power(clientOpen * power(verifier, scrambled), serverSecret);
  const expected = signChallenge({ poolName, userId }, { shared, scrambled }, { secretBlock, timestamp });
  const isRight = expected === answer.PASSWORD_CLAIM_SIGNATURE && answer.USERNAME === userId;
  return isRight && sub !== undefined ? requireUser(pool, sub) : undefined;
}
