/** What every command says of itself with `--help`. */
import type { Command } from 'commander';
import { program as start } from '../../../local/settings';
import { scripts } from '../../../package.json';

const files: Readonly<Record<string, string>> = scripts;

/** The program of each command that has a help, from the file that its npm script runs. */
const programs = Object.fromEntries(
  Object.keys(files).flatMap((script): [string, Command][] => {
    const [, file] =
      /^node command\/run\.js ((?:cli|local|postman|upgrade)\/\S+|bench\/run)\.ts$/.exec(files[script] ?? '') ?? [];
    if (file === undefined) return [];
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- which files these are, package.json says
    return [[script, script === 'start' ? start : (require(`../../../${file}`) as { program: Command }).program]];
  }),
);

/** With each command, every one that stands below it. */
const commands = Object.entries(programs).flatMap(([script, program]) =>
  [program, ...program.commands].map((command) => ({
    name: command === program ? script : `${script} ${command.name()}`,
    npm: script === 'start' ? 'npm start' : `npm run ${script}`,
    program,
    command,
  })),
);

/** As it is printed. */
function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) });
  command.outputHelp();
  return help;
}

/** The arguments of an example as a shell takes them apart: none of ours has a quote in its quotes. */
const argumentsOf = (example: string) =>
  [...example.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => single ?? double ?? bare ?? '');

it('there are commands to look at', () => {
  expect(Object.keys(programs)).toEqual(expect.arrayContaining(['start', 'users', 'call', 'catalog', 'test:postman']));
});

it.each(commands)('$name --help has examples and exit codes', ({ npm, command }) => {
  const help = helpOf(command);
  expect(help).toMatch(new RegExp(`^Usage: ${npm} -- `));
  expect(help).toMatch(new RegExp(`^Examples:\n  ${npm}`, 'm'));
  expect(help).toMatch(/^Exit codes:\n {2}0 {2,}\S.*\n {2}1 {2,}\S/m);
});

it('catalog --help says how an interruption ends', () => {
  expect(helpOf(programs['catalog'] ?? start)).toMatch(/^ {2}130 {2}\S.*Ctrl-C/m);
});

it.each(Object.entries(programs))('%s accepts its own examples', async (script, program) => {
  const run: string[][] = [];
  for (const command of [program, ...program.commands]) {
    if (command === program && command.commands.length > 0) continue;
    command.action(() => void run.push(command.args)).exitOverride();
  }
  const [, lines = ''] = /^Examples:\n((?: .*\n)+)/m.exec(helpOf(program)) ?? [];
  const examples = lines.trim().split(/\n */);
  for (const example of examples) {
    const [, args = ''] = example.split(' -- ');
    await program.parseAsync(argumentsOf(args), { from: 'user' });
  }
  expect({ script, run: run.length }).toEqual({ script, run: examples.length });
});
