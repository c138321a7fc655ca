/** What the commands of this project have in common: they work on the local stack or on a stage, and explain wrong usage. */
import { Command } from 'commander';
import { printable } from '../deployment/terminal';

/** A command that is run as `npm run <script> -- …`. */
export function newCommand(script: string): Command {
  const invocation = `npm run ${script} --`;
  return new Command(invocation)
    .option('--stage <stage>', 'a deployed stage; AWS credentials come from the usual places')
    .option('--region <region>', 'where the stage is deployed (default: AWS_REGION, else eu-central-1)')
    .helpCommand(false)
    .configureOutput({ outputError: (message, write) => write(`${printable(usageError(message, invocation))}\n`) });
}

/** What commander says, as one sentence that says what to do. */
function usageError(message: string, invocation: string): string {
  const reason = message
    .trim()
    .replace(/^error: /, '')
    .replace(/\.$/, '')
    .replace('\n', ' ');
  return `${reason}: "${invocation} --help" shows how it is used.`;
}
