/** Runs the Postman collection against a deployment, with two users of its own that are deleted at the end. */
import newman, { type NewmanRunOptions, type NewmanRunSummary } from 'newman';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Deployment } from '../deployment/deployment';
import type { Account } from '../deployment/sign-in';
import { addToGroup, confirmUser, deleteUser } from '../deployment/user-changes';
import { connect } from '../deployment/user-pool';
import { addressesOf } from './addresses';
import catalog from './catalog.postman_collection.json';

export interface Outcome {
  requests: number;
  checks: number;
  /** A line for each check that failed. */
  failures: string[];
}

/** Read already: Newman guesses the encoding of a file, for a tenth of a second. Its types know no description that is a text. */
export const collection: object = catalog;

const [signUpFolder = '', ...otherFolders] = catalog.item.map(({ name }) => name);

export async function runCollection(deployment: Deployment): Promise<Outcome> {
  const pool = connect(deployment);
  const [admin, shopper] = [newAccount('admin'), newAccount('shopper')];
  try {
    const signUp = await run({
      environment: path.join(__dirname, 'local.postman_environment.json'),
      envVar: variables(deployment, admin, shopper),
      folder: signUpFolder,
    });
    if (signUp.run.failures.length > 0) return outcomeOf(signUp);
    for (const { email } of [admin, shopper]) await confirmUser(pool, email);
    // Nobody reads that mail; the account is ours all the same.
    const vouched = true;
    await addToGroup(pool, admin.email, 'admin', vouched);
    return outcomeOf(signUp, await run({ environment: signUp.environment, folder: otherFolders }));
  } finally {
    for (const { email } of [admin, shopper]) await deleteUser(pool, email);
  }
}

/** Mail to AWS's mailbox simulator is taken and thrown away, so that a run on AWS leaves no bounces behind. */
function newAccount(who: string): Account {
  const random = randomBytes(12).toString('hex');
  return { email: `success+${who}-${random}@simulator.amazonses.com`, password: `Aa1-${random}` };
}

function variables(deployment: Deployment, admin: Account, shopper: Account) {
  const values = {
    ...addressesOf(deployment),
    // On AWS codes go by e-mail: without one, the collection leaves the confirmation to us.
    ...(deployment.cognitoEndpoint ? {} : { confirmationCode: '' }),
    adminEmail: admin.email,
    adminPassword: admin.password,
    shopperEmail: shopper.email,
    shopperPassword: shopper.password,
  };
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}

function run(options: Omit<NewmanRunOptions, 'collection'>): Promise<NewmanRunSummary> {
  return new Promise((resolve, reject) => {
    // The gateway gives up after 30 seconds.
    newman.run({ ...options, collection, timeoutRequest: 35_000 }, (error, summary) => {
      if (error) reject(error);
      else resolve(summary);
    });
  });
}

function outcomeOf(...runs: NewmanRunSummary[]): Outcome {
  const sum = (count: (run: NewmanRunSummary['run']) => number | undefined) =>
    runs.reduce((total, { run }) => total + (count(run) ?? 0), 0);
  return {
    requests: sum(({ stats }) => stats.requests.total),
    checks: sum(({ stats }) => stats.assertions.total),
    failures: runs.flatMap(({ run }) =>
      run.failures.map(({ source, error: { test, message } }) => {
        const [reason] = message.split('\n');
        return [source?.name, test, reason].filter(Boolean).join(': ');
      }),
    ),
  };
}
