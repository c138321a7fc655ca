/** `npm run test:postman`: the collection against the local stack or, with --stage, a deployed one. */
import { newStageCommand } from '../deployment/command';
import { findDeployment, type Target } from '../deployment/deployment';
import { Failure, runCommand } from '../deployment/failure';
import { runProgram } from '../deployment/npm-options';
import { print, printError } from '../deployment/terminal';

/** Why its requests or its checks would fail. */
const reasons = {
  lambda: 'there the gateway itself refuses what a group may not do, in words of its own',
  iam: 'there requests are signed, and carry no access token',
};

export const program = newStageCommand('test:postman', {
  examples: ['', '--stage dev'],
  exitCodes: { 1: 'A check has failed, or it could not run: the last lines say why.' },
})
  .description('Runs the Postman collection against the local stack or, with --stage, a deployed one.')
  .action((target: Target) =>
    runCommand(async () => {
      const deployment = await findDeployment(target);
      const authorizer = deployment.identityPoolId === undefined ? deployment.gate?.authorizer : 'iam';
      if (authorizer === 'lambda' || authorizer === 'iam') {
        throw new Failure(
          `The collection is for the authorizer jwt, and here it is ${authorizer}: ${reasons[authorizer]}.`,
        );
      }
      // Loaded on demand: Newman takes longer to load than to say that it is not wanted.
      const { runCollection } = await import('./run-collection');
      const { requests, checks, failures } = await runCollection(deployment);
      const summary = `${requests} requests to ${deployment.apiUrl}, ${checks} checks`;
      if (failures.length === 0) {
        print(`${summary}: all as they should be.`);
        return;
      }
      printError(`${summary}, ${failures.length} failed:`, ...failures.map((failure) => `  ${failure}`));
      process.exitCode = 1;
    }),
  );

export const main = (): Promise<void> => runProgram(program);
