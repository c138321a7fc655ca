/** `npm run login`: signs in as a web application does, on the local stack or, with --stage, on a deployed one. */
import { newStageCommand } from '../deployment/command';
import { findDeployment, type Target } from '../deployment/deployment';
import { runCommand } from '../deployment/failure';
import { runProgram } from '../deployment/npm-options';
import type { SignedIn } from '../deployment/hosted-ui';
import { signInByBrowser } from './login/sign-in-by-browser';
import { print } from '../deployment/terminal';
import { textTable } from '../deployment/text-table';

export const program = newStageCommand('login', { examples: ['', '--no-open', '--stage dev'] })
  .description('Signs in by browser, as a web application does, and shows who signed in with which groups.')
  .option('--no-open', 'prints the address to sign in at, and opens nothing')
  .action(({ open, ...target }: Target & { open: boolean }) => runCommand(() => login(target, open)));

async function login(target: Target, open: boolean): Promise<void> {
  print(...describe(await signInByBrowser(await findDeployment(target), { open, print })));
}

function describe({ email, sub, groups }: SignedIn): string[] {
  const sheet = textTable([
    ['Signed in', email],
    ['Id (sub)', sub],
    ['Groups', groups.join(', ') || 'none'],
  ]);
  const advice = 'The API refuses whoever is in no group: "npm run users -- add-to-group" changes that.';
  return groups.length > 0 ? sheet : [...sheet, advice];
}

export const main = (): Promise<void> => runProgram(program);
