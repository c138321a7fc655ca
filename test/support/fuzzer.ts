/** Schemathesis: a fuzzer that reads the OpenAPI document and holds every answer against it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { projectRoot } from '../../deployment/service';
import { fuzzedDocument } from './fuzzed-document';
import { installPythonProgram } from './python-environment';
import { runCommand } from './run-command';

const settings = path.join(projectRoot, 'test', 'attack', 'schemathesis');

const report = z.object({
  operations: z.object({ tested: z.number() }),
  phases: z.record(z.string(), z.object({ status: z.string() })),
  test_cases: z.object({ generated: z.number() }),
});

/** Installs the fuzzer unless that has been done, and answers the folder of its commands. Throws with what to do. */
export function installFuzzer(logs: string): Promise<string> {
  return installPythonProgram({ name: 'schemathesis', requirements: path.join(settings, 'requirements.txt'), logs });
}

/** What was found, without what comes before it: who prints this may leave out the middle of a long message. */
const foundIn = (log: string) => log.slice(Math.max(0, log.search(/^=+ (?:ERRORS|FAILURES) =+$/m)));

interface FuzzRun {
  apiUrl: string;
  /** Of the caller; nobody without one. */
  token?: string | undefined;
  /** Of a category that there is: products that the fuzzer makes up are of it, and so can be created. */
  categoryId: string;
  seconds: number;
  /** For everything that it writes. */
  folder: string;
}

// Much the same requests in every run. How far it gets in its time, and what it makes of answers, still differs.
const seed = '1';

// Not given as a header, it is left out where the fuzzer wants to see a call without it refused.
const signedIn = '\n[auth.openapi.accessToken]\nbearer = "${CALLER_TOKEN}"\n';

/** Fuzzes every operation of the document for about so long. Throws where anything is found, with the log that says what. */
export async function fuzz({ apiUrl, token, categoryId, seconds, folder }: FuzzRun): Promise<z.infer<typeof report>> {
  mkdirSync(folder, { recursive: true });
  const commands = await installFuzzer(folder);
  const configFile = path.join(folder, 'schemathesis.toml');
  writeFileSync(configFile, readFileSync(path.join(settings, 'schemathesis.toml'), 'utf8') + (token ? signedIn : ''));
  const documentFile = path.join(folder, 'openapi.json');
  writeFileSync(documentFile, JSON.stringify(fuzzedDocument()));
  const reportFile = path.join(folder, 'report.json');
  const logFile = path.join(folder, 'schemathesis.log');
  const options = [
    ...['--config-file', configFile, 'run', documentFile],
    ...['--url', apiUrl, '--max-time', String(seconds), '--seed', seed, '--no-color'],
    // As long as API Gateway waits for a function.
    ...['--request-timeout', '30'],
    ...['--report', 'json', '--report-json-path', reportFile],
  ];
  const hooks = path.join(settings, 'hooks.py');
  const variables = [`SCHEMATHESIS_HOOKS=${hooks}`, `CALLER_TOKEN=${token ?? ''}`, `CATEGORY_ID=${categoryId}`];
  try {
    await runCommand({
      command: 'env',
      args: [...variables, path.join(commands, 'st'), ...options],
      cwd: folder,
      logFile,
    });
  } catch (error) {
    throw existsSync(logFile) ? new Error(foundIn(readFileSync(logFile, 'utf8'))) : error;
  }
  return report.parse(JSON.parse(readFileSync(reportFile, 'utf8')));
}
