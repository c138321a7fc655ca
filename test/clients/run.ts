/**
 * `npm run test:clients`: clients that generators make of docs/openapi.json, each compiled, and used by a script against the
 * local stack. All scripts do the same and print the same; docs/clients.md shows them. Arguments name the folders that are wanted.
 */
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stackFile } from '../../deployment/stack-info';
import { step } from '../deploy/step';
import { newMember } from '../support/members';
import { portsForStacks } from '../support/npm-start';
import { stopAll } from '../support/services';
import { folderOf as folderOfStack, password, runningStack } from '../support/stack';
import { startStack } from '../support/start-stack';
import { buildClient, folderOf, installGenerator, runIn } from './build-client';
import { clients as allClients } from './clients';
import { requireToolchains } from './toolchains';

/** What a script says of each thing that it does. */
const expected = [
  'signed in',
  'created at 5000000000 EUR',
  'changed to 3900, version 2',
  '412 stale_version: now 2',
  '409 sku_taken: sku',
  'paged through 3',
  '403 forbidden',
  '403 from the gateway: Forbidden',
  'deleted: 204',
];

const authorizers = ['jwt', 'lambda'] as const;

async function startStacks(): Promise<void> {
  process.env['STACKS_DIR'] = mkdtempSync(path.join(tmpdir(), 'catalog-clients-'));
  process.env['CATALOG_PASSWORD'] = password;
  const ports = await portsForStacks(authorizers.length);
  for (const [index, authorizer] of authorizers.entries()) {
    await startStack(authorizer, ports[index] ?? []);
    await newMember(runningStack(authorizer), 'admin@example.com', ['admin']);
    await newMember(runningStack(authorizer), 'shopper@example.com', ['user']);
  }
}

async function useClients(folders: string[]): Promise<void> {
  const clients = allClients.filter(({ folder }) => folders.length === 0 || folders.includes(folder));
  if (clients.length === 0) throw new Error(`There are ${allClients.map(({ folder }) => folder).join(', ')}.`);
  requireToolchains(clients.map(({ toolchain }) => toolchain));
  for (const client of clients) {
    await step(`${client.folder}: generator`, () => installGenerator(client));
    await step(`${client.folder}: client`, () => buildClient(client));
  }
  await step('local stacks', startStacks);
  const stacks = authorizers.map((authorizer) => stackFile(folderOfStack(authorizer))).join(' ');
  for (const client of clients) {
    for (const [name, script] of Object.entries(client.scripts)) {
      await step(name, async () => {
        const said = await runIn(folderOf(client), `${script} ${stacks}`);
        assert.deepEqual(said.trim().split('\n'), expected);
      });
    }
  }
}

export async function main(): Promise<never> {
  try {
    await useClients(process.argv.slice(2));
    console.log('Every client did what it should.');
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
  await stopAll();
  // A command that took too long still runs.
  process.exit();
}
