/** The versions of Node that everything is measured on: this one, and the one that the functions run on in Lambda. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../deployment/service';

export interface Node {
  version: string;
  command: string;
}

// As the runtime in serverless.yml.
const lambdaVersion = '24.21.0';

/** Fetches the second one from npm where it is not there yet, into `.local`. */
export function nodeVersions(): Node[] {
  const directory = path.join(projectRoot, '.local', 'bench', `node-${lambdaVersion}`);
  const name = `node-${process.platform}-${process.arch}`;
  const command = path.join(directory, 'node_modules', name, 'bin', 'node');
  if (!existsSync(command)) {
    const options = ['--prefix', directory, '--no-save', '--no-audit', '--no-fund'];
    execFileSync('npm', ['install', ...options, `${name}@${lambdaVersion}`], { timeout: 120_000 });
  }
  return [
    { version: process.versions.node, command: process.execPath },
    { version: lambdaVersion, command },
  ];
}
