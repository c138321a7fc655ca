/** Runs one of the programs in `process/` with the environment that a function finds in Lambda. */
import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Catalogue } from './catalogue';
import type { Node } from './node-versions';
import type { Subject } from './subjects';

const directory = mkdtempSync(path.join(tmpdir(), 'catalog-bench-'));
const events = path.join(directory, 'events.json');

const lambda = {
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_SESSION_TOKEN: 'session',
  _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
  // Where no settings of the SDK are.
  HOME: directory,
};

/** What the program prints as its last line. Logs go to a pipe, as in Lambda. */
export async function runAsLambda(
  program: 'first-call' | 'warm-calls',
  node: Node,
  subject: Subject,
  catalogue: Catalogue,
  input: unknown,
  args: number[] = [],
): Promise<unknown> {
  writeFileSync(events, JSON.stringify(input));
  const script = path.join(__dirname, 'process', `${program}.js`);
  const { stdout } = await promisify(execFile)(
    node.command,
    [script, subject.bundle.file, events, ...args.map(String)],
    {
      cwd: directory,
      env: { ...lambda, ...catalogue.environment, ...subject.environment },
      timeout: 120_000,
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}
