/** `npm run token -- --as admin@example.com`: an access token for curl and other programs, alone on stdout. */
import { newStageCommand } from '../deployment/command';
import { findDeployment, type Target } from '../deployment/deployment';
import { Failure, runCommand } from '../deployment/failure';
import { runProgram } from '../deployment/npm-options';
import { print } from '../deployment/terminal';
import { findCaller, withCallerOptions, type CallerOptions } from './caller';

export const program = withCallerOptions(
  newStageCommand('token', { examples: ['--as admin@example.com', '--stage dev --login'] }),
)
  .description('Signs in and prints an access token, good for 15 minutes: for curl and other programs.')
  .action((options: Target & CallerOptions) => runCommand(() => printToken(options)));

async function printToken(options: Target & CallerOptions): Promise<void> {
  const deployment = await findDeployment(options);
  if (deployment.identityPoolId !== undefined) {
    throw new Failure(
      'Behind the authorizer iam no token is taken, but requests that are signed with AWS credentials: "npm run call" signs them.',
    );
  }
  const { signIn } = await findCaller(options, deployment);
  print((await signIn()).accessToken);
}

export const main = (): Promise<void> => runProgram(program);
