/** A copy of what the framework reads of the project: it works in the project's folder, where two runs meet in `.serverless`. */
import { cpSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../deployment/service';

const parts = [
  'cli',
  'command',
  'console',
  'deployment',
  'functions',
  'resources',
  'src',
  'package.json',
  'serverless.yml',
  'tsconfig.json',
];

export function copyService(directory: string): void {
  for (const part of parts) cpSync(path.join(projectRoot, part), path.join(directory, part), { recursive: true });
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(directory, 'node_modules'));
}
