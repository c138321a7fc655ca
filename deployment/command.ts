/** What the commands of this project have in common: how their help is made up, and how they explain wrong usage. */
import { Command } from 'commander';
import { printable } from './terminal';
import { textTable } from './text-table';

interface Manual {
  /** What to type after `--` for what people most often want; an empty one stands for the command alone. */
  examples: string[];
  /** Exit codes beside 0 and 1, and what else those may mean. */
  exitCodes?: Readonly<Record<number, string>>;
}

const exitCodesOfAll = { 0: 'It is done.', 1: 'It is not, and the last line says why.' };

/** A command that is run by `npm run <script>`, or by `npm start`. */
export function newCommand(script: string, { examples, exitCodes }: Manual): Command {
  const npm = script === 'start' ? 'npm start' : `npm run ${script}`;
  const invocation = `${npm} --`;
  const codes = Object.entries({ ...exitCodesOfAll, ...exitCodes });
  const help = [
    ...['', 'Examples:', ...examples.map((args) => `  ${args === '' ? npm : `${invocation} ${args}`}`)],
    ...['', 'Exit codes:', ...textTable(codes).map((line) => `  ${line}`)],
  ];
  return new Command(invocation)
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('afterAll', help.join('\n'))
    .configureOutput({ outputError: (message, write) => write(`${printable(usageError(message, invocation))}\n`) });
}

/** The same for one that works on the local stack or on a stage. */
export const newStageCommand = (script: string, manual: Manual): Command =>
  newCommand(script, manual)
    .option('--stage <stage>', 'a deployed stage; AWS credentials come from the usual places')
    .option('--region <region>', 'where the stage is deployed (default: AWS_REGION, else eu-central-1)');

/** What commander says, as one sentence that says what to do. */
export function usageError(message: string, invocation: string): string {
  const reason = message
    .trim()
    .replace(/^error: /, '')
    .replace(/\.$/, '')
    .replaceAll('\n', ' ');
  return `${reason}: "${invocation} --help" shows how it is used.`;
}
