/** The environment a function finds, set before any of its code is loaded. Each test file has a table of its own. */
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localCredentials, localRegion } from '../../local/account';

const { DYNAMODB_ENDPOINT, TEST_DATABASE } = process.env;

Object.assign(process.env, {
  ...((DYNAMODB_ENDPOINT ?? TEST_DATABASE) ? { DYNAMODB_ENDPOINT: DYNAMODB_ENDPOINT ?? TEST_DATABASE } : {}),
  AWS_REGION: localRegion,
  AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
  AUTHORIZER_TYPE: 'jwt',
  READS: 'members',
  GROUP_ROLE_PREFIX: 'admin-catalog-test-eu-central-1',
  TOKEN_ISSUER: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Test',
  TABLE_NAME: `test-${randomUUID()}`,
  IMAGES_BUCKET: 'admin-catalog-test-images',
  IMAGES_URL: 'https://images.example.com',
  SEARCH_FUNCTION: 'admin-catalog-local-search-products',
  // Nobody listens there but where a test file starts the search function (search-function.ts).
  FUNCTION_SOCKET: path.join(tmpdir(), `catalog-${randomUUID().slice(0, 18)}`),
  EVENT_BUS: 'admin-catalog-test',
  UNSENT_EVENTS: 'https://sqs.eu-central-1.amazonaws.com/123456789012/unsent-events',
  // Nobody listens there but where a test starts an EventBridge (event-bridge.ts).
  EVENT_SOCKET: path.join(tmpdir(), `catalog-${randomUUID().slice(0, 18)}`),
  // Request logs are looked at where a test is about them.
  LOG_LEVEL: 'SILENT',
});
