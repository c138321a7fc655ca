/** Jest's global setup for end-to-end tests: `npm start` three times, once for each authorizer, on ports and in folders of their own. */
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startService } from '../../local/processes/processes';
import { projectRoot } from '../../deployment/service';
import { freePort } from '../../local/processes/ports';
import { startEngine } from './engine';
import { portsForStacks, portVariables } from './npm-start';
import { launcher } from './run-script';
import { placePoolKey } from './pool-key';
import { stopAtTheEnd } from './services';
import { folderOf, type Authorizer } from './stack';

/** With answers kept, so that whatever is tested of the Lambda authorizer is tested with its cache. */
const parameters: Readonly<Record<Authorizer, string[]>> = {
  jwt: [],
  lambda: ['--param', 'authorizerCacheSeconds=300'],
  iam: [],
};

export default async function startStacks(): Promise<void> {
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-stacks-'));
  process.env['STACKS_DIR'] = directory;
  // Commands that a test runs find the first one, as a person's would find the only one.
  process.env['LOCAL_DIR'] = folderOf('jwt');
  const [jwt = [], lambda = [], iam = []] = await portsForStacks(3);
  // Alone, since it bundles all that the others find bundled then.
  await startStack('jwt', jwt);
  await Promise.all([startStack('lambda', lambda, await ownDatabase(lambda)), startStack('iam', iam)]);
}

/** A database of the user's own, on the port where the stack would start another: it would not find that port free. */
async function ownDatabase([, , port = 0]: number[]): Promise<Record<string, string>> {
  const directory = path.join(folderOf('lambda'), 'own-database');
  mkdirSync(directory, { recursive: true });
  stopAtTheEnd(await startEngine(port, directory));
  return { DYNAMODB_ENDPOINT: `http://127.0.0.1:${port}` };
}

/** `npm start` with this authorizer, ready. It finds its folder by STACKS_DIR, and is stopped at the end of the run. */
export async function startStack(
  authorizer: Authorizer,
  ports: number[],
  env: Record<string, string> = {},
): Promise<void> {
  const directory = folderOf(authorizer);
  placePoolKey(directory);
  const logFile = path.join(directory, 'start.log');
  // The port of the preset is that of whoever signs in by browser meanwhile, such as another run of the tests.
  const callback = ['--param', `callbackUrl=http://localhost:${await freePort()}/app`];
  await new Promise<void>((resolve, reject) => {
    const service = startService({
      command: process.execPath,
      args: [launcher, 'local/start.ts', '--authorizer', authorizer, ...callback, ...parameters[authorizer]],
      cwd: projectRoot,
      env: {
        LOCAL_DIR: directory,
        // As whoever works with AWS has them: neither is any good here.
        AWS_PROFILE: 'of-the-person',
        AWS_SESSION_TOKEN: 'of-the-person',
        CORS_ORIGINS: 'https://shop.example.com, https://admin.example.com',
        ...portVariables(ports),
        ...env,
      },
      logFile,
      onLine: (line) => line.includes('Ready.') && resolve(),
    });
    stopAtTheEnd(service);
    void service.ended.then(() => reject(new Error(`npm start ended:\n${readFileSync(logFile, 'utf8')}`)));
  });
}
