/**
 * Runs a command in the process of the test: what it does is the same as in one of its own (`runScript`), without the start of
 * Node for each. What only a process shows stays with that one: signals, and errors of sockets, which Jest disguises.
 */
import { CommanderError, type Command } from 'commander';
import type { ScriptResult } from './run-script';

/**
 * Variables that are undefined in `env` are taken away. One command at a time: they share what they print to. `onPrint` is given
 * all of stdout so far, while the command runs.
 */
export async function runHere(
  program: Command,
  args: string[],
  env: NodeJS.ProcessEnv = {},
  onPrint: (stdout: string) => void = () => undefined,
): Promise<ScriptResult> {
  const printed = { stdout: '', stderr: '' };
  const collect = (stream: keyof typeof printed) => (text: unknown) => {
    printed[stream] += String(text);
    onPrint(printed.stdout);
  };
  const inLines = (stream: keyof typeof printed) => (text: unknown) => collect(stream)(`${String(text)}\n`);
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeOut: collect('stdout'), writeErr: collect('stderr') });
  }
  const spies = [
    jest.spyOn(console, 'log').mockImplementation(inLines('stdout')),
    jest.spyOn(console, 'error').mockImplementation(inLines('stderr')),
  ];
  const restore = setVariables(env);
  const returnTerminal = leaveTerminal();
  const listening = signals.map((signal) => process.listeners(signal));
  try {
    await program.parseAsync(args, { from: 'user' });
    return { exitCode: Number(process.exitCode ?? 0), ...printed };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { exitCode: error.exitCode, ...printed };
  } finally {
    process.exitCode = undefined;
    restore();
    returnTerminal();
    // A process of its own would end with what the command has listened for.
    for (const [index, signal] of signals.entries()) {
      for (const listener of process.listeners(signal)) {
        if (!listening[index]?.includes(listener)) process.off(signal, listener);
      }
    }
    for (const spy of spies) spy.mockRestore();
  }
}

const signals = ['SIGINT', 'SIGTERM'] as const;

/**
 * Also where the tests themselves are run at a terminal, their commands are not: nobody is asked before a file is written over, and
 * no browser opens. Answers what takes it back.
 */
function leaveTerminal(): () => void {
  const takenBack = [process.stdin, process.stdout, process.stderr].map((stream) => {
    const own = Object.getOwnPropertyDescriptor(stream, 'isTTY');
    Object.defineProperty(stream, 'isTTY', { value: false, configurable: true });
    return () => {
      if (own) Object.defineProperty(stream, 'isTTY', own);
      else Reflect.deleteProperty(stream, 'isTTY');
    };
  });
  return () => {
    for (const takeBack of takenBack) takeBack();
  };
}

/** Answers what sets them back. */
function setVariables(env: NodeJS.ProcessEnv): () => void {
  const before = Object.fromEntries(Object.keys(env).map((name) => [name, process.env[name]]));
  const set = (variables: NodeJS.ProcessEnv) => {
    for (const [name, value] of Object.entries(variables)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  };
  set(env);
  return () => {
    set(before);
  };
}
