/** An embedded database in memory, with the table of the catalogue, and the environment of the functions that have it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localCredentials, localRegion } from '../local/account';
import { dynamodbEngine } from '../local/database/engine';
import { ensureTable } from '../local/database/table';
import { startService, waitUntilReady } from '../local/processes/processes';

export interface Database {
  endpoint: string;
  /** The variables that a handler finds its way by, as Lambda and serverless.yml set them. */
  environment: Record<string, string>;
  stop(): Promise<void>;
}

export async function startDatabase(port: number): Promise<Database> {
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-bench-'));
  const logFile = path.join(directory, 'database.log');
  const service = startService({ ...dynamodbEngine(port), cwd: directory, env: {}, logFile });
  const endpoint = `http://127.0.0.1:${port}`;
  await waitUntilReady(service, endpoint, `The database did not start: ${logFile} says why.`);
  const environment = {
    AWS_REGION: localRegion,
    AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
    DYNAMODB_ENDPOINT: endpoint,
    // For handlers that know nothing but the SDK's own variables.
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    TABLE_NAME: 'bench',
    AUTHORIZER_TYPE: 'jwt',
    READS: 'members',
    GROUP_ROLE_PREFIX: 'admin-catalog-bench-eu-central-1',
    SEARCH_FUNCTION: 'admin-catalog-bench-search-products',
    // It says of Node 20, once per process, that it is too old.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  await ensureTable(endpoint, environment.TABLE_NAME);
  return {
    ...{ endpoint, environment },
    async stop() {
      await service.stop();
      rmSync(directory, { recursive: true });
    },
  };
}
