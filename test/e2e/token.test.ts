/** `npm run token`: what it prints is what curl sends. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { program } from '../../cli/token';
import { projectRoot } from '../../deployment/service';
import { newMember } from '../support/members';
import { runHere } from '../support/run-here';
import { runScript } from '../support/run-script';
import { folderOf, password, runningStack } from '../support/stack';

const email = 'token-admin@example.com';
const args = ['--as', email];
const environment = (authorizer: 'lambda' | 'iam') => ({ LOCAL_DIR: folderOf(authorizer), CATALOG_PASSWORD: password });

it('lets curl in, as docs/users.md has it', async () => {
  const stack = runningStack();
  await newMember(stack, email, ['admin']);
  const page = readFileSync(path.join(projectRoot, 'docs', 'users.md'), 'utf8');
  const [, line = ''] = /^(curl .*npm run --silent token.*)$/m.exec(page) ?? [];
  const command = line.replace('http://127.0.0.1:3000', stack.apiUrl).replace('admin@example.com', email);
  expect(command).toContain(`--as ${email})" ${stack.apiUrl}/`);
  const env = { ...process.env, LOCAL_DIR: folderOf('jwt'), CATALOG_PASSWORD: password };
  const answer = execFileSync('bash', ['-euo', 'pipefail', '-c', command], { cwd: projectRoot, encoding: 'utf8', env });
  expect(JSON.parse(answer)).toHaveProperty('items');
});

it('prints a token, and nothing else', async () => {
  await newMember(runningStack('lambda'), email, ['admin']);
  expect(await runScript('cli/token.ts', args, environment('lambda'))).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/),
    stderr: '',
  });
});

it('says in one sentence what to use instead, with the authorizer iam', async () => {
  expect(await runHere(program, args, environment('iam'))).toEqual({
    exitCode: 1,
    stdout: '',
    stderr:
      'Behind the authorizer iam no token is taken, but requests that are signed with AWS credentials: "npm run call" signs them.\n',
  });
});
