/** Makes a client: a copy of its folder under `.local`, its generator installed there, the client generated and compiled. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../deployment/service';
import { documentFile } from '../support/openapi';
import { runCommand } from '../support/run-command';
import type { Client } from './clients';

export const folderOf = (client: Client) => path.join(projectRoot, '.local', 'clients', client.folder);

/** What a command of a client prints. Throws with that where it fails. */
export async function runIn(folder: string, command: string): Promise<string> {
  const logFile = path.join(folder, 'command.log');
  try {
    return await runCommand({ command: 'sh', args: ['-c', command], cwd: folder, logFile });
  } catch {
    throw new Error(`${command}\n${readFileSync(logFile, 'utf8')}`);
  }
}

/** Does nothing where the manifests are those that it was done for. */
export async function installGenerator(client: Client): Promise<void> {
  const folder = folderOf(client);
  mkdirSync(folder, { recursive: true });
  cpSync(path.join(projectRoot, 'test', 'clients', client.folder), folder, { recursive: true });
  cpSync(documentFile, path.join(folder, 'openapi.json'));
  const wanted = client.manifests.map((file) => readFileSync(path.join(folder, file), 'utf8')).join('\n');
  const installed = path.join(folder, 'installed.txt');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return;
  for (const command of client.install) await runIn(folder, command);
  writeFileSync(installed, wanted);
}

export async function buildClient(client: Client): Promise<void> {
  for (const command of client.build) await runIn(folderOf(client), command);
}
