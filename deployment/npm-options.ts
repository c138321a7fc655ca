/**
 * Finds options that npm has kept for itself: it takes what stands before `--` for its own configuration, and only the
 * environment shows that.
 */
import type { Command } from 'commander';
import { printError } from './terminal';

/** Runs the command that the arguments of this process name, or refuses to run it without an option that npm has kept. */
export async function runProgram(program: Command): Promise<void> {
  const refusal = keptByNpm(program, process.env);
  if (refusal === undefined) {
    await program.parseAsync();
    return;
  }
  printError(refusal);
  process.exitCode = 1;
}

/**
 * If npm has kept an option of the command, says what to type instead. Without the option, a dry run would write, and a
 * stage be the local stack.
 */
export function keptByNpm(program: Command, env: NodeJS.ProcessEnv): string | undefined {
  const kept = [program, ...program.commands]
    .flatMap(({ options }) => options.map((option) => option.name()))
    .find((name) => env[variableOf(name)] !== undefined);
  if (kept === undefined) return undefined;
  return `npm keeps --${kept} for itself unless "--" comes before it: begin with "${program.name()}".`;
}

/** `--no-open` is the setting `open`, which is false. */
const variableOf = (option: string) => `npm_config_${option.replace(/^no-/, '').replaceAll('-', '_')}`;
