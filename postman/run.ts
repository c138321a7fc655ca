/** `npm run test:postman`: the collection against the local stack or, with --stage, a deployed one. */
import { Command } from 'commander';
import { findDeployment, type Target } from '../deployment/deployment';
import { Failure, runCommand } from '../deployment/failure';
import { print, printError } from '../deployment/terminal';
import { runCollection } from './run-collection';

const program = new Command('npm run test:postman --')
  .description('Runs the Postman collection against the local stack or, with --stage, a deployed one.')
  .option('--stage <stage>', 'a deployed stage; AWS credentials come from the usual places')
  .option('--region <region>', 'where the stage is deployed (default: AWS_REGION, else eu-central-1)')
  .action((target: Target) =>
    runCommand(async () => {
      const deployment = await findDeployment(target);
      if (deployment.identityPoolId !== undefined) {
        throw new Failure(
          'The collection sends access tokens, and here requests are signed: run it where the authorizer is jwt.',
        );
      }
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

void program.parseAsync();
