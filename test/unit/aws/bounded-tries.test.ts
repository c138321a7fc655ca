import { devNull } from 'node:os';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { settled } from '../../../src/aws/bounded-tries';

// Whoever runs this may have settings of their own.
Object.assign(process.env, { AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull });

it('settles what the SDK looks for as the SDK does where it finds nothing', async () => {
  const { config } = new DynamoDBClient({ region: 'eu-central-1' });
  const { retryMode } = config;
  expect({
    retryMode: typeof retryMode === 'function' ? await retryMode() : retryMode,
    useFipsEndpoint: await config.useFipsEndpoint(),
    useDualstackEndpoint: await config.useDualstackEndpoint(),
    disableClockSkewCorrection: await config.disableClockSkewCorrection(),
    authSchemePreference: await config.authSchemePreference(),
  }).toEqual(settled);
});
