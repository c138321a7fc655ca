/**
 * The user pool of the local stack. cognito-local keeps a pool in a JSON file that may be written beforehand (its README,
 * "Creating your first User Pool"), which gives the pool and its client the same ids on every machine.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { USER_POOL_AWS_DEFAULTS } from 'cognito-local/lib/services/cognitoService';
import * as z from 'zod/mini';
import { StartError } from '../processes/start-error';
import { readService } from '../../deployment/service';
import * as access from '../../src/access/policy';
import { policyFaults } from '../../src/access/policy-faults';

export const userPoolId = 'local_catalog';
export const clientId = 'localcatalogclient';
export const confirmationCode = '123456';

interface Addresses {
  cognitoUrl: string;
  /** Where the trigger of the pool can be invoked. */
  lambdaUrl: string;
  triggerFunction: string;
}

const kept = z.looseObject({
  Users: z._default(z.record(z.string(), z.unknown()), {}),
  Groups: z._default(z.record(z.string(), z.looseObject({ members: z.optional(z.array(z.string())) })), {}),
});

/**
 * Writes pool and client as serverless.yml describes them, and the groups of the policy; leaves users and memberships as they
 * are. Throws `StartError` where the policy cannot be enforced, or the files from an earlier run cannot be read.
 */
export function writeUserPool(directory: string, { cognitoUrl, lambdaUrl, triggerFunction }: Addresses): void {
  const faults = policyFaults(access);
  if (faults.length > 0) throw new StartError(`src/access/policy.ts: ${faults.join('; ')}.`);
  const { userPool, client } = readService();
  const database = path.join(directory, '.cognito', 'db');
  mkdirSync(database, { recursive: true });
  const poolFile = path.join(database, `${userPoolId}.json`);
  const { Users, Groups } = readKept(poolFile);
  const now = new Date().toISOString();
  const dates = { CreationDate: now, LastModifiedDate: now };

  writeJson(poolFile, {
    Users,
    Options: {
      ...USER_POOL_AWS_DEFAULTS,
      MfaConfiguration: 'OFF',
      ...userPool,
      ...dates,
      Id: userPoolId,
      Name: 'local',
    },
    Groups: {
      ...Groups,
      ...Object.fromEntries(
        Object.entries(access.groups).map(([GroupName, { description: Description, precedence: Precedence }]) => [
          GroupName,
          { ...dates, ...Groups[GroupName], GroupName, Description, Precedence },
        ]),
      ),
    },
  });
  writeJson(path.join(database, 'clients.json'), {
    Clients: { [clientId]: { ...client, ...dates, ClientId: clientId, UserPoolId: userPoolId } },
  });
  writeJson(path.join(directory, '.cognito', 'config.json'), {
    TokenConfig: { IssuerDomain: cognitoUrl },
    LambdaClient: { endpoint: lambdaUrl },
    TriggerFunctions: { PostConfirmation: triggerFunction },
  });
}

function readKept(file: string) {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return kept.parse({});
  }
  try {
    return kept.parse(JSON.parse(text));
  } catch {
    throw new StartError(`The local users in ${file} are damaged: run "npm start -- --reset" to start empty.`);
  }
}

const writeJson = (file: string, content: unknown) => writeFileSync(file, JSON.stringify(content, undefined, 2));
