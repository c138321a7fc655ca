/** A copy of the project to deploy from: the rehearsal changes a handler in it, and leaves the project itself alone. */
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { copyService } from '../../local/stack/service-copy';
import { requireEmulator, stage } from './account';
import { runCommand } from '../support/run-command';

export interface ProjectCopy {
  /** Where `sls package` puts template and zips. */
  packageFolder: string;
  /** Runs `sls <command> --stage rehearsal`, and answers what it printed. */
  sls(command: string, ...options: string[]): Promise<string>;
  /** Makes a function another one that does the same. */
  changeHandler(functionName: string): void;
}

export function copyProject(directory: string, logs: string): ProjectCopy {
  copyService(directory);
  let runs = 0;
  return {
    packageFolder: path.join(directory, '.serverless'),
    sls(command, ...options) {
      requireEmulator();
      return runCommand({
        command: process.execPath,
        args: [
          path.join(directory, 'node_modules', 'serverless', 'bin', 'serverless.js'),
          ...[command, '--stage', stage, '--verbose', ...options],
        ],
        cwd: directory,
        logFile: path.join(logs, `sls-${++runs}-${command}.log`),
      });
    },
    changeHandler(functionName) {
      appendFileSync(path.join(directory, 'functions', `${functionName}.ts`), "\nprocess.title = 'changed';\n");
    },
  };
}
