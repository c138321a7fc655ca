/** Sign-ins of the local pool that have begun: what has been asked, for as long as an answer counts. */
import { randomBytes } from 'node:crypto';

/** As long as Cognito waits for an answer. */
const lifetimeMs = 3 * 60_000;

/** Keeps what belongs to a sign-in under a text that only whoever began it has. */
export interface Pending<Step> {
  keep(step: Step): string;
  /** Once. */
  take(key: string): Step | undefined;
}

export function pendingSteps<Step>(lifetime = lifetimeMs): Pending<Step> {
  const steps = new Map<string, { step: Step; expiresAt: number }>();
  return {
    keep(step) {
      for (const [key, { expiresAt }] of steps) if (expiresAt < Date.now()) steps.delete(key);
      const key = randomBytes(32).toString('base64');
      steps.set(key, { step, expiresAt: Date.now() + lifetime });
      return key;
    },
    take(key) {
      const found = steps.get(key);
      steps.delete(key);
      return found && found.expiresAt >= Date.now() ? found.step : undefined;
    },
  };
}

/** The server's half of an SRP sign-in. */
export interface PasswordProof {
  /** Undefined if there is no such user; the client must not be able to tell. */
  sub?: string | undefined;
  userId: string;
  clientOpen: bigint;
  serverSecret: bigint;
  serverOpen: bigint;
  verifier: bigint;
}

export interface Challenges {
  passwordProofs: Pending<PasswordProof>;
  /** Of users, by id, who have signed in with a temporary password. */
  newPasswords: Pending<string>;
}

export const newChallenges = (): Challenges => ({
  passwordProofs: pendingSteps<PasswordProof>(),
  newPasswords: pendingSteps<string>(),
});
