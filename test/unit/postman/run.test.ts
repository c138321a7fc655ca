import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { program } from '../../../postman/run';
import { runHere } from '../../support/run-here';

const server = createServer((_, response) => response.end());
beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => server.close());

it.each(['lambda', 'iam'])(
  'test:postman says at once that the collection is for another authorizer than %s',
  async (authorizer) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const LOCAL_DIR = mkdtempSync(path.join(tmpdir(), 'catalog-postman-'));
    const addresses = {
      apiUrl: url,
      cognitoUrl: url,
      dynamodbUrl: url,
      ...(authorizer === 'iam' && { identityUrl: url, identityPoolId: 'eu-central-1:pool' }),
    };
    const stack = {
      authorizer,
      ...addresses,
      region: 'eu-central-1',
      userPoolId: 'local_pool',
      clientId: 'client',
      tableName: 'table',
    };
    writeFileSync(path.join(LOCAL_DIR, 'stack.json'), JSON.stringify(stack));
    expect(await runHere(program, [], { LOCAL_DIR })).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(
        new RegExp(`^The collection is for the authorizer jwt, and here it is ${authorizer}: there .*\\.\n$`),
      ),
    });
  },
);
