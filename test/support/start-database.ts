/**
 * Jest's global setup for integration tests: a database in memory, of the embedded kind or, with
 * TEST_ENGINE=dynamodb-local, AWS's own DynamoDB Local. DYNAMODB_ENDPOINT names one that runs already instead.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dynamodbEngine, javaEngine } from '../../local/database/engine';
import { freePort } from '../../local/processes/ports';
import { startService, waitUntilReady } from '../../local/processes/processes';
import { readService } from '../../deployment/service';
import { stopAtTheEnd } from './services';

export default async function startDatabase(): Promise<void> {
  // Read once for all test files: it takes as long as a short one of them.
  process.env['TEST_TABLE'] = JSON.stringify(readService().table);
  if (process.env['DYNAMODB_ENDPOINT']) return;
  const port = await freePort();
  const engine = process.env['TEST_ENGINE'] === 'dynamodb-local' ? javaEngine(port) : dynamodbEngine(port);
  if (!engine)
    throw new Error(
      'DynamoDB Local needs a JDK of Java 17 or newer: install one, or run the tests with `npm test` alone.',
    );

  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-database-'));
  const logFile = path.join(directory, 'database.log');
  const service = startService({ ...engine, cwd: directory, env: {}, logFile });
  stopAtTheEnd(service);
  const endpoint = `http://127.0.0.1:${port}`;
  await waitUntilReady(service, endpoint, `The database did not start: ${logFile} says why.`);
  // Not DYNAMODB_ENDPOINT itself: what this sets, the other projects of the same run see too.
  process.env['TEST_DATABASE'] = endpoint;
}
