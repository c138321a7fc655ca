/** Jest's global setup for end-to-end tests: `npm start` on ports and in a folder of its own. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, startService } from '../../local/processes';
import { projectRoot } from '../../local/service';
import { stopAtTheEnd } from './services';

export default async function startStack(): Promise<void> {
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-stack-'));
  const [api, cognito, dynamodb] = [await freePort(), await freePort(), await freePort()];
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const service = startService({
      command: process.execPath,
      args: ['--import', 'tsx', 'local/start.ts'],
      cwd: projectRoot,
      env: {
        LOCAL_DIR: directory,
        CORS_ORIGINS: 'https://shop.example.com, https://admin.example.com',
        API_PORT: String(api),
        COGNITO_PORT: String(cognito),
        DYNAMODB_PORT: String(dynamodb),
      },
      logFile: path.join(directory, 'start.log'),
      onLine: (line) => {
        lines.push(line);
        if (line.includes('Ready.')) resolve();
      },
    });
    stopAtTheEnd(service);
    void service.ended.then(() => reject(new Error(`npm start ended:\n${lines.join('\n')}`)));
  });
  process.env['LOCAL_DIR'] = directory;
}
