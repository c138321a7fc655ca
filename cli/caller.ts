/** Who a command calls the API as: the user of --as, by password, or whoever signs in by browser with --login. */
import type { Command } from 'commander';
import type { Deployment } from '../deployment/deployment';
import { Failure } from '../deployment/failure';
import { seedUsers } from '../deployment/seed-users';
import { renewTokens, signIn, type Tokens } from '../deployment/sign-in';
import { printError } from '../deployment/terminal';
import { connect } from '../deployment/user-pool';
import { signInByBrowser } from './login/sign-in-by-browser';

export interface CallerOptions {
  as?: string;
  login?: boolean;
}

export interface Caller {
  email: string;
  /** Tokens that are good for some minutes, as often as they are needed. Rejects with `Failure`. */
  signIn: () => Promise<Tokens>;
}

export const withCallerOptions = (command: Command): Command =>
  command
    .option('--as <email>', 'the user; the password is taken from CATALOG_PASSWORD, or is that of a seeded user')
    .option('--login', 'signs in by browser instead, as npm run login does: where a second factor is asked for');

/** Throws `Failure` where it is not said who, or no password is known. */
export async function findCaller({ as: email, login }: CallerOptions, deployment: Deployment): Promise<Caller> {
  if ((email === undefined) === (login === undefined)) {
    throw new Failure('Say who calls: either --as <email>, or --login to sign in by browser.');
  }
  const pool = connect(deployment);
  if (email !== undefined) {
    const account = { email, password: passwordOf(email, deployment) };
    return { email, signIn: () => signIn(pool, account) };
  }
  // What is printed goes where the answer does not.
  const { tokens, refreshToken, ...who } = await signInByBrowser(deployment, { open: true, print: printError });
  let unused: Tokens | undefined = tokens;
  return {
    email: who.email,
    signIn: async () => {
      const first = unused;
      unused = undefined;
      return first ?? renewTokens(pool, refreshToken ?? '');
    },
  };
}

/** The one in the environment, or that of a seeded user on the local stack. Throws `Failure` where none is known. */
function passwordOf(email: string, { cognitoEndpoint }: Deployment): string {
  const seeded = cognitoEndpoint === undefined ? undefined : seedUsers.find((user) => user.email === email)?.password;
  const password = process.env['CATALOG_PASSWORD'] ?? seeded;
  if (password === undefined) throw new Failure(`Set CATALOG_PASSWORD to the password of ${email}.`);
  return password;
}
