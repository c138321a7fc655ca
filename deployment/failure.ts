/** How a command ends when it cannot do its work: one sentence on stderr that says what to do, and exit code 1. */
import { awsFailure } from './aws-failure';
import { printError } from './terminal';

/** Why a command cannot do its work, in that sentence. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** Runs a command to its end, whichever that is. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    printError(await sentence(error));
    process.exitCode = 1;
  }
}

async function sentence(error: unknown): Promise<string> {
  if (!(error instanceof Error)) return `It failed: ${String(error)}`;
  if (error instanceof Failure) return error.message;
  return (await awsFailure(error)) ?? `It failed: ${error.name}: ${error.message.trim().replaceAll(/\s+/g, ' ')}`;
}
