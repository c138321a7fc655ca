/** `npm run bench -- [section …]`: measures sections of docs/benchmarks.md, one after the other, and puts each in its place there. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newCommand } from '../deployment/command';
import { Failure, runCommand } from '../deployment/failure';
import { runProgram } from '../deployment/npm-options';
import { projectRoot } from '../deployment/service';
import { print, printError } from '../deployment/terminal';
import { textTable } from '../deployment/text-table';
import { circumstances, compose, show } from './report';
import { isTrial, type Section } from './section';
import { sections } from './sections';

const file = path.join(projectRoot, 'docs', 'benchmarks.md');

const list = textTable(
  sections.map(({ name, title, takes, needs }) => [
    ...[name, title, takes],
    needs === undefined ? '' : `only if named: needs ${needs}`,
  ]),
);

export const program = newCommand('bench', { examples: ['', 'warm cost', 'console'] })
  .description(
    'Measures sections of docs/benchmarks.md, and puts each in its place there. With BENCH_ROUNDS=1 everything is done once, and nothing is written.',
  )
  .argument('[section...]', 'those to be measured (default: all that need nothing)')
  .addHelpText(
    'after',
    ['', 'Sections, and about how long each takes:', ...list.map((line) => `  ${line.trimEnd()}`)].join('\n'),
  )
  .action((names: string[]) => runCommand(() => measureAll(find(names))));

function find(names: string[]): Section[] {
  const unknown = names.find((name) => !sections.some((section) => section.name === name));
  if (unknown !== undefined) {
    const known = sections.map(({ name }) => name).join(', ');
    throw new Failure(`There is no section ${unknown}. There are ${known}.`);
  }
  return sections.filter(({ name, needs }) => (names.length === 0 ? needs === undefined : names.includes(name)));
}

/** Each in a process of its own, for handlers read their settings once; and written as it is measured: one that fails takes none before it. */
async function measureAll(wanted: Section[]): Promise<void> {
  const [first, ...others] = wanted;
  if (first !== undefined && others.length === 0) return measure(first);
  for (const { name, title } of wanted) {
    const { status } = spawnSync(process.execPath, ['command/run.js', 'bench/run.ts', name], {
      cwd: projectRoot,
      stdio: 'inherit',
    });
    if (status !== 0) throw new Failure(`The section ${title} could not be measured.`);
  }
}

async function measure(section: Section): Promise<void> {
  printError(`${section.title} …`);
  const [measured, started] = [circumstances(), performance.now()];
  const text = await formatted(show(section, await section.measure(), measured));
  print(...text.split('\n'));
  if (!isTrial) writeFileSync(file, await formatted(compose(readFileSync(file, 'utf8'), sections, section, text)));
  printError(`${section.title} took ${Math.round((performance.now() - started) / 1_000)} s.`);
}

async function formatted(text: string): Promise<string> {
  // Loaded on demand: the help has no use for it.
  const { format } = await import('prettier');
  return format(text, { parser: 'markdown', printWidth: 120 });
}

export const main = (): Promise<void> => runProgram(program);
