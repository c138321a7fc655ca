/** The pool of this deployment as functions reach it. */
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { boundedTries, noTryPastTheDeadline, settled, unavailableMeansBusy } from '../aws/bounded-tries';
import { config, readUserPoolId } from '../config';
import type { Pool } from './pool';

const client = new CognitoIdentityProviderClient({
  region: config.region,
  endpoint: config.cognitoEndpoint,
  ...settled,
  ...boundedTries,
});

client.middlewareStack.add(unavailableMeansBusy, { step: 'initialize' });
client.middlewareStack.add(noTryPastTheDeadline, { step: 'deserialize', priority: 'low' });

export const pool: Pool = { client, userPoolId: readUserPoolId() };
