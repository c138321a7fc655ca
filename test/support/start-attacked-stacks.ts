/** Jest's global setup for the attacks: two stacks, which are reached through recorders of their answers. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { attackable, recordedUrlVariable, recordingsOf } from './attacked-stack';
import { installFuzzer } from './fuzzer';
import { portsForStacks } from './npm-start';
import { recordAnswers } from './recorder';
import { runningStack } from './stack';
import { startStack } from './start-stack';

export default async function startAttackedStacks(): Promise<void> {
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-attacks-'));
  process.env['STACKS_DIR'] = directory;
  // Before the stacks, and down to the disk: what pip has written lets the databases wait for seconds while it gets there.
  await installFuzzer(path.join(directory, 'install'));
  execFileSync('sync');
  const ports = await portsForStacks(attackable.length);
  await Promise.all(attackable.map((authorizer, index) => startStack(authorizer, ports[index] ?? [])));
  for (const authorizer of attackable) {
    const { apiUrl } = runningStack(authorizer);
    process.env[recordedUrlVariable(authorizer)] = await recordAnswers(apiUrl, recordingsOf(authorizer));
  }
}
