/** Creates the table of an integration test file before its tests run, on an engine that is waited for. */
import { boundedTries } from '../../src/aws/bounded-tries';
import { isDynamodbLocal, requestTime } from './slow-engine';
import { createTable } from './test-table';

// Before a client is made of them.
if (isDynamodbLocal) {
  Object.assign(boundedTries.requestHandler, { connectionTimeout: requestTime, requestTimeout: requestTime });
}

beforeAll(createTable);
